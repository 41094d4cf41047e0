"""The real petitions, where they are: counts, states and dates as the table has them."""

import csv
import os
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from django.conf import settings
from django.test import Client

from communities.models import Community, Organisation
from communities.working_days import working_days_between
from proposals.models import Ask, Proposal, Response
from record import clock
from tests.importing.conftest import RunImport

DATA = Path(os.environ.get("TOPTABLE_DATA") or settings.BASE_DIR.parent / "shared" / "data") / "petitions-uk"
pytestmark = pytest.mark.skipif(
    not (DATA / "petitions_accepted.csv").is_file(),
    reason="the real petitions are not here: set TOPTABLE_DATA to their folder",
)


@pytest.mark.once
def test_the_real_petitions(run_import: RunImport, client: Client) -> None:
    started = monotonic()
    said = run_import(DATA)
    assert monotonic() - started < 60
    assert "721 petitions are new, 0 changed, 0 are as they were, 0 rows were skipped" in said
    with (DATA / "petitions_accepted.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    proposals = {row.source_id: row for row in Proposal.objects.select_related("community")}
    assert proposals.keys() == rows.keys()
    states = [proposal.state for proposal in proposals.values()]
    assert (states.count("responded"), states.count("tabled"), states.count("lapsed")) == (71, 108, 542)
    assert sum(proposal.original_signatures or 0 for proposal in proposals.values()) == sum(
        int(row["signature_count"]) for row in rows.values()
    )
    _check_answers(rows, proposals)
    _check_api(client, rows)
    assert "0 petitions are new, 0 changed, 721 are as they were" in run_import(DATA)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def _check_answers(rows: dict[str, dict[str, str]], proposals: dict[str, Proposal]) -> None:
    answered = {pk: row for pk, row in rows.items() if row["government_response_at"]}
    assert len(answered) == 71
    for response in Response.objects.select_related("ask", "proposal"):
        row = answered[response.proposal.source_id]
        assert response.published_at == _moment(row["government_response_at"])
        asked_on = clock.local_date(_moment(row["response_threshold_reached_at"]))
        assert response.ask.asked_on == asked_on
        days = working_days_between(asked_on, clock.local_date(response.published_at), Community.objects.get(slug="uk"))
        assert response.ask.answered_after_working_days == days
    departments = {name.strip() for row in rows.values() for name in row["departments"].split(";") if name.strip()}
    assert set(Organisation.objects.values_list("name", flat=True)) == departments
    assert sum(Organisation.objects.values_list("answers_count", flat=True)) == Ask.objects.count() == 75


def _check_api(client: Client, rows: dict[str, dict[str, str]]) -> None:
    listed = client.get("/api/v1/proposals/?community=uk&count=true&state=responded&page_size=200").json()
    assert listed["count"] == 71
    for row in listed["results"]:
        source = rows[row["source_url"].rsplit("/", 1)[1]]
        assert row["original_signatures"] == int(source["signature_count"])
        assert row["supports"] == 0
        assert row["response_working_days"] is not None
        assert row["tabled_at"][:19] == source["opened_at"][:19]
    assert client.get("/api/v1/proposals/?community=uk&count=true&imported=true").json()["count"] == 721
    assert client.get("/api/v1/responses/?outcome=not_stated&count=true").json()["count"] == 75
