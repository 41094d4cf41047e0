"""What these pages are about, fetched through what the person may see: the others get 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ballots import permissions
from ballots.exceptions import NotAllowed
from ballots.models import Ballot
from communities.models import Community


def community_or_404(request: HttpRequest, slug: str) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user), slug=slug)


def ballot_or_404(request: HttpRequest, community: str, reference: str) -> Ballot:
    """The ballot with its community, topic, rule and decision. One query."""
    rows = Ballot.objects.visible_to(request.user).select_related("community", "topic", "rule", "decision")
    return get_object_or_404(rows, community__slug=community, reference=reference)


def to_run(request: HttpRequest, community: str, reference: str) -> Ballot:
    """The ballot, for the facilitators of its community; 403 in words for whoever may see it and not run it."""
    ballot = ballot_or_404(request, community, reference)
    if not permissions.can_run(request.user, ballot):
        raise NotAllowed(_("This page is for the facilitators of this community."))
    return ballot
