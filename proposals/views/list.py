"""The proposals of a community: find, filter, sort."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from communities.models import Community, Topic
from communities.views.fetch import community_or_404
from proposals import permissions
from proposals.models import Proposal
from proposals.rows import for_rows, proposal_rows
from proposals.search import clean_question, searched
from record import clock
from words.choices import Asked
from words.compiled import compiled
from words.keyset import Source, Window, page_of, window

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
    topics = _topics(place=place.pk)
    wanted = _wanted(request, topics)
    page = page_of(_source(request, place, wanted), *SORTS[wanted.sort][1], params=request.GET, model=Proposal)
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


def _source(request: HttpRequest, place: Community, wanted: Wanted) -> Source | QuerySet[Any]:
    """What the page is made of. A search is another query for each number of words, so it is not kept."""
    topic = wanted.topic.pk if wanted.topic else None
    asked: dict[str, Any] = {"reader": request.user, "place": place.pk, "topic": topic, "state": wanted.state or None}
    if wanted.question:
        return for_rows(searched(_narrowed(**asked, sort=wanted.sort), wanted.question))
    return partial(_window, **asked, shape_sort=wanted.sort)


@compiled
def _window(*, shape_sort: str, shape_window: Window, after: Sequence[Any], **asked: Any) -> QuerySet[Any]:
    return window(for_rows(_narrowed(**asked, sort=shape_sort)), shape_window, after)


def _narrowed(*, reader: User, place: UUID, topic: UUID | None, state: str | None, sort: str) -> QuerySet[Any]:
    rows = Proposal.objects.visible_to(reader).tabled().filter(community_id=place)
    if topic is not None:
        rows = rows.filter(topic_id=topic)
    if state is not None:
        rows = rows.filter(state=state)
    if sort == "waiting":
        rows = rows.filter(state=Proposal.State.AWAITING_RESPONSE, next_due_on__isnull=False)
    if sort == "common":
        rows = rows.filter(common_ground__isnull=False)
    return rows


@compiled
def _topics(*, place: UUID) -> QuerySet[Any]:
    return Topic.objects.filter(community_id=place)
