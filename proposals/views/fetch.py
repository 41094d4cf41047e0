"""What these pages are about, fetched through what the person may see: the others get 404."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from proposals.models import Proposal
from words.compiled import compiled, one_or_404


def proposal_or_404(request: HttpRequest, community: str, number: int) -> Proposal:
    """A tabled proposal, with its community and topic. Its number names it; the words behind are for people."""
    found: Proposal = one_or_404(_proposals(reader=request.user, community=community, number=number))
    return found


def draft_or_404(request: HttpRequest, community: str, draft: object) -> Proposal:
    """The person's own draft, or what they have tabled from it meanwhile."""
    rows = Proposal.objects.visible_to(request.user).select_related("community", "topic__rule")
    return get_object_or_404(rows, community__slug=community, pk=draft, author_id=request.user.pk)


@compiled
def _proposals(*, reader: User, community: str, number: int) -> QuerySet[Any]:
    rows = Proposal.objects.visible_to(reader).tabled().filter(community__slug=community, number=number)
    return rows.select_related("community", "topic", "rule")


def step_url(draft: Proposal, step: str) -> str:
    return reverse("proposals:draft", args=[draft.community.slug, draft.pk, step])
