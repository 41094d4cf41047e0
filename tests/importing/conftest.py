"""Petition files, made for each test."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from communities.models import Community
from proposals.importing.reading import COLUMNS

PETITION = {
    "id": "300000",
    "state": "closed",
    "action": "Protect hedgehogs",
    "background": "There are fewer of them each year.",
    "additional_details": "They eat slugs.",
    "signature_count": "1604",
    "opened_at": "2020-03-03T17:03:17.327Z",
    "closed_at": "2020-09-03T22:59:59.999Z",
    "departments": "HM Treasury",
}
ANSWERED = PETITION | {
    "id": "300034",
    "signature_count": "19760",
    "response_threshold_reached_at": "2020-03-20T21:27:04.000Z",
    "government_response_at": "2020-04-17T21:30:08.160Z",
    "response_summary": "We are looking into it.",
    "response_details": "Because hedgehogs matter.",
    "debate_date": "2020-10-05",
    "debate_transcript_url": "https://hansard.parliament.uk/hedgehogs",
}

WriteFile = Callable[..., Path]
RunImport = Callable[..., str]


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    """write_file([row, …], columns=…): the folder with a table of these petitions."""

    def write(rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> Path:
        with (tmp_path / "petitions_accepted.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return tmp_path

    return write


@pytest.fixture
def run_import(db: None) -> RunImport:
    """run_import(folder): what the command says, its complaints too."""

    def run(folder: Path, **options: Any) -> str:
        said = StringIO()
        call_command(
            "import_petitions", folder, **({"community": "uk"} | options), stdout=said, stderr=said, no_color=True
        )
        return said.getvalue()

    return run


@pytest.fixture
def uk(run_import: RunImport, write_file: WriteFile) -> Community:
    """The community after one petition without an answer and one with."""
    run_import(write_file([PETITION, ANSWERED]))
    return Community.objects.get(slug="uk")
