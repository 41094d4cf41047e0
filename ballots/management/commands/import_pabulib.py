"""manage.py import_pabulib FILE… --community SLUG: elections of the Pabulib library, counted again here."""

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from ballots.importing.elections import import_election, open_elections_community
from ballots.pabulib.reading import BadFile

MOST_BAD_ROWS_NAMED = 50


class Command(BaseCommand):
    """Each file is kept whole or not at all. A file that cannot be read is named, and the others go on.

    The count follows the rule that the file names (Equal Shares with its completion); greedy where it names none.
    """

    help = "Bring in elections from .pb files (https://pabulib.org). The same file twice is one ballot."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".pb files")
        parser.add_argument("--community", required=True, help="short name of the community; made where there is none")
        parser.add_argument("--name", default="Elections of the Pabulib library", help="the name of one that is made")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_slug(options["community"])
        except ValidationError as error:
            raise CommandError("--community takes letters, digits, - and _ only.") from error
        started = monotonic()
        community = open_elections_community(slug=options["community"], name=options["name"])
        done = {"new": 0, "same": 0, "failed": 0}
        for at, path in enumerate(options["files"], start=1):
            try:
                ballot, is_new, bad = import_election(community=community, path=path)
            except (BadFile, OSError) as error:
                done["failed"] += 1
                self.stderr.write(f"{path.name}: {error}")
                continue
            done["new" if is_new else "same"] += 1
            for line in bad[:MOST_BAD_ROWS_NAMED]:
                self.stderr.write(f"{path.name}, {line}")
            winners = len(ballot.count.winners)
            self.stdout.write(
                f"{at} of {len(options['files'])}: {path.name}, {ballot.count.papers_count} papers, {winners} winners"
            )
        self.stdout.write(
            f"{done['new']} new, {done['same']} as they were, {done['failed']} not read. "
            f"Took {monotonic() - started:.0f} seconds."
        )
        if done["failed"] and not done["new"] and not done["same"]:
            raise CommandError("No file could be read.")
