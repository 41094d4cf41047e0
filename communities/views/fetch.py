"""What these pages are about, fetched through what the person may see: the others get 404."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.exceptions import NotAllowed
from communities.models import Community
from words.compiled import compiled, one_or_404


def community_or_404(request: HttpRequest, slug: str) -> Community:
    found: Community = one_or_404(_communities(reader=request.user, slug=slug))
    return found


@compiled
def _communities(*, reader: User, slug: str) -> QuerySet[Any]:
    return Community.objects.visible_to(reader).filter(slug=slug)


def to_facilitate(request: HttpRequest, slug: str) -> Community:
    """The community, for its facilitators; 403 in words for whoever may see it and not run it."""
    community = community_or_404(request, slug)
    if not permissions.can_facilitate(request.user, community):
        raise NotAllowed(_("This page is for the facilitators of this community."))
    return community
