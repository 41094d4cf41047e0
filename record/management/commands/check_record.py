"""`manage.py check_record`: is the record still what was signed for?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from record.checking import faults_of_record
from record.models import Checkpoint, RecordHead


class Command(BaseCommand):
    """Exit code 1 where anything is wrong or cannot be read, with the first faults as sentences."""

    help = "Verify every line of the record, every checkpoint and every text beside them."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            faults = faults_of_record()
        except Exception as error:
            raise CommandError(_("The record could not be checked: %(error)s") % {"error": repr(error)}) from error
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(_("The record is broken."))
        head = RecordHead.objects.filter(pk=1).first() or RecordHead()
        self.stdout.write(
            self.style.SUCCESS(
                _("The record is whole: %(lines)d lines, %(checkpoints)d checkpoints.")
                % {"lines": head.sequence_count, "checkpoints": Checkpoint.objects.count()}
            )
        )
