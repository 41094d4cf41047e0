"""One value for a whole list, made where the rows are: another one as soon as any row of the list reads differently.

It is what lets a reader who has the file already be told so, before a row of it is written. The rows are not held: the
database adds up a hash of 64 bits for each, so the list may be as long as it likes, and its order does not matter.
"""

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, CharField, Count, QuerySet

MASK = (1 << 64) - 1
# PostgreSQL's, of one row. Its text is hashed, not the row: that hash is itself made by adding up, and of a moment or a
# whole number it knows 32 bits.
OF_ROW = "hashtextextended(row(%(expressions)s)::text, 0)"


class SumOfHashes(Aggregate):
    """The hashes of these fields of each row, added up. As text."""

    arity = None
    output_field = CharField()
    function = "sum_of_hashes"  # SQLite's, below

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"sum({OF_ROW})::text", **more)


class SumOfHashesOfSQLite:
    """The same for SQLite, which takes it from Python."""

    def __init__(self) -> None:
        self.sum = 0

    def step(self, *fields: Any) -> None:
        """One row."""
        self.sum += int.from_bytes(hashlib.blake2b(repr(fields).encode(), digest_size=8).digest(), "big")

    def finalize(self) -> str:
        """What is told at the end."""
        return str(self.sum & MASK)


def teach_sqlite(connection: BaseDatabaseWrapper, **_more: Any) -> None:
    """A receiver of `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_aggregate("sum_of_hashes", -1, SumOfHashesOfSQLite)


class Fingerprint(NamedTuple):
    """How many rows there are, and what they add up to."""

    rows: int
    hashes: str | None  # None of no rows


def fingerprint(rows: QuerySet[Any], stamps: Iterable[str]) -> Fingerprint:
    """Of these rows, for `Resource.etag` in place of the stamps of each. One query, whatever their order."""
    found = rows.order_by().aggregate(rows=Count("*"), hashes=SumOfHashes(*stamps))
    return Fingerprint(**found)
