"""A whole list as one file, written while it is read.

The rows come in pieces, each after the last row of the one before it. So nothing is held while a slow reader takes the
last piece: no cursor, no transaction, no more memory than one piece. In an order that changes meanwhile (supports) a
row may come twice or not at all; in the order of `updated` what changes meanwhile comes again at the end.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from api import tables
from api.columns import Column, Table
from api.gathering import Known
from api.pagination import Ordering
from api.parts import Part
from api.problems import BadParameters
from api.reading import read_rows
from api.resources import Resource
from record.chain import bytes_of

FIRST_PIECE, PIECE = 200, 1000
FILES = {"csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson; charset=utf-8"}
PAGED = ("cursor", "page_size", "count")


def refuse_pages(given: Iterable[str]) -> None:
    """A file holds the whole list."""
    wrong = dict.fromkeys(set(given) & set(PAGED), _("A file holds the whole list. Leave this out, or ask for JSON."))
    if wrong:
        raise BadParameters(wrong)


def pieces(resource: Resource, rows: QuerySet[Any], ordering: Ordering) -> Iterator[Table]:
    """Every row of the list, in pieces. The first is read at once."""
    ordered = rows.order_by(*ordering.fields(backwards=False))
    known: Known = {}
    size, read = FIRST_PIECE, read_rows(resource, ordered[:FIRST_PIECE], known)
    while pks := read("pk"):
        yield resource.table(read)
        if len(pks) < size:
            return
        after = ordering.after(read(ordering.field)[-1], pks[-1], backwards=False)
        size, read = PIECE, read_rows(resource, ordered.filter(after)[:PIECE], known)


def exact_lines(rows: QuerySet[Any], *, backwards: bool) -> Iterator[bytes]:
    """The lines of the record as they are stored, in pieces by sequence: what is appended meanwhile comes at the end,
    and no reader holds a cursor."""
    ordered = rows.order_by("-sequence" if backwards else "sequence").values_list("sequence", "line")
    piece = list(ordered[:PIECE])
    while piece:
        yield b"".join(bytes_of(line) + b"\n" for _sequence, line in piece)
        last = piece[-1][0]
        if len(piece) < PIECE:
            return
        piece = list(ordered.filter(**{"sequence__lt" if backwards else "sequence__gt": last})[:PIECE])


def pieces_of_part(part: Part, found: Any) -> Iterator[Table]:
    """Every row of a part: of a list in hand, or of a queryset."""
    start = 0
    while window := list(found[start : start + PIECE]):
        yield part.table(window)
        start += PIECE


def file_response(name: str, form: str, columns: tuple[Column, ...], rows: Iterator[Table]) -> StreamingHttpResponse:
    """The file as it is written. `name` is without its ending."""
    first = next(rows, [])  # what is wrong with the question shows now, while it can still be said
    response = StreamingHttpResponse(_text(form, columns, first, rows), content_type=FILES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _text(form: str, columns: tuple[Column, ...], first: Table, rest: Iterator[Table]) -> Iterator[bytes]:
    write = tables.csv_writer(columns) if form == "csv" else tables.ndjson_writer(columns)
    head = tables.csv_header(columns) if form == "csv" else ""
    yield (head + write(first)).encode()
    for piece in rest:
        yield write(piece).encode()
