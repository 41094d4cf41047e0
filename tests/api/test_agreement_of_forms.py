"""JSON, CSV, NDJSON, the files to take home and the pages agree to the row: on the demo and on real petitions."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.text import Truncator
from pytest_django import DjangoDbBlocker

from api import streaming
from api.bulk import making
from api.resources import Resource
from api.v1 import RESOURCES
from api.v1.record import RECORD
from decisions.models import Decision
from proposals.models import CommitmentAsk, Proposal, Response
from record import clock
from record.verify import verify_record
from tests.api.file_rows import from_csv, from_ndjson
from tests.api.page_rows import PageRow, after_votes, counted, every_row, headed_items, pages, waiting_rows, words
from tests.api.test_files import text
from tests.api.whole_scene import PETITIONS, by_cursor, whole_scene
from words.dates import long_date
from words.templatetags.words import plain

pytestmark = pytest.mark.once

Row: TypeAlias = dict[str, Any]
Lists: TypeAlias = dict[str, list[Row]]

SAID = {  # of a promise that is not late
    "promised": "Promised.",
    "changed": "Promised, and changed.",
    "in_progress": "Started.",
    "claimed_done": "They say it is done.",
    "confirmed": "Kept: ",
    "disputed": "Disputed: ",
    "dropped": "Broken: dropped.",
}


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    testrun_uid: str,
) -> Iterator[None]:
    """Made once for this file."""
    with django_db_blocker.unblock(), whole_scene(tmp_path_factory, testrun_uid):
        yield


@pytest.fixture(autouse=True)
def looked_at(scene: None, db: None) -> None:
    """Each test looks at the scene in a transaction of its own."""


@pytest.fixture(scope="module")
def listed(scene: None, django_db_blocker: DjangoDbBlocker) -> Lists:
    """Every row of every list, as its JSON pages have them."""
    with django_db_blocker.unblock():
        return {resource.name: by_cursor(Client(), resource.name) for resource in (*RESOURCES, RECORD)}


@pytest.fixture(scope="module")
def snapshot(scene: None, django_db_blocker: DjangoDbBlocker) -> Row:
    """How many rows each file to take home should have."""
    with django_db_blocker.unblock():
        call_command("make_open_data", stdout=io.StringIO())
        made = making.newest()
        assert made is not None
        return {dataset["name"]: dataset["rows"] for dataset in made.datasets}


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_pages_and_files_agree_in_every_order(
    resource: Resource, listed: Lists, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "FIRST_PIECE", 7)  # so that every file comes in several pieces
    monkeypatch.setattr(streaming, "PIECE", 31)
    address, all_ids = f"/api/v1/{resource.name}/", {row["id"] for row in listed[resource.name]}
    for ordering in resource.orderings:
        rows = by_cursor(client, resource.name, ordering=ordering.name, page_size=23, count="true")
        assert len(rows) == len(all_ids) > 0
        assert {row["id"] for row in rows} == all_ids
        if ordering == resource.orderings[0]:
            assert rows == listed[resource.name]
        assert from_ndjson(text(client.get(address, {"format": "ndjson", "ordering": ordering.name}))) == rows
        assert (
            from_csv(resource.columns, text(client.get(address, {"format": "csv", "ordering": ordering.name}))) == rows
        )


def test_the_files_to_take_home_agree(listed: Lists, snapshot: Row, client: Client) -> None:
    for resource in RESOURCES:
        rows = sorted(listed[resource.name], key=lambda row: str(row["id"]))
        assert from_ndjson(text(client.get(f"/open-data/files/{resource.name}.ndjson"))) == rows
        assert from_csv(resource.columns, text(client.get(f"/open-data/files/{resource.name}.csv"))) == rows
        assert snapshot[resource.name] == len(rows)


def test_each_row_alone_is_as_in_its_list(listed: Lists, client: Client) -> None:
    for resource in RESOURCES:
        for row in listed[resource.name]:
            assert client.get(row["url"]).json() == row


def test_the_record_agrees(listed: Lists, snapshot: Row, client: Client) -> None:
    rows = listed["record"]
    assert [row["sequence"] for row in rows] == list(range(snapshot["record"]))
    assert from_csv(RECORD.columns, text(client.get("/api/v1/record/?format=csv"))) == rows
    assert from_csv(RECORD.columns, text(client.get("/open-data/files/record.csv"))) == rows
    lines = text(client.get("/open-data/files/record.ndjson"))
    assert lines == text(client.get("/api/v1/record/?format=ndjson"))
    assert [line["payload"] for line in from_ndjson(lines)] == [row["payload"] for row in rows]


def test_every_fingerprint_of_the_record_has_its_words(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Or a row that says that they were taken away, or they are of a kind that the site keeps back."""
    rows, paths = by_cursor(client, "record/words"), []
    for name, address in (("record", "record"), ("words", "record/words")):
        paths.append(tmp_path / f"{name}.ndjson")
        paths[-1].write_text(text(client.get(f"/api/v1/{address}/?format=ndjson")), encoding="utf-8", newline="")
    assert from_ndjson(paths[1].read_text(encoding="utf-8")) == rows
    there = [row for row in rows if not row["erased"]]
    assert there
    assert verify_record.main([str(paths[0]), "--words", str(paths[1])]) == 0
    assert f"The words are whole: {len(there)} texts" in capsys.readouterr().out


@pytest.mark.skipif(
    not PETITIONS.is_file(), reason="the real petitions are not here: set TOPTABLE_DATA to their folder"
)
def test_the_petitions_are_among_them(listed: Lists) -> None:
    states = Counter(row["state"] for row in listed["proposals"] if row["original_signatures"] is not None)
    assert min(states["responded"], states["lapsed"], states["tabled"]) > 1


def test_the_page_of_decisions(listed: Lists, client: Client) -> None:
    found = every_row(client, "/decisions/", 'article class="dec"')
    assert [(row.address, row.title, row.day, row.decided_by) for row in found] == [
        (_path(row), row["title"], row["decided_on"], str(Decision.DecidedBy(row["decided_by"]).label))
        for row in listed["decisions"]
    ]
    for shown, row in zip(found, listed["decisions"], strict=True):
        assert shown.paragraphs[0].endswith(f"· {row['community']['title']}")
        assert shown.paragraphs[-1] == Truncator(plain(row["summary"])).chars(240)


def test_the_pages_of_proposals(listed: Lists, client: Client) -> None:
    decisions = {row["id"]: row for row in listed["decisions"]}
    seen = 0
    for community in listed["communities"]:
        slug = community["reference"]
        rows = by_cursor(client, "proposals", community=slug, ordering="-supports")
        found = every_row(client, f"/c/{slug}/proposals/", 'article class="prop"')
        assert [(row.address, row.title) for row in found] == [(_path(row), row["title"]) for row in rows]
        assert community["proposals_count"] == len(rows)
        for shown, row in zip(found, rows, strict=True):
            assert f"/c/{slug}/proposals/{row['number']}/" in shown.address
            _check_proposal(shown, row, decisions)
        seen += len(rows)
    assert seen == len(listed["proposals"])


def _check_proposal(shown: PageRow, row: Row, decisions: dict[str, Row]) -> None:
    state, last = shown.state, shown.paragraphs[-1]
    if row["state"] == "awaiting_response":
        assert re.match(_wait_words(row), state)
        assert shown.is_late == row["overdue"]
        assert row["overdue"] or f"· answer due {long_date(date.fromisoformat(row['due_on']))} ·" in last
    elif row["state"] == "tabled" and row["original_signatures"] is None and row["supports"] < row["threshold"]:
        left = row["threshold"] - row["supports"]
        needed = counted(left, "more neighbour needed", "more neighbours needed")
        assert state == f"{needed} by {long_date(date.fromisoformat(row['gather_until']))}"
    else:
        decided = _decided_words(decisions[row["decision"]["id"]], decisions) if row["decision"] else ""
        contested = " Contested answer" if row["contested"] else ""
        told = f"{Proposal.State(row['state']).label}{decided}{contested}"
        assert told in (state, state.removesuffix(": the next vote"), state.removesuffix(": designing it together"))
    backing = counted(row["supports"], "neighbour backs this", "neighbours back this")
    if row["original_signatures"]:
        backing = counted(row["original_signatures"], "signature", "signatures")
    assert f" · {backing}" in last
    assert last.startswith(row["topic"]["title"])
    assert last.endswith(row["area"])


def _decided_words(decision: Row, decisions: dict[str, Row]) -> str:
    said = f": {Decision.DecidedBy(decision['decided_by']).label}"
    if not decision["overruled"]:
        return said
    day = date.fromisoformat(decisions[decision["overruled_by"]["id"]]["decided_on"])
    return f"{said} Overruled on {long_date(day, with_year=True)}"


def _wait_words(row: Row) -> str:
    days = row["overdue_working_days"]
    if not row["overdue"]:
        return r"Day \d+ of \d+$"
    return "Overdue$" if days == 0 else rf"(Long overdue: )?{days} working days? (overdue|past the date)$"


@pytest.fixture
def owed_after_votes(listed: Lists) -> None:
    """In the story each organisation has said what it will do after a vote. Here none has, and half are late."""
    day = clock.today()
    for n, ask in enumerate(CommitmentAsk.objects.order_by("id")):
        ask.answered_on, ask.due_on = None, day - timedelta(days=1 - n % 2)
        ask.save()


@pytest.mark.usefixtures("owed_after_votes")
def test_the_waiting_list(listed: Lists, client: Client) -> None:
    found, votes = waiting_rows(client, "/waiting/"), after_votes(client, "/waiting/")
    asks, owed = _owing(listed["asks"]), _owing(by_cursor(client, "commitment-asks"))
    assert [row.as_ask for row in found] == [_ask_in_api(row, row["proposal"]["title"]) for row in asks]
    assert [row.as_ask for row in votes] == [_ask_in_api(row, row["title"]) for row in owed]
    assert min(len(asks), len(owed)) > 0
    late, due = (sum(row["overdue"] is is_late for row in asks + owed) for is_late in (True, False))
    assert f"{late} answers are late and {due} more are due." in words(next(pages(client, "/waiting/")))
    by_proposal = Counter(row["proposal"]["id"] for row in asks)
    assert by_proposal == {row["id"]: len(row["waiting_for"]) for row in listed["proposals"] if row["waiting_for"]}
    for row in listed["organisations"]:
        of = f"/waiting/?organisation={row['reference']}"
        for shown, mine in ((found, waiting_rows(client, of)), (votes, after_votes(client, of))):
            assert mine == [one for one in shown if one.organisation == row["title"]]


@pytest.mark.usefixtures("owed_after_votes")
def test_the_feed_of_what_is_overdue(listed: Lists, client: Client) -> None:
    for scope, of in [("", {}), *((f"o/{row['reference']}/", row) for row in listed["organisations"])]:
        asked = {"overdue": "true", "page_size": 200} | ({"organisation": of["reference"]} if of else {})
        late = [row for name in ("asks", "commitment-asks") for row in by_cursor(client, name, **asked)]
        newest = sorted(late, key=lambda row: (row["due_on"], row["id"]), reverse=True)[:50]
        items = client.get(f"/feeds/{scope}overdue.json").json()["items"]
        assert [(item["id"], item["url"]) for item in items] == [
            (f"urn:uuid:{row['id']}#overdue", row["html_url"]) for row in newest
        ]
        about = {row["id"] for row in by_cursor(client, "proposals", **asked)}
        assert about == {row["proposal"]["id"] for row in late if "proposal" in row}


def _owing(rows: list[Row]) -> list[Row]:
    return sorted((row for row in rows if row["waiting"]), key=lambda row: (row["due_on"], row["id"]))


def _ask_in_api(row: Row, title: str) -> tuple[str, str, str, bool]:
    return _path(row), title, row["organisation"]["title"], row["overdue"]


def test_the_pages_of_organisations(listed: Lists, client: Client) -> None:
    found = headed_items(client, "/o/")
    assert [(row.address, row.title) for row in found] == [
        (_path(row), row["title"]) for row in listed["organisations"]
    ]
    for row in listed["organisations"]:
        promises = [
            one for one in listed["commitments"] if one["organisation"] and one["organisation"]["id"] == row["id"]
        ]
        answers = [one for one in listed["responses"] if one["organisation"]["id"] == row["id"]]
        _check_figures(client, row, promises, answers)
        _check_answers(client, row, answers)
        _check_promises(client, row, sorted(promises, key=lambda one: (one["due_on"], one["id"])))


def _check_figures(client: Client, row: Row, promises: list[Row], answers: list[Row]) -> None:
    html = next(pages(client, _path(row)))
    facts = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL)
    late, due, on_time, kept = (words(value) for _name, value in facts[:4])
    waiting = waiting_rows(client, f"/waiting/?organisation={row['reference']}")
    assert late == f"{sum(one.is_late for one in waiting)} late"
    assert due == f"{sum(not one.is_late for one in waiting)} due"
    assert len(waiting) == row["asks_count"] - row["answers_count"]
    assert on_time == f"{row['answers_on_time_count']} of {row['answers_count']} on time"
    assert row["answers_count"] == len(answers)
    assert row["answers_on_time_count"] == sum(not one["late"] for one in answers)
    figures = {
        "kept": sum(one["state"] == "confirmed" for one in promises),
        "open": sum(one["state"] not in ("confirmed", "dropped") for one in promises),
        "of them late": sum(one["late"] for one in promises),
        "of them disputed": sum(one["state"] == "disputed" for one in promises),
        "broken": sum(one["broken_on"] is not None for one in promises),
    }
    assert kept == f"{figures['kept']} kept"
    assert figures["kept"] == row["commitments_kept"]
    assert (figures["open"], figures["broken"]) == (row["commitments_open"], row["commitments_broken"])
    said = words(html)
    for name, number in figures.items():
        assert not promises or f" {number} {name}" in said


def _check_answers(client: Client, row: Row, answers: list[Row]) -> None:
    found = headed_items(client, f"{_path(row)}answers/")
    assert [(shown.address, shown.title, shown.day) for shown in found] == [
        (f"{_path(one)}#{one['reference']}", one["proposal"]["title"], _day(one["published_at"])) for one in answers
    ]
    for shown, one in zip(found, answers, strict=True):
        days = counted(one["response_working_days"], "working day", "working days")
        timed = f"{'late' if one['late'] else 'on time'}, after {days}"
        contested = " Contested" if one["contested"] else ""
        assert shown.paragraphs[0] == f"{Response.Outcome(one['outcome']).label}{contested}"
        assert shown.paragraphs[1].endswith(f"· {one['community']['title']} · {timed}")


def _check_promises(client: Client, row: Row, promises: list[Row]) -> None:
    found = headed_items(client, f"{_path(row)}promises/")
    assert [shown.heading for shown in found] == [one["text"] for one in promises]
    for shown, one in zip(found, promises, strict=True):
        late = "Broken" if one["broken_on"] else "Late"
        said = late if one["late"] and one["state"] != "disputed" else SAID[one["state"]]
        assert shown.paragraphs[0].startswith(said)
        assert long_date(date.fromisoformat(one["due_on"])) in shown.paragraphs[0]


def test_the_pages_of_votes_and_communities(listed: Lists, client: Client) -> None:
    votes = {row.address: row for row in every_row(client, "/ballots/", 'article class="vote-row"')}
    assert {address: row.title for address, row in votes.items()} == {
        _path(row): row["title"] for row in listed["ballots"]
    }
    for row in listed["ballots"]:
        shown = votes[_path(row)].paragraphs[-1]
        assert f"{row['options_count']} options ·" in shown
        assert ("voted" in shown) == (row["voted"] is not None)
        assert row["voted"] is None or f"· {row['voted']} of {row['eligible']} voted ·" in shown
    places = headed_items(client, "/c/")
    assert [(row.address, row.title) for row in places] == [(_path(row), row["title"]) for row in listed["communities"]]


def _path(row: Row) -> str:
    address: str = row["html_url"]
    return address.removeprefix(settings.SITE_URL)


def _day(moment: str) -> str:
    return clock.local_date(datetime.fromisoformat(moment)).isoformat()
