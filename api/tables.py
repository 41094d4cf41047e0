"""The columns of a resource as a flat table: what a CSV file, a data package and the data dictionary are made of."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from api.columns import Column, Table, rows_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a spreadsheet would run as a formula, in plain and in full width.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LOOKED_AT = frozenset({*FORMULA_MARKS, "'"})
# What is inside a nested column, and what that is. It follows on what the column means, and reads well by itself, too.
_NESTED: dict[str, tuple[tuple[str, str, "StrOrPromise"], ...]] = {
    "ref": (
        ("id", "id", _("This is the id of %(thing)s.")),
        ("title", "text", _("This is the title of %(thing)s.")),
        ("url", "url", _("This is the address of %(thing)s in this API.")),
    ),
    "subject": (
        ("type", "text", _("This is the kind of thing.")),
        ("id", "text", _("This is the id of the thing.")),
    ),
    "actor": (
        ("role", "text", _("This is the role.")),
        ("organisation", "text", _("This is the organisation, where there is one.")),
        ("name", "text", _("This is the name, where the public may know it.")),
    ),
    "basis": (
        ("kind", "text", _("This says which of them.")),
        ("id", "id", _("This is the id of the one it rests on.")),
        ("url", "url", _("This is the address of the one it rests on, in this API.")),
    ),
}
# What each column of the kind "ref" is about: its title alone may be that of many things.
_THINGS: "dict[str, StrOrPromise]" = {
    "community": _("the community"),
    "decision": _("the decision"),
    "organisation": _("the organisation"),
    "overruled_by": _("the later decision"),
    "overrules": _("the earlier decision"),
    "proposal": _("the proposal"),
    "response": _("the answer"),
    "topic": _("the topic"),
}
# kind of column → how several values stand in one cell
_JOINED: "dict[str, StrOrPromise]" = {
    "ids": _("Ids with a space between them."),
    "texts": _("With “; ” between them."),
}
# kind of column → its type and format as Frictionless names them
TYPES: dict[str, tuple[str, str]] = {
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
    """One column of the flat table: `community` of a row becomes community_id, community_title and community_url.
    `part` is what of the declared column `whole` is in it; empty for all of it."""

    name: str
    kind: str
    meaning: str
    nullable: bool
    choices: tuple[str, ...]
    whole: str
    part: str = ""

    @property
    def type_and_format(self) -> tuple[str, str]:
        """Its type and format as Frictionless names them."""
        return TYPES[self.kind]


def table_columns(columns: Iterable[Column]) -> tuple[TableColumn, ...]:
    """Every declared column, the nested ones taken apart."""
    found: list[TableColumn] = []
    for column in columns:
        if column.kind in _NESTED:
            found += [_inner(column, key, kind, meaning) for key, kind, meaning in _NESTED[column.kind]]
        else:
            meaning = str(column.meaning)
            if column.kind in _JOINED:
                meaning = f"{meaning} {_JOINED[column.kind]}"
            found.append(TableColumn(column.name, column.kind, meaning, column.nullable, column.choices, column.name))
    return tuple(found)


def csv_writer(columns: tuple[Column, ...]) -> Callable[[Table], str]:
    """A function that writes rows of the API as lines of CSV (RFC 4180), cells that a spreadsheet would run made
    harmless by an apostrophe before them. So is what begins with apostrophes and goes on like that: a reader can then
    take one off wherever such a mark follows, and has the very text."""
    places = {column.name: place for place, column in enumerate(columns)}
    steps = [(places[column.whole], column.part, _CELLS.get(column.kind, _plain)) for column in table_columns(columns)]

    def write(table: Table) -> str:
        if not table:
            return ""
        cells = []
        for place, part, to_cells in steps:
            values = table[place]
            if part:
                values = [None if value is None else value[part] for value in values]
            cells.append(to_cells(values))
        if len(cells) == 1:
            cells = [[cell or '""' for cell in cells[0]]]  # an empty line would be no row
        return "".join([f"{line}\r\n" for line in map(",".join, zip(*cells, strict=True))])

    return write


def csv_header(columns: tuple[Column, ...]) -> str:
    """The first line."""
    file = io.StringIO()
    csv.writer(file).writerow([column.name for column in table_columns(columns)])
    return file.getvalue()


def ndjson_writer(columns: tuple[Column, ...]) -> Callable[[Table], str]:
    """A function that writes the same rows, one JSON object a line."""

    def write(table: Table) -> str:
        return "".join([f"{_LINE(row)}\n" for row in rows_of(columns, table)])

    return write


_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def _inner(column: Column, key: str, kind: str, meaning: "StrOrPromise") -> TableColumn:
    nullable = column.nullable or (column.kind == "basis" and key != "kind")
    if column.kind == "ref":
        meaning = str(meaning) % {"thing": _THINGS[column.name]}
    return TableColumn(f"{column.name}_{key}", kind, f"{column.meaning} {meaning}", nullable, (), column.name, key)


def _plain(values: Sequence[Any]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def _texts(values: Sequence[Any]) -> Sequence[str]:
    if None not in values and _is_harmless_throughout(values):
        return values
    return ["" if text is None else _quoted(text if text[:1] not in _LOOKED_AT else _harmless(text)) for text in values]


def _is_harmless_throughout(values: Sequence[str]) -> bool:
    """Whether nothing in the whole column has to be written otherwise: addresses, names, single words. To look through
    all of it at once is much less work than to look into each."""
    if not _LOOKED_AT.isdisjoint({text[:1] for text in values}):
        return False
    together = "".join(values)
    return not any(mark in together for mark in ',"\n\r')


def _harmless(text: str) -> str:
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_MARKS) else text


def _quoted(text: str) -> str:
    """The cell of a text. The csv module looks at each letter, of numbers and ids too, and took half of the time."""
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text


def _flags(values: Sequence[Any]) -> list[str]:
    return ["" if value is None else "true" if value else "false" for value in values]


def _objects(values: Sequence[Any]) -> list[str]:
    return ["" if value is None else _quoted(json.dumps(value, sort_keys=True)) for value in values]


# What a stranger may have written is looked at; in other kinds (ids, numbers, dates) there is nothing to find.
_CELLS: dict[str, Callable[[Sequence[Any]], Sequence[str]]] = {
    "text": _texts,
    "url": _texts,
    "boolean": _flags,
    "ids": lambda column: [" ".join(values or ()) for values in column],
    "texts": lambda column: _texts(["; ".join(values or ()) for values in column]),
    "numbers": _objects,
    "facts": _objects,
}
