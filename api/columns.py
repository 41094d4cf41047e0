"""What a row of the open API is made of: one declared list of columns for each resource.

The list feeds the rows, the OpenAPI schema and the docs, so that they cannot disagree.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BASE = f"{settings.SITE_URL}/api/v1"
Source = Callable[[Any], Any]
GATHERED = "_gathered"  # the attribute of an object in which api.gathering puts what it has read

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
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


_WRITERS: dict[str, Callable[[Any], Any]] = {
    "id": str,
    "date": date.isoformat,
    "datetime": _moment,
    "ids": lambda values: [str(value) for value in values],
}


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind (a key of SCHEMAS), what it means, and where its value comes from.

    `source` is the path of an attribute ("community.name"), or a function of the row.
    """

    name: str
    kind: str
    meaning: "StrOrPromise"
    source: str | Source = ""
    nullable: bool = False
    choices: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        """The column as JSON schema (OpenAPI 3.1)."""
        schema = dict(SCHEMAS[self.kind]) | {"description": str(self.meaning)}
        if self.choices:
            schema["enum"] = [*self.choices, None] if self.nullable else list(self.choices)
        if self.nullable:
            schema["type"] = [schema["type"], "null"]
        return schema


def row_writer(columns: Iterable[Column]) -> Callable[[Any], dict[str, Any]]:
    """A function that makes the row of one object: plain JSON values in the order of the columns."""
    steps = [(column.name, _source(column), _WRITERS.get(column.kind)) for column in columns]

    def write(thing: Any) -> dict[str, Any]:
        row = {}
        for name, source, writer in steps:
            value = source(thing)
            row[name] = value if writer is None or value is None else writer(value)
        return row

    return write


def _source(column: Column) -> Source:
    source = column.source or column.name
    return attrgetter(source) if isinstance(source, str) else source


def api_url(resource: str, pk: UUID) -> str:
    """The address of one thing in this API."""
    return f"{BASE}/{resource}/{pk}/"


def ref(resource: str, pk: UUID, title: str) -> dict[str, str]:
    """A related thing as it appears in a row."""
    return {"id": str(pk), "title": title, "url": api_url(resource, pk)}


def page_of(path: str = "") -> Source:
    """The address of the page of the row, or of what `path` of it leads to."""
    holder = attrgetter(path) if path else None

    def url(thing: Any) -> str:
        return settings.SITE_URL + (holder(thing) if holder else thing).get_absolute_url()

    return url


def community_of(path: str = "community") -> Source:
    """The community that `path` leads to, as a related thing."""
    holder = attrgetter(path)

    def related(thing: Any) -> dict[str, str]:
        community = holder(thing)
        return ref("communities", community.pk, community.name)

    return related


def named(resource: str, path: str, title: str = "name") -> Source:
    """What `path` leads to, as a related thing with its `title`; None where there is nothing."""

    def related(thing: Any) -> dict[str, str] | None:
        for part in path.split("."):
            thing = getattr(thing, part)
            if thing is None:
                return None
        return ref(resource, thing.pk, getattr(thing, title))

    return related


def gathered(thing: Any, relation: str) -> list[Any]:
    """What api.gathering has read of this relation of the thing."""
    values: list[Any] = thing.__dict__[GATHERED][relation]
    return values


def ids_of(relation: str) -> Source:
    """The ids of a relation that the resource gathers."""

    def ids(thing: Any) -> list[UUID]:
        return gathered(thing, relation)

    return ids
