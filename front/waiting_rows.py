"""The rows of home and of the waiting list: only the columns that a row shows."""

from typing import Any

from proposals.querysets import AskQuerySet

_SHOWN = (
    "working_days",
    "asked_on",
    "first_due_on",
    "due_on",
    "long_overdue_on",
    "answered_on",
    "answered_after_working_days",
    "organisation__name",
    "proposal__title",
    "proposal__number",
    "proposal__slug",
    "proposal__area",
    "proposal__supports_count",
    "proposal__original_signatures",
    "proposal__community__slug",
    "proposal__community__name",
    "proposal__community__country",
    "proposal__community__subdivision",
)


def waiting_rows(asks: AskQuerySet) -> Any:
    """The asks with what `includes/waiting_row.html` and the clock need of them."""
    return asks.select_related("organisation", "proposal__community").only(*_SHOWN)
