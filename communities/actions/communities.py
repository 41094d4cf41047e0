"""Opening a community."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.exceptions import NotAllowed, NotValid
from communities.models import Community, Membership, Organisation
from record.announcements import Actor, announce


@transaction.atomic
def create_community(
    *,
    acting_user: User,
    name: str,
    summary: str = "",
    place: str = "",
    homes: int | None = None,
    is_public: bool = True,
    country: str = "GB",
    subdivision: str = "ENG",
    organisations: Iterable[Organisation] = (),
    facilitator: User | None = None,
    slug: str = "",
) -> Community:
    """An operator opens a community, with its organisations and its first facilitator."""
    if not permissions.can_create_community(acting_user):
        raise NotAllowed(_("Only an operator of the site can open a community."))
    slug = slugify(slug or name)[:80]
    if not slug:
        raise NotValid(_("Give the community a name."), field="name")
    if Community.objects.filter(slug=slug).exists():
        raise NotValid(_("There is a community of this name already."), field="name")
    community = Community.objects.create(
        slug=slug,
        name=name.strip(),
        summary=summary.strip(),
        place=place.strip(),
        homes=homes,
        is_public=is_public,
        country=country,
        subdivision=subdivision,
    )
    community.organisations.set(organisations)
    if facilitator is not None:
        Membership.objects.create(user=facilitator, community=community, role=Membership.Role.FACILITATOR)
    announce(
        "community.created",
        subject=community,
        community=community,
        actor=Actor(role="operator", user_id=acting_user.pk),
        payload={"slug": community.slug, "country": country, "subdivision": subdivision},
        texts={"name": community.name, "summary": community.summary},
    )
    return community
