"""Opening a community, and seating organisations at its table."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.exceptions import NotAllowed, NotValid
from communities.models import Community, Membership, Organisation
from record import clock
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
    seated = list(organisations)
    community.organisations.set(seated)
    touch_organisations(community, [organisation.pk for organisation in seated])
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


def touch_organisations(community: Community, came_or_left: Iterable[UUID]) -> None:
    """These organisations came to this table or left it. In the open API each names the public tables where it sits,
    and copies elsewhere follow its `updated_at`. It stays there when it leaves the last of them."""
    if community.is_public:
        Organisation.objects.filter(pk__in=came_or_left).update(was_public=True, updated_at=clock.now())
