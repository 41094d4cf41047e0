"""Pages by cursor: the next page starts after the last row of this one, so deep pages cost what the first one costs."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from api import values
from api.columns import BASE
from api.problems import BadParameters
from words.compiled import compiled

if TYPE_CHECKING:
    from api.resources import Resource

DEFAULT_SIZE, LARGEST_SIZE = 50, 200
LONGEST_CURSOR = 2000
COMMON_SIZES = (20, DEFAULT_SIZE, 100, LARGEST_SIZE)  # for others the query is written anew


@dataclass(frozen=True)
class Ordering:
    """One way to sort a list; rows of equal value are in the order of their ids."""

    name: str
    field: str

    @property
    def descending(self) -> bool:
        return self.name.startswith("-")

    def fields(self, *, backwards: bool) -> tuple[str, str]:
        sign = "-" if self.descending != backwards else ""
        return f"{sign}{self.field}", f"{sign}pk"

    def after(self, value: Any, pk: Any, *, backwards: bool) -> Q:
        """Rows after this one. The first condition alone is what an index can serve."""
        way = "lt" if self.descending != backwards else "gt"
        return Q(**{f"{self.field}__{way}e": value}) & (Q(**{f"{self.field}__{way}": value}) | Q(**{f"pk__{way}": pk}))


class Place(NamedTuple):
    """Where a row stands in a list, and its stamps: all that is read of a row that was written out before."""

    pk: Any
    value: Any  # of the field that the list is sorted by
    stamps: tuple[Any, ...]


@dataclass(frozen=True)
class PageRequest:
    """Which page was asked for."""

    path: str
    given: QueryDict
    ordering: Ordering
    size: int
    want_count: bool
    seal: str  # cursors of another list, order or filter are refused by it
    cursor: tuple[bool, Any, Any] | None  # backwards, value, id

    @property
    def backwards(self) -> bool:
        return self.cursor is not None and self.cursor[0]

    def window(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of this page, and one more to see whether there are any after it."""
        return _window(rows, self.ordering, self.size, self.backwards, self.cursor[1:] if self.cursor else ())

    def places(self, rows: QuerySet[Any], resource: "Resource", *, is_whole: bool) -> list[Place]:
        """The window as places. One query, of these few columns alone. `is_whole`: no filter is on the rows, and
        then that query is one that was compiled before."""
        fields = ("pk", self.ordering.field, *resource.stamps)
        found: Iterable[Any]
        if is_whole and self.size in COMMON_SIZES:
            found = _values_of_window(
                shape_rows=resource.rows,
                shape_fields=fields,
                shape_ordering=self.ordering,
                shape_size=self.size,
                backwards=self.backwards,
                after=self.cursor[1:] if self.cursor else (),
            )
        else:
            found = self.window(rows).values_list(*fields)
        return [Place(pk, value, tuple(rest)) for pk, value, *rest in found]

    def places_of(self, things: Iterable[Any], resource: "Resource") -> list[Place]:
        """The places of a window that was read whole."""
        field = self.ordering.field
        return [Place(thing.pk, getattr(thing, field), resource.stamp_values(thing)) for thing in things]

    def page(self, window: list[Place]) -> tuple[list[Place], str | None, str | None]:
        """The rows in the order asked for, and the addresses of the next and the previous page."""
        more, rows = len(window) > self.size, window[: self.size]
        if self.backwards:
            rows.reverse()
        has_next = more if not self.backwards else True
        has_previous = more if self.backwards else self.cursor is not None
        return (
            rows,
            self._url(rows[-1], backwards=False) if rows and has_next else None,
            self._url(rows[0], backwards=True) if rows and has_previous else None,
        )

    def _url(self, row: Place, *, backwards: bool) -> str:
        value = row.value
        text = value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
        cursor = json.dumps([self.seal, int(backwards), text, str(row.pk)], separators=(",", ":"))
        pairs = [(name, text) for name, texts in self.given.lists() for text in texts if name != "cursor"]
        pairs.append(("cursor", base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("=")))
        return f"{BASE}/{self.path}/?{urlencode(pairs)}"


def _window(rows: QuerySet[Any], ordering: Ordering, size: int, backwards: bool, after: Sequence[Any]) -> QuerySet[Any]:
    if after:
        rows = rows.filter(ordering.after(*after, backwards=backwards))
    return rows.order_by(*ordering.fields(backwards=backwards))[: size + 1]


@compiled
def _values_of_window(
    *,
    shape_rows: Callable[[], QuerySet[Any]],
    shape_fields: tuple[str, ...],
    shape_ordering: Ordering,
    shape_size: int,
    backwards: bool,
    after: Sequence[Any],
) -> QuerySet[Any]:
    return _window(shape_rows(), shape_ordering, shape_size, backwards, after).values_list(*shape_fields)


def read_page(path: str, model: Any, orderings: Iterable[Ordering], given: QueryDict) -> PageRequest:
    """What `cursor`, `page_size`, `count` and `ordering` ask for, each refused by name where it is wrong."""
    known = {ordering.name: ordering for ordering in orderings}
    wrong: dict[str, str] = {}
    size, want_count = DEFAULT_SIZE, False
    try:
        size = values.read_number(given.get("page_size", str(DEFAULT_SIZE)), least=1, most=LARGEST_SIZE)
    except values.BadValue as error:
        wrong["page_size"] = str(error)
    try:
        want_count = values.read_flag(given.get("count", "false"))
    except values.BadValue as error:
        wrong["count"] = str(error)
    default = "updated" if "updated_since" in given and "updated" in known else next(iter(known))
    ordering = known.get(given.get("ordering", default))
    if ordering is None:
        wrong["ordering"] = _("Choose from: %(choices)s.") % {"choices": ", ".join(known)}
        ordering = known[default]
    seal = _seal(path, ordering, given)
    cursor = None
    if "cursor" in given:
        try:
            cursor = _read_cursor(given.get("cursor", ""), model, ordering, seal)
        except (ValueError, ValidationError, OverflowError, RecursionError):
            wrong["cursor"] = _("This is not a cursor of this list. Begin again without one.")
    if wrong:
        raise BadParameters(wrong)
    return PageRequest(path, given, ordering, size, want_count, seal, cursor)


def _seal(path: str, ordering: Ordering, given: QueryDict) -> str:
    filters = sorted((name, text) for name, text in given.items() if name not in ("cursor", "page_size", "count"))
    return hashlib.sha256(json.dumps([path, ordering.name, filters]).encode()).hexdigest()[:12]


def _read_cursor(text: str, model: Any, ordering: Ordering, seal: str) -> tuple[bool, Any, Any]:
    """Raises ValueError, ValidationError, OverflowError or RecursionError."""
    if len(text) > LONGEST_CURSOR or not text.isascii():
        raise ValueError
    parts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    if not isinstance(parts, list) or len(parts) != 4 or parts[0] != seal or parts[1] not in (0, 1):
        raise ValueError
    value, pk = parts[2], parts[3]
    if not isinstance(value, str) or not isinstance(pk, str) or "\x00" in value:
        raise ValueError
    value.encode()  # half a letter is none, and no database takes it
    return bool(parts[1]), _read_value(value, model._meta.get_field(ordering.field)), _read_value(pk, model._meta.pk)


def _read_value(text: str, field: Any) -> Any:
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return values.read_moment(text)
    if kind == "DateField":
        return values.read_date(text)
    if kind == "UUIDField":
        return values.read_id(text)
    if kind in ("PositiveIntegerField", "PositiveBigIntegerField"):
        return values.read_number(text, least=0, most=999_999_999)
    return field.to_python(text)
