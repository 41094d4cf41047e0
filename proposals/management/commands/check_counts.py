"""Check every kept count against the rows it counts, and with --fix put it right."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from proposals.counts import kept_columns
from record import clock


class Command(BaseCommand):
    """`manage.py check_counts [--fix]`. Exit code 1 where a count is wrong and was not put right."""

    help = "Check every kept count against the rows it counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="put wrong counts right")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for kept in kept_columns():
            with transaction.atomic():
                rows = kept.wrong()
                if options["fix"]:
                    rows = rows.select_for_update(of=("self",))
                for row in rows.order_by("pk"):
                    wrong += 1
                    self.stdout.write(f"{kept.label} {row.pk}: {getattr(row, kept.column)} → {row.truth}")
                    if options["fix"]:
                        # Copies elsewhere follow `updated_at`: without it the open API would go on with the old one.
                        now = {kept.column: row.truth, "updated_at": clock.now()}
                        kept.model._default_manager.filter(pk=row.pk).update(**now)
        if wrong and not options["fix"]:
            raise CommandError(_("%(n)d counts are wrong. Put them right with --fix.") % {"n": wrong})
        self.stdout.write(
            self.style.SUCCESS(_("Every count is right.") if not wrong else _("Every count is right now."))
        )
