"""manage.py recount_notifications: put right the count of unread notifications."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from notifications.actions.reading import recount_unread


class Command(BaseCommand):
    help = "Counts again, for each person, the notifications that they have not read."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = recount_unread()
        self.stdout.write(_("%(wrong)d counts were wrong and are right now.") % {"wrong": wrong})
