"""Votes, for reading: of the site, of a community, and one of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ballots import permissions
from ballots.models import Ballot, Count, Elector
from ballots.views.fetch import ballot_or_404
from ballots.views.waiting import waiting_in
from communities.models import Community
from communities.seats import seat_of
from communities.views.fetch import community_or_404
from record import clock
from words.choices import Asked
from words.keyset import page_of

SHOWN = (
    "reference",
    "question",
    "state",
    "method",
    "electorate",
    "electorate_area",
    "electorate_since",
    "options_count",
    "eligible_count",
    "online_count",
    "paper_count",
    "phone_count",
    "opens_at",
    "closes_at",
    "certified_at",
    "cancelled_at",
    "is_binding",
    "created_at",
    "community__slug",
    "community__name",
)
NOW_SHOWN = 20


@require_safe
def all_ballots(request: HttpRequest) -> HttpResponse:
    """Every vote of the site: what is open or coming first, then the others, the newest first. `?now=1`: only what is
    open or coming, all of it."""
    return render(request, "ballots/ballot_all.html", _lists(request, None))


@require_safe
def ballot_list(request: HttpRequest, community: str) -> HttpResponse:
    """The votes of one community, and what waits for the next one. `?now=1`: as on the page of all."""
    place = community_or_404(request, community)
    context = _lists(request, place) | {
        "community": place,
        "waiting": waiting_in(place),
        "may_prepare": permissions.can_prepare(request.user, place),
    }
    return render(request, "ballots/ballot_list.html", context)


@require_safe
def detail(request: HttpRequest, community: str, reference: str) -> HttpResponse:
    """One vote: the question, the options side by side, who may vote and until when. Once counted, its result."""
    ballot = ballot_or_404(request, community, reference)
    if ballot.has_result:
        from ballots.views.results import result

        return result(request, ballot)
    now = clock.now()
    elector = permissions.elector_of(request.user, ballot) if ballot.state == Ballot.State.OPEN else None
    context = {
        "ballot": ballot,
        "community": ballot.community,
        "options": list(ballot.options.select_related("proposal")),
        "takes_votes": ballot.takes_votes(now),
        "elector": elector,
        "has_voted": elector is not None and bool(elector.channel),
        "voted_online": elector is not None and elector.channel == Elector.Channel.ONLINE,
        "seat": seat_of(request.user, ballot.community_id),
        "may_run": permissions.can_run(request.user, ballot),
        "progress": _progress(ballot),
    }
    return render(request, "ballots/ballot_detail.html", context)


def _lists(request: HttpRequest, place: Community | None) -> dict[str, Any]:
    rows = Ballot.objects.visible_to(request.user).public().select_related("community").only(*SHOWN)
    if place is not None:
        rows = rows.filter(community=place)
    now = rows.filter(state__in=[Ballot.State.OPEN, Ballot.State.ANNOUNCED])
    asked = Asked(request.GET)
    if asked.choice("now", ("1",)):
        page = page_of(now, "closes_at", "id", params=request.GET)
        return {"now": page.rows, "page": page, "only_now": True}
    first = list(now.order_by("closes_at", "id")[: NOW_SHOWN + 1])
    over = rows.exclude(state__in=[Ballot.State.OPEN, Ballot.State.ANNOUNCED])
    page = page_of(over, "-created_at", "-id", params=request.GET)
    has_more = len(first) > NOW_SHOWN
    return {"now": first[:NOW_SHOWN], "has_more_now": has_more, "page": page, "unknown": asked.unknown}


def _progress(ballot: Ballot) -> int | None:
    """How far the count is, in percent."""
    if ballot.state != Ballot.State.CLOSED:
        return None
    return Count.objects.values_list("progress", flat=True).filter(ballot=ballot).first() or 0
