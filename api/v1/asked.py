"""What both kinds of asks say of their public clock: for an answer to a proposal, and for a promise after a vote."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, Made
from api.filters import Filter
from api.pagination import Ordering
from communities.models import Community
from communities.working_days import working_days_between
from proposals.lateness import answer_was_late
from record import clock

ORDERINGS = (
    Ordering("-asked_on", "asked_on"),
    Ordering("asked_on", "asked_on"),
    Ordering("due_on", "due_on"),
    Ordering("-due_on", "due_on"),
    Ordering("updated", "updated_at"),
    Ordering("-updated", "updated_at"),
)


@dataclass(frozen=True)
class Asked:
    """One kind of ask: whether people wait for it (of what the paths lead to, and as a condition), and the path to its
    community, whose bank holidays are left out."""

    paths: tuple[str, ...]
    waits: Callable[..., bool]
    condition: Q
    community: str

    def columns(self) -> tuple[Column, ...]:
        """Whether people wait today, and how long by now."""
        days = ("due_on", f"{self.community}.country", f"{self.community}.subdivision", *self.paths)
        return (
            Column(
                "late",
                "boolean",
                _("Whether the answer came after its date."),
                Made(("answered_on", "due_on"), answer_was_late),
            ),
            Column("waiting", "boolean", _("Whether people wait for it now."), Made(self.paths, self.waits)),
            Column(
                "waiting_working_days",
                "integer",
                _("Working days that people have waited by today. Empty once they wait no more."),
                Made(("asked_on", *days[1:]), self._days_since),
                nullable=True,
            ),
            Column(
                "overdue",
                "boolean",
                _("Whether its date is past without an answer, today."),
                Made(("due_on", *self.paths), self._is_past),
            ),
            Column(
                "long_overdue",
                "boolean",
                _("Whether twice the time is past without an answer, today."),
                Made(("long_overdue_on", *self.paths), self._is_past),
            ),
            Column(
                "overdue_working_days",
                "integer",
                _("Working days past its date, today."),
                Made(days, self._days_overdue),
                nullable=True,
            ),
        )

    def filters(self) -> tuple[Filter, ...]:
        """By the same, and by the days of the clock."""
        return (
            filters.flag("waiting", _("Whether people wait for it now."), lambda: self.condition),
            filters.flag(
                "overdue", _("Whether its date is past without an answer, today."), lambda: self._past("due_on")
            ),
            filters.flag(
                "long_overdue",
                _("Whether twice the time is past without an answer, today."),
                lambda: self._past("long_overdue_on"),
            ),
            filters.day("asked_from", _("Asked on this day or later."), "asked_on__gte"),
            filters.day("asked_to", _("Asked on this day or earlier."), "asked_on__lte"),
            filters.day("due_from", _("Due on this day or later."), "due_on__gte"),
            filters.day("due_to", _("Due on this day or earlier."), "due_on__lte"),
            filters.updated_since(_("Changed at this moment or later.")),
        )

    def _past(self, field: str) -> Q:
        return self.condition & Q(**{f"{field}__lt": clock.today()})

    def _is_past(self, day: date, *facts: Any) -> bool:
        return day < clock.today() and self.waits(*facts)

    def _days_since(self, day: date, country: str, subdivision: str, *facts: Any) -> int | None:
        return max(_working_days(day, country, subdivision), 0) if self.waits(*facts) else None

    def _days_overdue(self, due_on: date, country: str, subdivision: str, *facts: Any) -> int | None:
        return _working_days(due_on, country, subdivision) if self._is_past(due_on, *facts) else None


def _working_days(since: date, country: str, subdivision: str) -> int:
    return working_days_between(since, clock.today(), _somewhere(country, subdivision))


@lru_cache(maxsize=64)
def _somewhere(country: str, subdivision: str) -> Community:
    """Enough of a community for the calendar: a file reads no object for each row."""
    return Community(country=country, subdivision=subdivision)
