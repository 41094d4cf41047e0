"""One community: what waits, its votes now, what needs backing, what was decided, and the agreement at a glance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ballots.models import Ballot
from communities.models import Community, Topic
from communities.seats import is_verified_resident, seat_of
from communities.views.fetch import community_or_404
from decisions.models import Decision
from front.open_votes import votes_now
from front.views.home import DECISION_JOINED, DECISION_SHOWN
from front.waiting_counts import waiting_in_all
from front.waiting_rows import waiting_html, waiting_values
from proposals.models import Ask, Proposal
from record import clock

WAITING_SHOWN = 6
GATHERING_SHOWN = 3
DECISIONS_SHOWN = 3
CLOSE_TO_IT = 200  # of the most backed ones, those nearest to what they need


@require_safe
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """For anyone who may see it."""
    place = community_or_404(request, slug)
    today = clock.today()
    asks = Ask.objects.open().filter(proposal__community=place).longest_first()
    decisions = (
        Decision.objects.filter(community=place).select_related(*DECISION_JOINED).only(*DECISION_SHOWN, "community")
    )
    topics = Topic.objects.filter(community=place, rule__isnull=False).select_related("rule__agreement")
    shown_topics = list(topics.order_by("name"))
    seat = seat_of(request.user, place.pk)
    return render(
        request,
        "front/community_detail.html",
        {
            "community": place,
            "seat": seat,
            "waiting": waiting_html(waiting_values(asks)[:WAITING_SHOWN], today, show_community=False),
            "waiting_count": waiting_in_all(asks),
            "votes": votes_now(Ballot.objects.filter(community=place), clock.now()),
            "gathering": _gathering(place, request),
            "may_back": is_verified_resident(request.user, place.pk),
            "decisions": decisions.order_by("-decided_on", "-id")[:DECISIONS_SHOWN],
            "topics": shown_topics,
            "agreement": next((topic.rule.agreement for topic in shown_topics if topic.rule), None),
            "organisations": place.organisations.all(),
        },
    )


def _gathering(place: Community, request: HttpRequest) -> list[Proposal]:
    """What needs few more neighbours, the nearest to its threshold first, without what the person backs already."""
    # What came from another site is backed there, by signatures: no neighbour can add to it.
    rows = Proposal.objects.filter(community=place, state=Proposal.State.TABLED, source_id="").only(
        "title", "number", "slug", "threshold", "supports_count", "gather_until", "original_signatures"
    )
    if request.user.is_authenticated:
        rows = rows.exclude(supports__user=request.user.pk)
    most_backed = list(rows.order_by("-supports_count", "-id")[:CLOSE_TO_IT])
    nearest = sorted(most_backed, key=lambda row: (row.supports_needed, -row.supports_count))[:GATHERING_SHOWN]
    for row in nearest:
        row.community = place
    return nearest
