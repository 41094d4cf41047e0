"""Filters of proposals by their clock: of whichever answer is due first, or, with organisation, of that one's own."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from api import filters
from proposals.models import Ask, Proposal
from record import clock


def _overdue() -> Q:
    return Q(state=Proposal.State.AWAITING_RESPONSE, next_due_on__isnull=False, next_due_on__lt=clock.today())


def _owed_by(organisation: Any, **dates: date) -> Q:
    """That one's own answer is due on such a day: it tells nothing of the others that were asked."""
    asks = Ask.objects.open().filter(filters.named(organisation, "organisation"), **dates)
    return Q(pk__in=asks.values("proposal_id"))


def _overdue_of(wanted: bool, organisation: Any) -> Q:
    late = _owed_by(organisation, due_on__lt=clock.today())
    return late if wanted else ~late


OVERDUE = replace(
    filters.flag(
        "overdue",
        _("Whether the date for an answer is past without one, today. With organisation: for the answer of that one."),
        _overdue,
    ),
    beside=("organisation", _overdue_of),
)
DUE = (
    replace(
        filters.day(
            "due_from",
            _("The next answer is due on this day or later. With organisation: the answer of that one."),
            "next_due_on__gte",
        ),
        beside=("organisation", lambda day, who: _owed_by(who, due_on__gte=day)),
    ),
    replace(
        filters.day(
            "due_to",
            _("The next answer is due on this day or earlier. With organisation: the answer of that one."),
            "next_due_on__lte",
        ),
        beside=("organisation", lambda day, who: _owed_by(who, due_on__lte=day)),
    ),
)
