"""A copy of the open data elsewhere, kept as the guide says: every list read once, and then what `updated_since` gives.

Whatever an action changes in what the API shows must reach it: a row that reads differently has a newer `updated`."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from django.test import Client

from api.bulk.corrections import corrections
from api.resources import Resource
from api.v1 import RESOURCES
from record import clock
from tests.api.file_rows import from_csv, from_ndjson
from tests.api.test_files import text
from tests.api.whole_scene import by_cursor

Rows: TypeAlias = dict[str, dict[str, Any]]

# What the day alone changes, without a newer `updated`: the guide says so.
BY_THE_DAY = {
    *("overdue", "overdue_working_days", "overdue_from", "long_overdue", "waiting_working_days"),
    *("late", "late_working_days"),
}


class Mirror:
    """Begins with all that is there. Every failed check says what was done, where it is given a name."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.asked_at = clock.now()
        self.put_right: set[str] = set()  # columns that the corrections log would list
        self.copy = {resource.name: _by_id(by_cursor(client, resource.name)) for resource in RESOURCES}

    def follow(self, act: Callable[[], object], name: str = "") -> object:
        """Do it, and see that the copy can follow it. Gives what the act gives."""
        done = act()
        self.catch_up(name or getattr(act, "__name__", repr(act)))
        return done

    def catch_up(self, name: str) -> None:
        """Ask for what changed since the last time. Then the copy, the lists as they are kept, the files and each
        changed row alone say one thing."""
        since, self.asked_at = self.asked_at, clock.now()
        for resource in RESOURCES:
            copy = self.copy[resource.name]
            changed = _by_id(by_cursor(self.client, resource.name, updated_since=since.isoformat()))
            self._put_right(resource, copy, changed)
            copy.update(changed)
            fresh = _by_id(from_ndjson(text(self.client.get(f"/api/v1/{resource.name}/", {"format": "ndjson"}))))
            where = f"{resource.name}, after {name}"
            _same(_without_the_day(copy), _without_the_day(fresh), f"A mirror misses a change of {where}")
            _same(_by_id(by_cursor(self.client, resource.name)), fresh, f"The list is stale: {where}")
            for pk, row in changed.items():
                assert datetime.fromisoformat(row["updated"]) >= since
                _same({pk: self.client.get(row["url"]).json()}, {pk: fresh[pk]}, f"One row is stale: {where}")

    def _put_right(self, resource: Resource, copy: Rows, changed: Rows) -> None:
        known = sorted(copy.keys() & changed.keys())
        before, after = ([json.dumps(rows[pk]).encode() for pk in known] for rows in (copy, changed))
        self.put_right |= {f"{row.resource}.{row.column}" for row in corrections(resource, before, after)}

    def agrees_with_csv(self) -> None:
        """The tables say the same. (Once is enough: they are made as the lines of NDJSON are.)"""
        for resource in RESOURCES:
            table = text(self.client.get(f"/api/v1/{resource.name}/", {"format": "csv"}))
            rows = _by_id(from_csv(resource.columns, table))
            _same(_without_the_day(self.copy[resource.name]), _without_the_day(rows), resource.name)


def _by_id(rows: list[dict[str, Any]]) -> Rows:
    return {row["id"]: row for row in rows}


def _without_the_day(rows: Rows) -> Rows:
    return {pk: {name: value for name, value in row.items() if name not in BY_THE_DAY} for pk, row in rows.items()}


def _same(rows: Rows, right: Rows, fault: str) -> None:
    """Names the columns, where a comparison of whole lists would fill the screen."""
    wrong = [
        f"{row.get('reference')}.{name}: {json.dumps(row.get(name))} is {json.dumps(other.get(name))}"
        for pk in rows.keys() | right.keys()
        for row, other in [(rows.get(pk, {"id": "(missing)"}), right.get(pk, {"id": "(gone)"}))]
        for name in row.keys() | other.keys()
        if row.get(name) != other.get(name)
    ]
    assert not wrong, f"{fault}: {wrong[:5]}"
