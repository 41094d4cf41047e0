"""The first screen: what waits for an answer and for how long, which votes are open, what was decided and by whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ballots.models import Ballot
from communities.models import Membership
from communities.seats import seats_of
from decisions.models import Decision
from front.open_votes import open_votes
from front.waiting_counts import waiting_counts
from front.waiting_rows import waiting_html, waiting_values
from proposals.models import Ask
from record import clock

WAITING_SHOWN = 4
DECISIONS_SHOWN = 3
DECISION_SHOWN = ("reference", "title", "summary", "decided_on", "decided_by", "community__name")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For anyone, without signing in."""
    today = clock.today()
    asks = Ask.objects.visible_to(request.user).open().longest_first()
    decisions = Decision.objects.visible_to(request.user).select_related("community").only(*DECISION_SHOWN)
    return render(
        request,
        "front/home.html",
        {
            "today": today,
            "waiting": waiting_html(waiting_values(asks)[:WAITING_SHOWN], today),
            "counts": waiting_counts(asks, today),
            "votes": open_votes(Ballot.objects.visible_to(request.user), clock.now()),
            "decisions": decisions.order_by("-decided_on", "-id")[:DECISIONS_SHOWN],
            "table_url": _table_url(request),
        },
    )


def _table_url(request: HttpRequest) -> str:
    """Where this person tables a proposal: in their own community, or after finding one."""
    for seat in seats_of(request.user).values():
        if seat.role == Membership.Role.RESIDENT:
            return reverse("proposals:new", args=[seat.community.slug])
    return ""
