"""Choosing a proposal before something is done with it: by its number, by its words, or from the most backed."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from communities.models import Community
from communities.seats import is_facilitator
from communities.views.fetch import community_or_404
from proposals.exceptions import NotAllowed
from proposals.models import Proposal
from proposals.rows import NOT_IN_ROWS
from proposals.search import clean_question, searched
from proposals.views.fetch import proposal_or_404

MOST_ROWS = 20


def facilitated_or_404(request: HttpRequest, slug: str) -> Community:
    """A community that the person facilitates. Who may see it but does not facilitate it is refused."""
    community = community_or_404(request, slug)
    if not is_facilitator(request.user, community.pk):
        raise NotAllowed(_("This page is for the facilitators of this community."))
    return community


def facilitated_proposal(request: HttpRequest, community: str, number: int) -> Proposal:
    facilitated_or_404(request, community)
    return proposal_or_404(request, community, number)


def choose(request: HttpRequest, community: Community, rows: QuerySet[Proposal], **context: object) -> HttpResponse:
    """The page with a search box and the most backed of `rows`. Each leads on to `next_url` with its number."""
    question = clean_question(request.GET.get("q", ""))
    shown = rows.filter(community=community).select_related("topic").defer(*NOT_IN_ROWS)
    if question.isascii() and question.isdigit() and len(question) < 9:
        shown = shown.filter(Q(number=int(question)))
    else:
        shown = searched(shown, question)
    proposals = list(shown.order_by("-supports_count", "-id")[:MOST_ROWS])
    page = {"community": community, "question": question, "proposals": proposals, **context}
    return render(request, "proposals/facilitate_choose.html", page)


def other_proposal(request: HttpRequest, community: str, number: int, *, than: UUID) -> Proposal:
    """Another proposal of the same community than the one with the id `than`: itself is nothing to join to."""
    rows = Proposal.objects.visible_to(request.user).tabled().exclude(pk=than)
    rows = rows.select_related("community", "topic", "rule", "author")
    return get_object_or_404(rows, community__slug=community, number=number)
