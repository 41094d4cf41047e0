"""The log of what changed in rows that were published before: as files, and as the page shows it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from api.bulk.corrections import GONE, LONGEST_REFERENCE, NOT_SHOWN
from api.columns import Column, Made, api_url, read_things
from api.models import Correction
from api.pagination import Ordering
from api.resources import Resource
from api.v1 import RESOURCES

NEWEST_FIRST = Ordering("-found", "found_at")


def _address(resource: str, row: Any, after: str) -> str | None:
    return None if after == GONE else api_url(resource, row)


def _log() -> QuerySet[Any]:
    return Correction.objects.all()


# Written by the same code as every list, and no list of the API: nothing here is a thing of the site.
CORRECTIONS = Resource(
    name="corrections",
    one="correction",
    meaning=_("What a row says now, where it said something else in the files of the night before. The newest first."),
    model=Correction,
    columns=(
        Column("id", "id", _("Its id."), "pk"),
        Column("found", "datetime", _("When the new files were compared with the ones before."), "found_at"),
        Column("resource", "text", _("The list that the row is in."), "resource"),
        Column("row_id", "id", _("The id of the row.")),
        Column("reference", "text", _("The reference of the row, where it has one.")),
        Column(
            "url",
            "url",
            _("The row in this API. Empty where it is gone."),
            Made(("resource", "row_id", "after"), _address),
            nullable=True,
        ),
        Column("column", "text", _("The column that says something else.")),
        Column(
            "before",
            "text",
            _(
                "What it said. Of words the fingerprint (SHA-256); “(not shown)” for a name, an author’s block or "
                "street, and what somebody wrote when a promise was done, disputed or dropped."
            ),
        ),
        Column("after", "text", _("What it says now, in the same way. “(gone)” where the row is not public any more.")),
    ),
    rows=_log,
    filters=(),
    orderings=(NEWEST_FIRST,),
    stamps=("pk",),
)


def lines(corrections: Sequence[Correction]) -> list[dict[str, Any]]:
    """The lines of the page, each with the page of its row. At most one query for each list that rows are in."""
    pages: dict[tuple[str, UUID], str] = {}
    for resource in RESOURCES:
        mine = [row for row in corrections if row.resource == resource.name and row.after != GONE]
        pages |= {(resource.name, pk): address for pk, address in _pages(resource, mine).items()}
    return [_line(row, "" if row.after == GONE else pages.get((row.resource, row.row_id), "")) for row in corrections]


def _pages(resource: Resource, corrections: Sequence[Correction]) -> dict[UUID, str]:
    """The page of each row that is still there to see. Where its address is its reference, whole, nothing is asked."""
    column = next(one for one in resource.columns if one.name == "html_url")
    told: dict[UUID, str] = {}
    if column.paths in (("reference",), ("slug",)):
        told = {row.row_id: row.reference for row in corrections if 0 < len(row.reference) < LONGEST_REFERENCE}
    pages = dict(zip(told, column.values(lambda _path: list(told.values())), strict=True))
    others = {row.row_id for row in corrections} - told.keys()
    if others:
        rows = list(resource.whole(resource.rows().filter(pk__in=others)))
        pages |= dict(zip((row.pk for row in rows), column.values(read_things(rows)), strict=True))
    return pages


def _line(correction: Correction, page: str) -> dict[str, Any]:
    """`is_gone` and `is_hidden` are told in words: nothing was “put right” when somebody had their name taken away."""
    return {
        "found_at": correction.found_at,
        "name": f"{correction.resource} {correction.reference or correction.row_id}",
        "url": page,
        "column": correction.column,
        "before": correction.before,
        "after": correction.after,
        "is_gone": correction.after == GONE,
        "is_hidden": NOT_SHOWN in (correction.before, correction.after),
    }
