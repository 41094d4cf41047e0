"""Who somebody is in a community. Read once a request and kept on the user object: a seat that ended
between two requests is gone at the next one."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from accounts.models import User
from communities.models import Community, Membership
from record.announcements import Actor
from words.compiled import compiled

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet


@compiled
def _seats(*, person: UUID) -> "QuerySet[Any]":
    return Membership.objects.current().filter(user_id=person).select_related("organisation", "community")


def seats_of(user: "User | AnonymousUser") -> dict[UUID, Membership]:
    """Every current seat of the person, by community id. One query a request."""
    if not user.is_authenticated:
        return {}
    kept: dict[UUID, Membership] | None = getattr(user, "_seats", None)
    if kept is None:
        kept = {row.community_id: row for row in _seats(person=user.pk)}
        user._seats = kept  # type: ignore[attr-defined]
    return kept


def seat_of(user: "User | AnonymousUser", community_id: UUID) -> Membership | None:
    """The person's seat in this community, or None."""
    return seats_of(user).get(community_id)


def forget_seats(user: "User | AnonymousUser") -> None:
    """After an action changed a seat: read it again when next asked."""
    if hasattr(user, "_seats"):
        del user._seats


def is_verified_resident(user: "User | AnonymousUser", community_id: UUID) -> bool:
    seat = seat_of(user, community_id)
    return seat is not None and seat.role == Membership.Role.RESIDENT and seat.verified_at is not None


def is_facilitator(user: "User | AnonymousUser", community_id: UUID) -> bool:
    seat = seat_of(user, community_id)
    return seat is not None and seat.role == Membership.Role.FACILITATOR


def works_for(user: "User | AnonymousUser", community_id: UUID, organisation_id: UUID) -> bool:
    """Whether the person sits in this community for this organisation."""
    seat = seat_of(user, community_id)
    return seat is not None and seat.organisation_id == organisation_id


def actor_in(user: User, community: Community, *, named: bool = True) -> Actor:
    """The person as the record may show them: professionals and facilitators by name (where `named`), residents never.

    A line is for ever, and copies of it lie elsewhere. A resident who is erased must not stay in it by name; their
    name stands beside what they wrote, where it can be taken away."""
    seat = seat_of(user, community.pk)
    if seat is None:
        return Actor(role="visitor", user_id=user.pk)
    return Actor(
        role=seat.role,
        organisation=seat.organisation.name if seat.organisation else "",
        name=user.display_name if named and seat.role != Membership.Role.RESIDENT else "",
        user_id=user.pk,
    )
