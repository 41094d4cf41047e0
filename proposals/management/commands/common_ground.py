"""manage.py common_ground FOLDER: groups, stability and common ground of a Polis conversation, without a site."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from proposals.common_ground.finding import find_common_ground
from proposals.common_ground.polis import BadFolder, Conversation, read_conversation
from proposals.common_ground.shapes import CommonGround

MOST_SHOWN = 20


class Command(BaseCommand):
    """Reads comments.csv and votes.csv. Needs no database."""

    help = "Find the common ground of a conversation exported by Polis (a folder with comments.csv and votes.csv)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--json", action="store_true", help="everything, for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            conversation = read_conversation(options["folder"])
        except BadFolder as error:
            raise CommandError(str(error)) from error
        for row in conversation.bad_rows[:50]:
            self.stderr.write(row)
        found = find_common_ground(conversation.votes)
        if options["json"]:
            self.stdout.write(json.dumps(_document(conversation, found), ensure_ascii=False, indent=1))
            return
        self._tell(conversation, found)

    def _tell(self, conversation: Conversation, found: CommonGround) -> None:
        self.stdout.write(f"{found.people} people, {len(found.statements)} statements, stability {found.stability:.2f}")
        if found.is_stable:
            self.stdout.write(
                f"{len(found.groups)} groups: {', '.join(str(len(group)) for group in found.groups)} people"
            )
        else:
            self.stdout.write("No groups are named: they are not stable, or too small.")
        for row in found.statements[:MOST_SHOWN]:
            self.stdout.write(f"{row.consensus:.3f}  {conversation.statements[row.key]}")


def _document(conversation: Conversation, found: CommonGround) -> dict[str, Any]:
    return {
        "people": found.people,
        "stability": round(found.stability, 6),
        "silhouette": round(found.silhouette, 6),
        "stable": found.is_stable,
        "groups": [list(group) for group in found.groups],
        "statements": [
            {
                "id": row.key,
                "text": conversation.statements[row.key],
                "agrees": row.agrees,
                "disagrees": row.disagrees,
                "passes": row.passes,
                "by_group": [{"agrees": agrees, "votes": votes} for agrees, votes in row.by_group],
                "consensus": round(row.consensus, 6),
            }
            for row in found.statements
        ],
    }
