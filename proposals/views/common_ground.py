"""The common ground of a community: the map, who agrees with what, and the next proposal to answer."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.models import Community
from communities.seats import is_verified_resident, seat_of
from communities.views.fetch import community_or_404
from proposals import lifecycle
from proposals.agreement import agreement_in_words
from proposals.ground_map import agreed_by_all, drawn_map, furthest_apart, shares_of
from proposals.models import CommonGround, Opinion, Proposal
from words.keyset import page_of

OPEN = [state for state, steps in lifecycle.PROPOSAL_STEPS.items() if "give_opinion" in steps]
LEAST_ON_MAP = 20  # two groups of ten
SHOWN = ("number", "slug", "title", "agree_count", "disagree_count", "pass_count", "common_ground", "community_id")


@dataclass(frozen=True)
class Turn:
    """What a resident answers next, and how many of the open proposals they have answered."""

    proposal: Proposal | None
    answered: int
    of: int


@require_safe
def common_ground(request: HttpRequest, community: str) -> HttpResponse:
    """How many queries it takes does not depend on how much there is to show."""
    place = community_or_404(request, community)
    ground = CommonGround.objects.filter(community=place).first()
    rows = Proposal.objects.visible_to(request.user).tabled().filter(community=place)
    page = page_of(rows.filter(common_ground__isnull=False).only(*SHOWN), "-common_ground", "-id", params=request.GET)
    context = {
        "community": place,
        "ground": ground,
        "map": drawn_map(ground),
        "least_on_map": LEAST_ON_MAP,
        "agreed_by_all": agreed_by_all(ground),
        "mapped": len(ground.by_group) if ground else 0,
        "page": page,
        "rows": _with_words(page.rows, place, ground),
        "apart": _apart(rows, place, ground),
        "turn": _turn(request, rows) if is_verified_resident(request.user, place.pk) else None,
        "seat": seat_of(request.user, place.pk),
    }
    return render(request, "proposals/common_ground.html", context)


def _with_words(rows: list[Any], place: Community, ground: CommonGround | None) -> list[Any]:
    for row in rows:
        row.community = place
        row.agreement = agreement_in_words(row)
        row.shares = shares_of(row, ground)
    return rows


def _apart(rows: QuerySet[Any], place: Community, ground: CommonGround | None) -> list[Any]:
    """The proposals that set the groups apart. No query where no groups are named."""
    keys = furthest_apart(ground)
    found = {str(row.pk): row for row in rows.filter(pk__in=keys).only(*SHOWN)} if keys else {}
    return _with_words([found[key] for key in keys if key in found], place, ground)


def _turn(request: HttpRequest, rows: QuerySet[Any]) -> Turn:
    """Of those that the person has not answered, the one with the fewest answers, then the oldest. Two queries."""
    mine = Opinion.objects.filter(proposal=OuterRef("pk"), user=request.user.pk)
    marked = rows.filter(state__in=OPEN).annotate(mine=Exists(mine))
    counts = marked.aggregate(answered=Count("pk", filter=Q(mine=True)), of=Count("pk"))
    fewest = F("agree_count") + F("disagree_count") + F("pass_count")
    chosen = marked.filter(mine=False).select_related("community", "topic").order_by(fewest, "id").first()
    return Turn(chosen, counts["answered"], counts["of"])
