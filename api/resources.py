"""One resource of the API, as data: its columns, its rows, its filters and its orders."""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

from api.columns import Column, Read, Rows, Table, read_things, rows_of, table_of
from api.filters import Filter
from api.pagination import Ordering
from api.parts import Part
from record import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Resource:
    """`stamps` are the moments (or other values) that change whenever a row would read differently;
    `changes_daily` says that it may also do so at midnight."""

    name: str
    one: str
    meaning: "StrOrPromise"
    model: type[Model]
    columns: tuple[Column, ...]
    rows: Callable[[], QuerySet[Any]]
    filters: tuple[Filter, ...]
    orderings: tuple[Ordering, ...]
    stamps: tuple[str, ...]
    joined: tuple[str, ...] = ()
    gathered: tuple[Any, ...] = ()
    shared: tuple[str, ...] = ()  # of `joined`: what many rows have in common, so that a file reads each once
    changes_daily: bool = False
    parts: tuple[Part, ...] = ()
    key_column: str = "id"
    # For the corrections log (api/bulk/corrections.py): columns that stay as they are once they say something; those
    # that do so as long as another one stays the same; and flags that may go up, but never down.
    settled: tuple[str, ...] = ()
    settled_with: tuple[tuple[str, str], ...] = ()
    raised: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """Of its files to take home, without the ending."""
        return self.name.replace("/", "-")

    @property
    def short_name(self) -> str:
        """Of its list as one file, without the ending."""
        return self.name.rpartition("/")[2]

    def table(self, read: Read) -> Table:
        """The values of rows, column by column."""
        return table_of(self.columns, read)

    def write(self, things: Sequence[Any]) -> Rows:
        """The rows of these objects."""
        return rows_of(self.columns, self.table(read_things(things)))

    def whole(self, rows: QuerySet[Any], *, without: Iterable[str] = ()) -> QuerySet[Any]:
        """The same rows with everything joined that their columns need, but for what is read otherwise."""
        names = [name for name in self.joined if name not in without]
        return rows.select_related(*names) if names else rows

    def stamp_values(self, row: Any) -> tuple[Any, ...]:
        """The stamps of an object in hand, as `values_list(*stamps)` would give them."""
        return tuple(_follow(row, stamp) for stamp in self.stamps)

    def key(self, stamps: tuple[Any, ...]) -> Hashable:
        """What a row with these stamps is kept under (api/written.py)."""
        return (SCHEMA_VERSION, self.name, clock.today() if self.changes_daily else None, stamps)

    def etag(self, stamps: Iterable[tuple[Any, ...]], *more: Any) -> str:
        """A validator made of stamps alone: it is known before anything is written out."""
        day = clock.today().isoformat() if self.changes_daily else ""
        facts = (SCHEMA_VERSION, self.name, day, more, list(stamps))
        return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'

    def last_modified(self, stamps: Iterable[tuple[Any, ...]]) -> datetime | None:
        """The newest moment among the stamps. None where a row may read differently without a newer one: at midnight,
        or when a name that it shows changes."""
        if self.changes_daily or not all(stamp == "pk" or stamp.endswith("_at") for stamp in self.stamps):
            return None
        moments = [value for row in stamps for value in row if isinstance(value, datetime)]
        return max(moments) if moments else None


SCHEMA_VERSION = 8  # another number makes every kept copy stale: raise it when what a column shows changes


def names(text: str) -> tuple[str, ...]:
    """Names of columns, as they stand in a text."""
    return tuple(text.split())


def _follow(row: Any, path: str) -> Any:
    value = row
    for part in path.split("__"):
        if value is None:
            return None
        value = attrgetter(part)(value)
    return value
