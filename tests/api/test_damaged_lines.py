"""A line of the record that cannot be read hides no other."""

import pytest

from record.models import Entry
from tests.api.conftest import Get
from tests.api.test_record_api import body
from tests.record.conftest import Grow, grow

__all__ = ["grow"]  # a fixture of the record, for this room too

DAMAGED = [
    "hello",
    "[1]",
    '{"payload":[1],"subject":"x","kind":5}',
    '{"payload":{"a":NaN}}',
    '{"kind":"\\ud800"}',
    "1e999",
]


@pytest.mark.parametrize("line", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_line_hides_no_other(get: Get, grow: Grow, line: str) -> None:
    """The rows are given, in every form, and the file has the bytes that are stored."""
    grow(3)
    Entry.objects.filter(pk=1).update(line=line)
    rows = get("record", ordering="-sequence").json()["results"]
    assert [row["sequence"] for row in rows] == [2, 1, 0]
    row = get("record/1").json()
    assert row == rows[1]
    assert (row["kind"], row["payload"], row["texts"]) == ("unreadable", {}, {})
    assert (row["community"], row["subject"], row["actor"], row["previous"]) == (None, None, None, "")
    assert b"unreadable" in body(get("record", format="csv"))
    assert line.encode() in body(get("record", format="ndjson")).split(b"\n")
