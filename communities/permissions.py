"""Who may do what with a community, its seats, invitations and agreement."""

from typing import TYPE_CHECKING

from communities.models import Community, Membership
from communities.seats import is_facilitator

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser


def can_create_community(user: "Person") -> bool:
    """Operators of the site open communities."""
    return user.is_authenticated and user.is_staff


def can_facilitate(user: "Person", community: Community) -> bool:
    """Members, invitations, letters."""
    return is_facilitator(user, community.pk)


def can_appoint(user: "Person", community: Community) -> bool:
    """Facilitators give seats; an operator gives the first one."""
    return is_facilitator(user, community.pk) or (user.is_authenticated and user.is_staff)


def can_end(user: "Person", membership: Membership) -> bool:
    """Everybody may leave; a facilitator may end any seat."""
    if user.is_authenticated and membership.user_id == user.pk:
        return True
    return is_facilitator(user, membership.community_id)


def can_change_agreement(user: "Person", community: Community) -> bool:
    return is_facilitator(user, community.pk)
