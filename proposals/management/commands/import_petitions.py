"""manage.py import_petitions FOLDER --community SLUG: petitions with their dates and answers, from a table."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug

from communities.models import Community
from proposals.importing.actions import import_petitions, summary_of
from proposals.importing.community import open_petitions_community
from proposals.importing.reading import FILE_NAME, BadFile, BadRow, Petition, read_petitions
from proposals.importing.source import read_source

MOST_BAD_ROWS_NAMED = 200


class Command(BaseCommand):
    """Each batch is kept whole or not at all, so a run that was stopped goes on where it was when started again."""

    help = "Bring in petitions from a folder with petitions_accepted.csv, or from a file of the same columns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder (or one CSV file of the same columns)")
        parser.add_argument("--community", required=True, help="short name of the community; made where there is none")
        parser.add_argument("--name", default="UK Parliament petitions", help="the name of a community that is made")
        parser.add_argument(
            "--batch", type=int, default=50, help="how many petitions one transaction holds (1 to 1000)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        path = folder / FILE_NAME if folder.is_dir() else folder
        try:
            validate_slug(options["community"])
        except ValidationError as error:
            raise CommandError("--community takes letters, digits, - and _ only.") from error
        if not 1 <= options["batch"] <= 1000:
            raise CommandError("--batch takes 1 to 1000.")
        started = monotonic()
        try:
            rows = iter(read_petitions(path))
            first = list(islice(rows, 1))  # before anything is made: is this the file at all?
            community = open_petitions_community(
                slug=options["community"], name=options["name"], source=read_source(path.parent)
            )
            total = self._bring_all(community, _chained(first, rows), options["batch"])
        except BadFile as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(summary_of(total)))
        self.stdout.write(f"Took {monotonic() - started:.0f} seconds. See {community.get_absolute_url()}")

    def _bring_all(self, community: Community, rows: "Iterator[Petition | BadRow]", size: int) -> Counter[str]:
        total: Counter[str] = Counter(new=0, changed=0, same=0, bad=0)
        batch: list[Petition] = []
        for row in rows:
            if isinstance(row, BadRow):
                self._name(row, total)
                continue
            batch.append(row)
            if len(batch) == size:
                self._bring(community, batch, total)
                batch = []
        if batch:
            self._bring(community, batch, total)
        return total

    def _bring(self, community: Community, batch: list[Petition], total: Counter[str]) -> None:
        done = import_petitions(community=community, petitions=batch)
        total.update(new=done.new, changed=done.changed, same=done.same)
        read = total["new"] + total["changed"] + total["same"]
        self.stdout.write(
            f"{read} petitions, up to line {batch[-1].line}: {total['new']} new, {total['changed']} changed"
        )
        self.stdout.flush()

    def _name(self, row: BadRow, total: Counter[str]) -> None:
        total["bad"] += 1
        if total["bad"] <= MOST_BAD_ROWS_NAMED:
            self.stderr.write(f"Line {row.line}, column {row.column}: {row.problem}. The row is skipped.")


def _chained(first: "list[Petition | BadRow]", rest: "Iterator[Petition | BadRow]") -> "Iterator[Petition | BadRow]":
    yield from first
    yield from rest
