"""A whole list as one file, written while it is read.

The rows come in pieces, each after the last row of the one before it. So nothing is held while a slow reader takes the
last piece: no cursor, no transaction, no more memory than one piece. In an order that changes meanwhile (supports) a
row may come twice or not at all; in the order of `updated` what changes meanwhile comes again at the end.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from api import tables
from api.columns import Column
from api.gathering import Known, gather, share
from api.pagination import Ordering
from api.problems import BadParameters
from api.resources import Resource

FIRST_PIECE, PIECE = 200, 1000
FILES = {"csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson; charset=utf-8"}
PAGED = ("cursor", "page_size", "count")

Rows = list[dict[str, Any]]


def refuse_pages(given: Iterable[str]) -> None:
    """A file holds the whole list."""
    wrong = dict.fromkeys(set(given) & set(PAGED), _("A file holds the whole list. Leave this out, or ask for JSON."))
    if wrong:
        raise BadParameters(wrong)


def pieces(resource: Resource, rows: QuerySet[Any], ordering: Ordering) -> Iterator[Rows]:
    """Every row of the list, in pieces. The first is read at once."""
    ordered = resource.whole(rows.order_by(*ordering.fields(backwards=False)), without=resource.shared)
    known: Known = {}
    size, found = FIRST_PIECE, list(ordered[:FIRST_PIECE])
    while found:
        share(resource.model, found, resource.shared, known)
        gather(resource.model, found, resource.gathered)
        yield [resource.write(row) for row in found]
        if len(found) < size:
            return
        last, size = found[-1], PIECE
        after = ordering.after(getattr(last, ordering.field), last.pk, backwards=False)
        found = list(ordered.filter(after)[:size])


def exact_lines(rows: QuerySet[Any], *, backwards: bool) -> Iterator[bytes]:
    """The lines of the record as they are stored, in pieces by sequence: what is appended meanwhile comes at the end,
    and no reader holds a cursor."""
    ordered = rows.order_by("-sequence" if backwards else "sequence").values_list("sequence", "line")
    piece = list(ordered[:PIECE])
    while piece:
        yield "".join(f"{line}\n" for _sequence, line in piece).encode()
        last = piece[-1][0]
        if len(piece) < PIECE:
            return
        piece = list(ordered.filter(**{"sequence__lt" if backwards else "sequence__gt": last})[:PIECE])


def pieces_of_part(write: Callable[[Any], dict[str, Any]], found: Any) -> Iterator[Rows]:
    """Every row of a part: of a list in hand, or of a queryset."""
    start = 0
    while window := list(found[start : start + PIECE]):
        yield [write(row) for row in window]
        start += PIECE


def file_response(name: str, form: str, columns: tuple[Column, ...], rows: Iterator[Rows]) -> StreamingHttpResponse:
    """The file as it is written. `name` is without its ending."""
    first = next(rows, [])  # what is wrong with the question shows now, while it can still be said
    response = StreamingHttpResponse(_text(form, columns, first, rows), content_type=FILES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _text(form: str, columns: tuple[Column, ...], first: Rows, rest: Iterator[Rows]) -> Iterator[bytes]:
    write = tables.csv_writer(columns) if form == "csv" else tables.ndjson
    head = tables.csv_header(columns) if form == "csv" else ""
    yield (head + write(first)).encode()
    for piece in rest:
        yield write(piece).encode()
