"""What lies below one row of a resource, as data: a list of its own, or one document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.columns import Column, Rows, Table, read_things, rows_of, table_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class PartFile:
    """The part as a file of exact bytes: what `?format=` calls it, its media type, and its text."""

    format: str
    media_type: str
    text: Callable[[Any], str]


@dataclass(frozen=True)
class Part:
    """`read` takes the owner: for a list (with `columns`) it gives everything in it, in order, as a
    list or a queryset; for a document (with its
    JSON schema) the document. `missing` says why there is nothing where `is_there` says so. `prepare` reads for all
    things of a page at once what their columns need besides."""

    name: str
    one: str
    meaning: "StrOrPromise"
    missing: "StrOrPromise"
    is_there: Callable[[Any], bool]
    read: Callable[[Any], Any]
    columns: tuple[Column, ...] = ()
    document: dict[str, Any] | None = None
    file: PartFile | None = None
    prepare: Callable[[Sequence[Any]], None] | None = None
    relation: str = ""  # by which the rows of a list hang on their owner, where they do
    stamps: tuple[str, ...] = ()  # of each row, where the list can change while its owner does not

    @property
    def formats(self) -> list[str]:
        """What `?format=` takes."""
        own = [self.file.format] if self.file else []
        return list(dict.fromkeys(["json", *own, *(("csv", "ndjson") if self.columns else ())]))

    def table(self, things: Sequence[Any]) -> Table:
        """The values of things in the list, column by column."""
        if self.prepare is not None:
            self.prepare(things)
        return table_of(self.columns, read_things(things))

    def write(self, things: Sequence[Any]) -> Rows:
        """Their rows."""
        return rows_of(self.columns, self.table(things))
