"""The first screen: what waits for an answer and for how long, which votes are open, what was decided and by whom."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from communities.models import Membership
from communities.seats import seats_of
from decisions.models import Decision
from front.open_votes import open_votes
from front.waiting_counts import open_asks, waiting_counts
from front.waiting_rows import waiting_html, waiting_values
from record import clock
from words.compiled import compiled

WAITING_SHOWN = 4
DECISIONS_SHOWN = 3
# What an overruling names, and what overruled it.
DECISION_JOINED = ("community", "overrules", "overruled_by")
_OVERRULED = ("overrules__reference", "overrules__title", "overruled_by__reference", "overruled_by__decided_on")
_DECIDED = ("decided_on", "decided_by", "outcome", "basis_kind", "is_overruled")
DECISION_SHOWN = ("reference", "title", "summary", *_DECIDED, "community__name", *_OVERRULED)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For anyone, without signing in."""
    today = clock.today()
    return render(
        request,
        "front/home.html",
        {
            "today": today,
            "waiting": waiting_html(_longest_waits(reader=request.user), today),
            "counts": waiting_counts(request.user, today),
            "votes": open_votes(reader=request.user, now=clock.now()),
            "decisions": _newest_decisions(reader=request.user),
            "table_url": _table_url(request),
        },
    )


@compiled
def _longest_waits(*, reader: User) -> QuerySet[Any]:
    return waiting_values(open_asks(reader).longest_first())[:WAITING_SHOWN]


@compiled
def _newest_decisions(*, reader: User) -> QuerySet[Any]:
    rows = Decision.objects.visible_to(reader).select_related(*DECISION_JOINED).only(*DECISION_SHOWN)
    return rows.order_by("-decided_on", "-id")[:DECISIONS_SHOWN]


def _table_url(request: HttpRequest) -> str:
    """Where this person tables a proposal: in their own community, or after finding one."""
    for seat in seats_of(request.user).values():
        if seat.role == Membership.Role.RESIDENT:
            return reverse("proposals:new", args=[seat.community.slug])
    return ""
