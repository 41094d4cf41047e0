"""What a row of the open API is made of: one declared list of columns for each resource.

The list feeds the rows, the OpenAPI schema and the docs, so that they cannot disagree. Values are made column by
column, for many rows at once: for a file of a hundred thousand rows that is half the work of one row after the other.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.urls import get_script_prefix, reverse

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BASE = f"{settings.SITE_URL}/api/v1"
Source = Callable[[Any], Any]
Read = Callable[[str], Sequence[Any]]  # a path → what it leads to, one value for each row; "" → the objects themselves
Table = list[Sequence[Any]]  # rows as a list of columns
Rows = list[dict[str, Any]]
_GATHERED = "_gathered_"  # how the attributes begin in which api.gathering puts what it has read
_PLAIN = re.compile(r"[-a-zA-Z0-9_]+")  # what stands in an address as it is

_LINKED = {
    "id": {"type": "string", "format": "uuid"},
    "title": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
}
_BASIS = {
    "kind": {"type": "string"},
    "id": {"type": ["string", "null"], "format": "uuid"},
    "url": {"type": ["string", "null"], "format": "uri"},
}

# kind of column → its JSON schema
SCHEMAS: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "format": "uuid"},
    "text": {"type": "string"},
    "url": {"type": "string", "format": "uri"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "ids": {"type": "array", "items": {"type": "string", "format": "uuid"}},
    "texts": {"type": "array", "items": {"type": "string"}},
    "numbers": {"type": "object", "additionalProperties": {"type": "integer"}},
    "facts": {"type": "object"},
    "subject": {"type": "object", "properties": {"type": {"type": "string"}, "id": {"type": "string"}}},
    "actor": {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("role", "organisation", "name")},
    },
    "ref": {"type": "object", "properties": _LINKED, "required": ["id", "title", "url"], "additionalProperties": False},
    "basis": {"type": "object", "properties": _BASIS, "required": ["kind", "id", "url"], "additionalProperties": False},
}


def _moment(value: datetime) -> str:
    in_utc = value if value.tzinfo is UTC else value.astimezone(UTC)
    return f"{in_utc.isoformat(timespec='microseconds')[:-6]}Z"


_WRITERS: dict[str, Callable[[Any], Any]] = {
    "id": str,
    "date": date.isoformat,
    "datetime": _moment,
    "ids": lambda values: [str(value) for value in values],
}


@dataclass(frozen=True)
class Made:
    """A value that `make` makes of what these paths lead to. Unlike a function of the row it needs no object: a file
    is read from the database without making one for each row."""

    paths: tuple[str, ...]
    make: Callable[..., Any]

    def values(self, read: Read) -> list[Any]:
        """One for each row."""
        return list(map(self.make, *map(read, self.paths)))


class MadeOnce(Made):
    """The same for many rows, such as their community."""

    def values(self, read: Read) -> list[Any]:
        rows = list(zip(*map(read, self.paths), strict=True))
        made = {row: self.make(*row) for row in set(rows)}
        return [made[row] for row in rows]


class MadeTogether(Made):
    """`make` takes whole columns and gives one."""

    def values(self, read: Read) -> list[Any]:
        values: list[Any] = self.make(*map(read, self.paths))
        return values


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind (a key of SCHEMAS), what it means, and where its value comes from.

    `source` is a path ("community.name"), something Made of paths, or a function of the row.
    """

    name: str
    kind: str
    meaning: "StrOrPromise"
    source: str | Made | Source = ""
    nullable: bool = False
    choices: tuple[str, ...] = ()
    personal: bool = False  # who somebody is, or what they may take back: the corrections log says no more than that

    def schema(self) -> dict[str, Any]:
        """The column as JSON schema (OpenAPI 3.1)."""
        schema = dict(SCHEMAS[self.kind]) | {"description": str(self.meaning)}
        if self.choices:
            schema["enum"] = [*self.choices, None] if self.nullable else list(self.choices)
        if self.nullable:
            schema["type"] = [schema["type"], "null"]
        return schema

    @property
    def paths(self) -> tuple[str, ...]:
        """What its values are made of. A function of the row takes the whole object, which has the path ""."""
        if isinstance(self.source, Made):
            return self.source.paths
        return (self.source or self.name,) if isinstance(self.source, str) else ("",)

    def values(self, read: Read) -> Sequence[Any]:
        """Its values as plain JSON, one for each row."""
        values: Sequence[Any]
        if isinstance(self.source, Made):
            values = self.source.values(read)
        elif isinstance(self.source, str):
            values = read(self.source or self.name)
        else:
            values = list(map(self.source, read("")))
        writer = _WRITERS.get(self.kind)
        return values if writer is None else [None if value is None else writer(value) for value in values]


def table_of(columns: Iterable[Column], read: Read) -> Table:
    """The values of these columns: plain JSON."""
    return [column.values(read) for column in columns]


def rows_of(columns: Iterable[Column], table: Table) -> Rows:
    """The same values, row by row."""
    names = [column.name for column in columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*table, strict=True)]


def read_things(things: Sequence[Any]) -> Read:
    """Rows that are objects in hand. A path that breaks off leads to None."""

    def read(path: str) -> Sequence[Any]:
        values = things
        for part in path.split(".") if path else ():
            values = _step(values, part)
        return values

    return read


def _step(values: Sequence[Any], part: str) -> Sequence[Any]:
    get = attrgetter(part)
    try:
        return [None if value is None else get(value) for value in values]
    except ObjectDoesNotExist:  # the other side of a relation from one to one, where nothing is
        return [getattr(value, part, None) for value in values]


def api_url(resource: str, pk: UUID) -> str:
    """The address of one thing in this API."""
    return f"{BASE}/{resource}/{pk}/"


def address_in(resource: str) -> Made:
    """The address of the row in this API."""
    return Made(("pk",), lambda pk: api_url(resource, pk))


def ref(resource: str, pk: UUID, title: str) -> dict[str, str]:
    """A related thing as it appears in a row."""
    text = str(pk)
    return {"id": text, "title": title, "url": f"{BASE}/{resource}/{text}/"}


def page_of(name: str, *paths: str) -> Made:
    """The address of the page of this name, with what the paths lead to in it."""

    def addresses(*columns: Sequence[Any]) -> list[str]:
        prefix = get_script_prefix()
        if all(type(part) is str and part for column in columns for part in column) and _PLAIN.fullmatch(
            "".join("".join(column) for column in columns)
        ):
            pattern = settings.SITE_URL + _pattern(name, len(columns), prefix)
            return [pattern.format(*parts) for parts in zip(*columns, strict=True)]
        return [_page_address(name, prefix, parts) for parts in zip(*columns, strict=True)]

    return MadeTogether(paths, addresses)


def page_address(name: str, *parts: Any) -> str:
    """The address of one page."""
    return _page_address(name, get_script_prefix(), parts)


def _page_address(name: str, prefix: str, parts: tuple[Any, ...]) -> str:
    """To ask the resolver for each row took a fifth of the time of a file: it is asked once for each name, and again
    where a part has to be quoted."""
    texts = [str(part) for part in parts]
    if all(map(_PLAIN.fullmatch, texts)):
        return settings.SITE_URL + _pattern(name, len(parts), prefix).format(*texts)
    return settings.SITE_URL + reverse(name, args=parts)


@lru_cache(maxsize=100)
def _pattern(name: str, count: int, prefix: str) -> str:
    """The address with {} where its parts go. Long numbers stand in for them: every kind of part takes one."""
    places = [str(7_000_000_001 + place) for place in range(count)]
    address = reverse(name, args=places)
    for place in places:
        address = address.replace(place, "{}")
    return address


class Named(MadeOnce):
    """A related thing with its title."""

    @property
    def path(self) -> str:
        """What leads to it."""
        return self.paths[0].removesuffix("_id")


def named(resource: str, path: str, title: str = "name") -> Named:
    """What `path` leads to, as a related thing with its `title`; None where there is nothing."""
    return Named((f"{path}_id", f"{path}.{title}"), lambda pk, title: None if pk is None else ref(resource, pk, title))


def community_of(path: str = "community") -> Named:
    """The community that `path` leads to, as a related thing."""
    return named("communities", path)


def or_none(path: str) -> Made:
    """What the path leads to; None where it is empty."""
    return Made((path,), lambda value: value or None)


def gathered_path(relation: str) -> str:
    """The path to what api.gathering has read of this relation."""
    return f"{_GATHERED}{relation}"


def ids_of(relation: str) -> Made:
    """The ids of a relation that the resource gathers."""
    return Made((gathered_path(relation),), list)
