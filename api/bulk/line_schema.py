"""The fields of a line of NDJSON, as Frictionless names them: the columns of the API, what belongs together in one."""

from typing import Any

from api.columns import Column
from api.resources import Resource
from api.tables import TYPES
from api.v1.record import EXACT_LINE, RECORD

# As in a table, but that a line of NDJSON has its lists whole; what is in neither is an object.
_TYPES = TYPES | {"ids": ("array", "default"), "texts": ("array", "default")}


def line_schema(resource: Resource) -> dict[str, Any]:
    """The Table Schema of the NDJSON file. Nothing but null is missing there: an empty text is a text."""
    return {
        "fields": [_field(column) for column in _columns(resource)],
        "primaryKey": resource.key_column,
        "missingValues": [],
    }


def _columns(resource: Resource) -> list[Column]:
    """Those of a row, as they stand in its line. The record's file has its exact lines: they hold less than a row of
    the API, and have it in the order of the alphabet."""
    if resource is RECORD:
        exact = [column for column in resource.columns if column.name in EXACT_LINE]
        return sorted(exact, key=lambda column: column.name)
    return list(resource.columns)


def _field(column: Column) -> dict[str, Any]:
    kind, form = _TYPES.get(column.kind, ("object", "default"))
    field: dict[str, Any] = {"name": column.name, "type": kind, "format": form, "description": str(column.meaning)}
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    if column.choices and not column.nullable:
        constraints["enum"] = list(column.choices)
    return field | ({"constraints": constraints} if constraints else {})
