"""manage.py demo: load the made-up estate, once."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from communities.models import Community
from demo.story.people import PLACE
from demo.teller.telling import tell_story
from record.checkpoints import make_checkpoint


class Command(BaseCommand):
    """All of it or nothing, in one transaction: a run that was stopped leaves nothing behind."""

    help = "Load the demo: one made-up estate, its people, and what they tabled, said, answered and decided."

    def handle(self, *args: Any, **options: Any) -> None:
        if Community.objects.filter(slug=PLACE["slug"]).exists():
            self.stdout.write("The demo is here already. Nothing was changed.")
            return
        started = monotonic()
        self.stdout.write("Telling the story of Larkfield Estate. It takes about twenty seconds.")
        tell_story(self._say)
        make_checkpoint()  # so that the record has one to show; the next comes with the next day
        self.stdout.write(self.style.SUCCESS(f"The demo is ready ({monotonic() - started:.0f} seconds)."))

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
