"""Pages of a list by where the last row stood, not by how many came before: as fast on page 1,000 as on page 1."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import Http404

LONGEST_CURSOR = 400  # characters
PARAMETER = "page"


class BadCursor(Http404):
    """The cursor was not one of ours: front.views.errors says so on a page of its own (400).

    An address that was cut short in a mail is no attack. Django logs a SuspiciousOperation as an error with its whole
    traceback, and what is no page as a plain warning.
    """


@dataclass(frozen=True)
class Page:
    """Rows, and the addresses of the pages beside it ("" where there is none)."""

    rows: list[Any]
    next_url: str
    previous_url: str


class Window(NamedTuple):
    """In which order, and how many."""

    order: tuple[str, ...]
    size: int


class Source(Protocol):
    """Asks for the rows of a window."""

    def __call__(self, *, shape_window: Window, after: tuple[Any, ...]) -> list[Any]: ...


def page_of(
    source: QuerySet[Any] | Source,
    *order: str,
    params: Mapping[str, str],
    size: int = 20,
    model: type[Model] | None = None,
) -> Page:
    """One page of `source` in `order`: field names of the model itself, "-" for descending, the last one unique,
    none of them NULL. `params` is `request.GET`: its cursor chooses the page, the rest stays in the addresses.

    `source` is a queryset; or, with the `model` of its rows, a compiled query (words/compiled.py) that takes
    `shape_window` and `after` and passes them on to `window`.

    Raises BadCursor for a cursor that was tampered with. One query.
    """
    of = source.model if isinstance(source, QuerySet) else model
    cursor = params.get(PARAMETER, "")
    backwards, values = _read(cursor, of, order) if cursor else (False, ())
    shown = Window(tuple(_flip(name) for name in order) if backwards else order, size)
    if isinstance(source, QuerySet):
        rows = list(window(source, shown, values))
    else:
        rows = source(shape_window=shown, after=values)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (bool(values), more) if backwards else (more, bool(values))
    return Page(
        rows,
        _url(params, "n", rows[-1], order) if rows and has_next else "",
        _url(params, "p", rows[0], order) if rows and has_previous else "",
    )


def window(rows: QuerySet[Any], shown: Window, after: Sequence[Any]) -> QuerySet[Any]:
    """The rows of a page behind `after`, and one more, to see whether there are any left."""
    ordered = rows.order_by(*shown.order)
    return (_after(ordered, shown.order, after) if after else ordered)[: shown.size + 1]


def _after(rows: QuerySet[Any], order: Sequence[str], values: Sequence[Any]) -> QuerySet[Any]:
    """Rows behind `values`. Where all of the order goes one way, it is one comparison, (a, b) < (x, y), which an index
    serves whole: thousands of rows that share the first value are not read to find the place among them."""
    if len({_than(name) for name in order}) == 1 and len(order) > 1:
        compare = TupleLessThan if _than(order[0]) == "lt" else TupleGreaterThan
        return rows.filter(compare(Tuple(*(F(_name(name)) for name in order)), tuple(values)))
    return rows.filter(_step_by_step(order, values))


def _step_by_step(order: Sequence[str], values: Sequence[Any]) -> Q:
    """For orders of both ways. The first condition alone lets the database use its index; the rest is exact."""
    steps = []
    for at, name in enumerate(order):
        same = Q(**{_name(order[n]): values[n] for n in range(at)})
        steps.append(same & Q(**{f"{_name(name)}__{_than(name)}": values[at]}))
    return Q(**{f"{_name(order[0])}__{_than(order[0])}e": values[0]}) & reduce(or_, steps)


def _url(params: Mapping[str, str], direction: str, row: Any, order: Sequence[str]) -> str:
    values = [str(getattr(row, _name(name))) for name in order]  # of a model, or of values_list(named=True)
    packed = base64.urlsafe_b64encode(json.dumps([direction, *values]).encode()).decode().rstrip("=")
    kept = {name: value for name, value in params.items() if name != PARAMETER and value}
    return "?" + urlencode(kept | {PARAMETER: packed})


def _read(cursor: str, model: type[Model] | None, order: Sequence[str]) -> tuple[bool, tuple[Any, ...]]:
    if len(cursor) > LONGEST_CURSOR:
        raise BadCursor("too long")
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
        direction, *texts = parts
        if direction not in ("n", "p") or len(texts) != len(order) or not all(isinstance(t, str) for t in texts):
            raise BadCursor("not of this list")
        return direction == "p", tuple(_value(model, name, text) for name, text in zip(order, texts, strict=True))
    except (ValueError, TypeError, binascii.Error, RecursionError, ValidationError, OverflowError) as unreadable:
        raise BadCursor("unreadable") from unreadable


def _value(model: type[Model] | None, name: str, text: str) -> Any:
    assert model is not None  # noqa: S101 - the source is ours
    field = model._meta.get_field(_name(name))
    assert isinstance(field, Field)  # noqa: S101 - the order is ours
    text.encode()  # half a letter is none, and no database takes it
    value = field.to_python(text)
    if value is None or "\x00" in text or (isinstance(value, int) and abs(value) >= 2**63):
        raise BadCursor("out of range")
    return value


def _name(name: str) -> str:
    return name.removeprefix("-")


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _than(name: str) -> str:
    return "lt" if name.startswith("-") else "gt"
