"""manage.py import_polis FOLDER --community SLUG: a conversation of Polis, its statements and its answers."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.urls import reverse

from communities.models import Community
from proposals.actions.mapping import work_out_common_ground
from proposals.common_ground.polis import BadFolder, Conversation, read_conversation
from proposals.importing.conversation import (
    Source,
    bring_opinions,
    bring_statements,
    open_conversation_community,
    source_of,
)

MOST_BAD_ROWS_NAMED = 200


class Command(BaseCommand):
    """Each batch is kept whole or not at all, so a run that was stopped goes on where it was when started again.

    The same folder twice adds nothing. Where a later export has other words or answers, they take the place of the
    earlier ones, and the command says how many.
    """

    help = "Bring in a conversation exported by Polis: a folder with comments.csv and votes.csv."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--community", required=True, help="short name of the community; made where there is none")
        parser.add_argument("--name", default="", help="the name of a community that is made (default: its topic)")
        parser.add_argument(
            "--licence", default="CC BY 4.0", help="of the data (default CC BY 4.0, as Polis publishes)"
        )
        parser.add_argument("--batch", type=int, default=200, help="how many people one transaction holds (1 to 1000)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_slug(options["community"])
        except ValidationError as error:
            raise CommandError("--community takes letters, digits, - and _ only.") from error
        if not 1 <= options["batch"] <= 1000:
            raise CommandError("--batch takes 1 to 1000.")
        started = monotonic()
        try:
            conversation = read_conversation(options["folder"])
        except BadFolder as error:
            raise CommandError(str(error)) from error
        self._name(conversation.bad_rows)
        source = source_of(conversation, options["folder"].resolve().name)
        community = open_conversation_community(
            slug=options["community"], name=options["name"], licence=options["licence"], source=source
        )
        done = bring_statements(community=community, source=source, conversation=conversation)
        self.stdout.write(f"Statements: {done.new} new, {done.changed} changed, {done.same} as they were.")
        total = self._answers(community, source, conversation, options["batch"])
        work_out_common_ground(community_id=community.pk)
        self.stdout.write(
            self.style.SUCCESS(
                f"Answers: {total['new']} new, {total['changed']} changed, {total['same']} as they were; "
                f"{len(conversation.bad_rows)} rows were skipped."
            )
        )
        url = reverse("proposals:common_ground", args=[community.slug])
        self.stdout.write(f"Took {monotonic() - started:.0f} seconds. See {url}")

    def _answers(self, community: Community, source: Source, conversation: Conversation, size: int) -> "Counter[str]":
        people, total = sorted(conversation.votes), Counter(new=0, changed=0, same=0)
        for at in range(0, len(people), size):
            done = bring_opinions(
                community=community, source=source, votes=conversation.votes, voters=people[at : at + size]
            )
            total.update(new=done.new, changed=done.changed, same=done.same)
            self.stdout.write(f"{min(at + size, len(people))} of {len(people)} people")
            self.stdout.flush()
        return total

    def _name(self, bad_rows: list[str]) -> None:
        for row in bad_rows[:MOST_BAD_ROWS_NAMED]:
            self.stderr.write(f"{row}. The row is skipped.")
        if len(bad_rows) > MOST_BAD_ROWS_NAMED:
            self.stderr.write(f"and {len(bad_rows) - MOST_BAD_ROWS_NAMED} rows more")
