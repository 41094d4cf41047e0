"""What these pages are about, fetched through what the person may see: the others get 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communities.models import Community
from proposals.models import Proposal


def community_or_404(request: HttpRequest, slug: str) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user), slug=slug)


def proposal_or_404(request: HttpRequest, community: str, number: int) -> Proposal:
    """A tabled proposal, with its community and topic. Its number names it; the words behind are for people."""
    rows = Proposal.objects.visible_to(request.user).tabled().select_related("community", "topic", "rule")
    return get_object_or_404(rows, community__slug=community, number=number)


def address_or_404(request: HttpRequest, community: str, number: int) -> Proposal:
    """The same, with what its address and state need and no more: for one tap, whose action reads it anew, locked."""
    rows = Proposal.objects.visible_to(request.user).tabled().select_related("community")
    rows = rows.only("number", "slug", "state", "community__slug")
    return get_object_or_404(rows, community__slug=community, number=number)


def draft_or_404(request: HttpRequest, community: str, draft: object) -> Proposal:
    """The person's own draft, or what they have tabled from it meanwhile."""
    rows = Proposal.objects.visible_to(request.user).select_related("community", "topic__rule")
    return get_object_or_404(rows, community__slug=community, pk=draft, author_id=request.user.pk)


def step_url(draft: Proposal, step: str) -> str:
    return reverse("proposals:draft", args=[draft.community.slug, draft.pk, step])
