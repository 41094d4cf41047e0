"""The log of what was put right: each column of each list is settled once it says something, or goes on."""

import json
from typing import Any

import pytest
from django.test import Client

from api.bulk.corrections import corrections
from api.resources import Resource
from api.v1 import RESOURCES

# What the log leaves out: addresses, what is worked out from other columns, and what goes on.
NEVER = {"id", "url", "html_url", "merged_into_url", "retabled_from_url", "response_url", "updated"}
WAITS = {"late", "waiting", "waiting_working_days", "overdue", "long_overdue", "overdue_working_days"}
GOES_ON = {
    "decisions": {"turnout", "commitments_open", "commitments_kept", "commitments_broken"},
    "proposals": {
        "organisations",  # until they are asked
        "waiting_for",
        "state",
        "withdrawn",
        "supports",
        "agrees",
        "disagrees",
        "passes",
        "common_ground",
        "comments",
        "offers",
        "original_signatures",
        "due_on",  # the next one
        "overdue",
        "overdue_working_days",
        "overdue_from",
        "contested",
        "ballot_reference",  # a vote that is cancelled sends it to another one
        "delivered_at",  # a new promise takes it back
        "commitments_open",
        "commitments_kept",
        "commitments_broken",
        "created",  # is tabled_at
    },
    "responses": {"answers_it", "does_not", "contested"},
    "commitments": {"state", "late", "late_working_days", "changed_at", "claimed_at", "disputed_at"},
    "ballots": {
        "state",
        "withdrawn",
        "options_url",
        "turnout",
        "count_url",
        "papers_url",
        "papers_file_url",
        "receipts_url",
        "receipts_file_url",
    },
    "communities": {"organisations", "residents_count", "proposals_count", "agreement_version"},
    "organisations": {
        "communities",
        "withdrawn",
        "reason",
        "asks_count",
        "answers_count",
        "answers_on_time_count",
        "commitments_open",
        "commitments_kept",
        "commitments_broken",
    },
    "topics": {"agreement_version"},
    "asks": {*WAITS, "withdrawn"},
    "commitment-asks": WAITS,
}
BY_NAME = {resource.name: resource for resource in RESOURCES}


def line(**columns: Any) -> bytes:
    return json.dumps({"id": "1", "reference": "R", **columns}).encode()


def found(resource: str, column: str, before: Any, after: Any, **others: tuple[Any, Any]) -> list[tuple[str, str]]:
    """What the log says of one column; `others` are columns with what they were and are."""
    whole = BY_NAME[resource]
    names = {column.name for column in whole.columns} - {"id", "reference"}
    old, new = dict.fromkeys(names), dict.fromkeys(names)
    for name, (was, is_now) in ({column: (before, after)} | others).items():
        old[name], new[name] = was, is_now
    rows = corrections(whole, [line(**old)], [line(**new)])
    return [(row.before, row.after) for row in rows if row.column == column]


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_each_column_is_settled_or_goes_on(resource: Resource) -> None:
    """A new column: decide which it is."""
    settled, names = set(resource.settled), {column.name for column in resource.columns}
    assert settled | (NEVER & names) | GOES_ON[resource.name] == names
    assert not settled & (NEVER | GOES_ON[resource.name])
    anchored = {name for pair in resource.settled_with for name in pair}
    assert anchored <= names
    assert set(resource.raised) <= settled


@pytest.mark.parametrize(
    ("resource", "column", "before", "after"),
    [
        ("communities", "homes", 40, 400),
        ("ballots", "winners", ["1"], ["2"]),
        ("ballots", "winners", ["1", "2"], ["2", "1"]),
        ("ballots", "winners", [], ["2"]),
        ("ballots", "opens_at", "2026-03-01T09:00:00Z", "2026-03-02T09:00:00Z"),
        ("ballots", "closes_at", "2026-03-09T09:00:00Z", "2026-03-08T09:00:00Z"),
        ("ballots", "quorum_percent", 0, 40),
        ("ballots", "binding", False, True),
        ("decisions", "supports", 3, 30),
        ("decisions", "comments", 3, 0),
        ("decisions", "overruled", True, False),
    ],
)
def test_what_was_settled_and_is_another_is_listed(resource: str, column: str, before: Any, after: Any) -> None:
    (said,) = found(resource, column, before, after)
    assert said == tuple(value if isinstance(value, str) else json.dumps(value) for value in (before, after))


@pytest.mark.parametrize(
    ("resource", "column", "before", "after"),
    [
        ("proposals", "ended_reason", "", "It was mended."),
        ("proposals", "called_in", False, True),
        ("decisions", "overruled", False, True),
        ("decisions", "organisations", ["1", "2"], ["2", "1"]),
        ("ballots", "winners", None, ["1"]),
        ("proposals", "supports", 3, 4),
    ],
)
def test_a_step_is_not(resource: str, column: str, before: Any, after: Any) -> None:
    assert found(resource, column, before, after) == []


def test_what_is_said_anew_is_a_step_and_what_is_rewritten_is_not() -> None:
    """A second claim has a moment of its own, and so has a new agreement a version."""
    words, shown = ("It is done.", "It is all done."), [("(not shown)", "(not shown)")]
    first, second = "2026-03-01T09:00:00Z", "2026-04-01T09:00:00Z"
    assert found("commitments", "claim_note", *words, claimed_at=(first, first)) == shown
    assert found("commitments", "claim_note", *words, claimed_at=(first, second)) == []
    days = ("2026-10-21", "2027-06-01")
    assert found("commitments", "due_on", *days, changed_at=(first, first)) == [days]
    assert found("commitments", "due_on", *days, changed_at=(first, second)) == [days]  # the log names it, too
    assert found("topics", "support_threshold", 3, 5, agreement_version=(1, 1)) == [("3", "5")]
    assert found("topics", "support_threshold", 3, 5, agreement_version=(1, 2)) == []
    assert found("asks", "due_on", "2026-03-01", "2026-04-01", extended=(False, True)) == []
    assert found("asks", "due_on", "2026-03-01", "2026-04-01", extended=(True, True))
    assert found("communities", "agreed_on", "2026-03-01", "2026-02-01", agreement_version=(1, 1))


def test_the_page_says_which_columns_are_compared(client: Client, db: None) -> None:
    page = client.get("/open-data/corrections/").text
    for resource in RESOURCES:
        for name in resource.settled:
            assert f"<code>{name}</code>" in page
