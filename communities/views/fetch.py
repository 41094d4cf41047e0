"""What these pages are about, fetched through what the person may see: the others get 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from communities import permissions
from communities.exceptions import NotAllowed
from communities.models import Community


def community_or_404(request: HttpRequest, slug: str) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user), slug=slug)


def to_facilitate(request: HttpRequest, slug: str) -> Community:
    """The community, for its facilitators; 403 in words for whoever may see it and not run it."""
    community = community_or_404(request, slug)
    if not permissions.can_facilitate(request.user, community):
        raise NotAllowed(_("This page is for the facilitators of this community."))
    return community
