"""The proposals of a community: find, filter, sort."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from communities.models import Community, Topic
from proposals import permissions
from proposals.models import Proposal
from proposals.rows import for_rows, proposal_rows
from proposals.search import clean_question, searched
from proposals.views.fetch import community_or_404
from record import clock
from words.choices import Asked
from words.keyset import page_of

SORTS = {
    "backed": (_("Most backed"), ("-supports_count", "-id")),
    "waiting": (_("Waiting longest"), ("next_due_on", "id")),
    "newest": (_("Newest"), ("-tabled_at", "-id")),
    "common": (_("Common ground"), ("-common_ground", "-id")),
}
STATES = [(state.value, state.label) for state in Proposal.State if state != Proposal.State.DRAFT]


@dataclass(frozen=True)
class Wanted:
    """What was asked of the list. What it does not know it leaves out, and says so."""

    question: str
    topic: Topic | None
    state: str
    sort: str
    unknown: list[str]

    @property
    def is_filtered(self) -> bool:
        return bool(self.question or self.topic or self.state)


@require_safe
def proposal_list(request: HttpRequest, community: str) -> HttpResponse:
    """`?q=`, `?topic=`, `?state=`, `?sort=`. Sorted by the longest wait, it shows those that wait;
    by common ground, those that somebody answered."""
    place = community_or_404(request, community)
    topics = list(Topic.objects.filter(community=place))
    wanted = _wanted(request, topics)
    page = page_of(_rows(request, place, wanted), *SORTS[wanted.sort][1], params=request.GET)
    context = {
        "community": place,
        "proposals": page.rows,
        "rows": proposal_rows(page.rows, place, topics, clock.today(), with_agreement=wanted.sort == "common"),
        "page": page,
        "wanted": wanted,
        "unknown": wanted.unknown,
        "topics": topics,
        "states": STATES,
        "sorts": [(value, label) for value, (label, _order) in SORTS.items()],
        "may_table": permissions.can_table(request.user, place),
    }
    return render(request, "proposals/proposal_list.html", context)


def _wanted(request: HttpRequest, topics: list[Topic]) -> Wanted:
    asked = Asked(request.GET)
    topic, state = asked.row("topic", topics), asked.choice("state", dict(STATES))
    sort = asked.choice("sort", SORTS, default="backed")
    return Wanted(clean_question(request.GET.get("q", "")), topic, state, sort, asked.unknown)


def _rows(request: HttpRequest, place: Community, wanted: Wanted) -> QuerySet[Any]:
    rows = Proposal.objects.visible_to(request.user).tabled().filter(community=place)
    if wanted.topic is not None:
        rows = rows.filter(topic=wanted.topic)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.sort == "waiting":
        rows = rows.filter(state=Proposal.State.AWAITING_RESPONSE, next_due_on__isnull=False)
    if wanted.sort == "common":
        rows = rows.filter(common_ground__isnull=False)
    return for_rows(searched(rows, wanted.question))
