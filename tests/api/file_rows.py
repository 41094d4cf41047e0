"""Rows of the API read back from its files, CSV by the kinds of its columns alone: what was lost is missed."""

import csv
import io
import json
import re
from typing import Any

from api.columns import Column

NESTED = {
    "ref": ("id", "title", "url"),
    "basis": ("kind", "id", "url"),
    "subject": ("type", "id"),
    "actor": ("role", "organisation", "name"),
}
_MADE_HARMLESS = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def from_csv(columns: tuple[Column, ...], table: str) -> list[dict[str, Any]]:
    """The rows of this table, as JSON has them."""
    reader = csv.DictReader(io.StringIO(table, newline=""), strict=True)
    assert reader.fieldnames == [name for column in columns for name in _cell_names(column)]
    return [{column.name: _read(column, cells) for column in columns} for cells in reader]


def from_ndjson(lines: str) -> list[dict[str, Any]]:
    """The rows of these lines. Nothing but a line feed ends one."""
    *rows, end = lines.split("\n")
    assert end == ""
    return [json.loads(row) for row in rows]


def _cell_names(column: Column) -> list[str]:
    return [f"{column.name}_{key}" for key in NESTED[column.kind]] if column.kind in NESTED else [column.name]


def _read(column: Column, cells: dict[str, str]) -> Any:
    values = [_value(column.kind, cells[name]) for name in _cell_names(column)]
    if column.kind in NESTED:
        if not any(values):
            return None
        empty = None if column.kind == "basis" else ""  # what a basis without an id has; the others have texts
        return {key: empty if value is None else value for key, value in zip(NESTED[column.kind], values, strict=True)}
    if values[0] is None and not column.nullable:
        return [] if column.kind in ("ids", "texts") else ""
    return values[0]


def _value(kind: str, cell: str) -> Any:
    if cell == "":
        return None
    if kind == "boolean":
        return {"true": True, "false": False}[cell]
    if kind in ("integer", "number", "numbers", "facts"):
        return json.loads(cell)
    if kind == "ids":
        return cell.split(" ")
    plain = cell[1:] if _MADE_HARMLESS.match(cell) else cell
    return plain.split("; ") if kind == "texts" else plain
