"""Rows that were written out before and have not changed since. Each process keeps the last few thousand."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from threading import Lock
from typing import Any

from api.gathering import gather
from api.pagination import Place
from api.resources import Resource

KEPT = 3_000  # rows, of 2 to 4 kB each


class WrittenRows:
    """By resource, id, stamps and what else makes a row read differently, so that none can be stale: whatever changed
    is asked for under another key. The rows are shared; nobody changes one."""

    def __init__(self, size: int = KEPT) -> None:
        self.size = size
        self._rows: OrderedDict[Hashable, dict[str, Any]] = OrderedDict()
        self._lock = Lock()  # gunicorn may run threads

    def get(self, key: Hashable) -> dict[str, Any] | None:
        with self._lock:
            row = self._rows.get(key)
            if row is not None:
                self._rows.move_to_end(key)
            return row

    def keep(self, key: Hashable, row: dict[str, Any]) -> None:
        with self._lock:
            self._rows[key] = row
            self._rows.move_to_end(key)
            while len(self._rows) > self.size:
                self._rows.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._rows.clear()


written = WrittenRows()


def rows_at(resource: Resource, places: Iterable[Place], things: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """The rows in these places, in their order; `things` are objects that are in hand already.

    Read and written out are only those that are new or changed since the last time: one query for them, and one for
    each gathered relation. A row that is gone since its place was read is left out.
    """
    rows = {place.pk: written.get(resource.key(place.stamps)) for place in places}
    missing = {pk for pk, row in rows.items() if row is None}
    if missing:
        fresh = [thing for thing in things if thing.pk in missing]
        if not fresh:
            fresh = list(resource.whole(resource.rows().filter(pk__in=missing)))
        # Under their own stamps: one may have changed once more between the two queries. And under the day on which
        # the writing began: it may end after midnight.
        keys = [resource.key(resource.stamp_values(thing)) for thing in fresh]
        gather(resource.model, fresh, resource.gathered)
        for thing, key, row in zip(fresh, keys, resource.write(fresh), strict=True):
            rows[thing.pk] = row
            written.keep(key, row)
    return [row for row in rows.values() if row is not None]
