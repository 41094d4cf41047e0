"""The public clock of an ask, in working days, as pages draw it. Worked out from its dates and the day."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from communities.models import Community
from communities.working_days import working_days_between
from proposals.models import Ask, CommitmentAsk
from words.marks import ClockState

AnyAsk = TypeVar("AnyAsk", Ask, CommitmentAsk)


def clock_of(ask: Ask | CommitmentAsk, today: date, community: Community | None = None) -> ClockState:
    """The clock of `ask` on `today`. `community` (the proposal's) saves fetching it. No query where it is at hand."""
    place = community or (ask.proposal.community if isinstance(ask, Ask) else ask.community)
    of_days = ask.working_days
    if ask.due_on != ask.first_due_on:
        of_days = working_days_between(ask.asked_on, ask.due_on, place)
    end = ask.answered_on or today
    day = ask.answered_after_working_days
    if day is None:
        day = max(working_days_between(ask.asked_on, end, place), 0)
    over = working_days_between(ask.due_on, end, place) if end > ask.due_on else 0
    return ClockState(
        day=day,
        of_days=of_days,
        days_over=max(over, 0),
        long=ask.is_long_overdue(today),
        answered=ask.answered_on is not None,
        past=ask.is_overdue(today),
    )


def with_clocks(asks: Iterable[AnyAsk], today: date, community: Community | None = None) -> list[AnyAsk]:
    """The asks, each with its `clock`, for lists in templates."""
    shown = list(asks)
    for ask in shown:
        ask.clock = clock_of(ask, today, community)  # type: ignore[attr-defined]
    return shown
