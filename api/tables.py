"""The columns of a resource as a flat table: what a CSV file, a data package and the data dictionary are made of."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from api.columns import Column

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a spreadsheet would run as a formula, in plain and in full width.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LOOKED_AT = (*FORMULA_MARKS, "'")
# What is inside a cell of a nested column, and what it means there.
_NESTED: dict[str, tuple[tuple[str, str, "StrOrPromise"], ...]] = {
    "ref": (("id", "id", _("Its id.")), ("title", "text", _("Its title.")), ("url", "url", _("Its address here."))),
    "subject": (("type", "text", _("What kind of thing.")), ("id", "text", _("Its id."))),
    "actor": (
        ("role", "text", _("The role.")),
        ("organisation", "text", _("The organisation, where there is one.")),
        ("name", "text", _("The name, where the public may know it.")),
    ),
    "basis": (("kind", "text", _("What kind.")), ("id", "id", _("Its id.")), ("url", "url", _("Its address here."))),
}
_TYPES: dict[str, tuple[str, str]] = {
    "id": ("string", "uuid"),
    "text": ("string", "default"),
    "url": ("string", "uri"),
    "integer": ("integer", "default"),
    "number": ("number", "default"),
    "boolean": ("boolean", "default"),
    "date": ("date", "default"),
    "datetime": ("datetime", "default"),
    "ids": ("string", "default"),
    "texts": ("string", "default"),
    "numbers": ("object", "default"),
    "facts": ("object", "default"),
}


@dataclass(frozen=True)
class TableColumn:
    """One column of the flat table: `community` of a row becomes community_id, community_title and community_url."""

    name: str
    kind: str
    meaning: str
    nullable: bool
    choices: tuple[str, ...]
    read: Callable[[dict[str, Any]], Any]

    @property
    def type_and_format(self) -> tuple[str, str]:
        """Its type and format as Frictionless names them."""
        return _TYPES[self.kind]


def table_columns(columns: Iterable[Column]) -> tuple[TableColumn, ...]:
    """Every declared column, the nested ones taken apart."""
    found: list[TableColumn] = []
    for column in columns:
        if column.kind in _NESTED:
            found += [_inner(column, key, kind, meaning) for key, kind, meaning in _NESTED[column.kind]]
        else:
            meaning = str(column.meaning)
            if column.kind == "ids":
                meaning = f"{meaning} {_('Ids with a space between them.')}"
            found.append(
                TableColumn(column.name, column.kind, meaning, column.nullable, column.choices, _plain(column.name))
            )
    return tuple(found)


def csv_writer(columns: tuple[Column, ...]) -> Callable[[Iterable[dict[str, Any]]], str]:
    """A function that writes rows of the API as lines of CSV (RFC 4180), cells that a spreadsheet would run made
    harmless by an apostrophe before them. So is what begins with apostrophes and goes on like that: a reader can then
    take one off wherever such a mark follows, and has the very text."""
    steps = [(column.read, _CELLS.get(column.kind, _text)) for column in table_columns(columns)]

    def write(rows: Iterable[dict[str, Any]]) -> str:
        file = io.StringIO()
        csv.writer(file).writerows([cell(read(row)) for read, cell in steps] for row in rows)
        return file.getvalue()

    return write


def csv_header(columns: tuple[Column, ...]) -> str:
    """The first line."""
    file = io.StringIO()
    csv.writer(file).writerow([column.name for column in table_columns(columns)])
    return file.getvalue()


def ndjson(rows: Iterable[dict[str, Any]]) -> str:
    """The same rows, one JSON object a line."""
    return "".join(_LINE(row) + "\n" for row in rows)


_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def _inner(column: Column, key: str, kind: str, meaning: "StrOrPromise") -> TableColumn:
    def read(row: dict[str, Any]) -> Any:
        whole = row[column.name]
        return None if whole is None else whole[key]

    nullable = column.nullable or (column.kind == "basis" and key != "kind")
    return TableColumn(f"{column.name}_{key}", kind, f"{column.meaning} {meaning}", nullable, (), read)


@lru_cache(maxsize=500)
def _plain(name: str) -> Callable[[dict[str, Any]], Any]:
    def read(row: dict[str, Any]) -> Any:
        return row[name]

    return read


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    if text.startswith(_LOOKED_AT) and text.lstrip("'").startswith(FORMULA_MARKS):
        return f"'{text}"
    return text


def _number(value: Any) -> str:
    return "" if value is None else str(value)


def _flag(value: Any) -> str:
    return "" if value is None else "true" if value else "false"


_CELLS: dict[str, Callable[[Any], str]] = {
    "integer": _number,
    "number": _number,
    "boolean": _flag,
    "ids": lambda values: " ".join(values or ()),
    "texts": lambda values: _text("; ".join(values or ())),
    "numbers": lambda value: "" if value is None else json.dumps(value, sort_keys=True),
    "facts": lambda value: "" if value is None else json.dumps(value, sort_keys=True),
}
