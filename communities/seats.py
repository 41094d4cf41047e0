"""Who somebody is in a community. Read once a request and kept on the user object: a seat that ended
between two requests is gone at the next one. They come with the session of whoever is signed in.

Where somebody's own words are kept, an action is `seated`: it asks anew, and nobody ends the seat meanwhile."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from accounts.sessions import Found, session_with_person
from communities.models import Community, Membership
from record.announcements import Actor
from words.compiled import compiled, compiled_shared

P = ParamSpec("P")
T = TypeVar("T")

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet


@compiled
def _seats(*, person: UUID) -> "QuerySet[Any]":
    return Membership.objects.current().filter(user_id=person).select_related("organisation", "community")


@compiled
def _seats_of_session(*, key: str, now: datetime) -> "QuerySet[Any]":
    """The same for whoever uses this session, with the session and the person."""
    theirs = Membership.objects.current().filter(user__sessions__session_key=key, user__sessions__expire_date__gt=now)
    rows = theirs.select_related("organisation", "community", "user")
    return rows.annotate(session_data=F("user__sessions__session_data"))


def session_with_seats(key: str, now: datetime) -> Found | None:
    """For accounts.sessions.found_by: the session, its person and their seats, in one query for all who have a seat."""
    rows: list[Any] = _seats_of_session(key=key, now=now)
    if rows:
        person = rows[0].user
        person._seats = {row.community_id: row for row in rows}
        return Found(rows[0].session_data, person)
    session = session_with_person(key, now)
    if session is not None and session.user is not None:
        session.user._seats = {}  # type: ignore[attr-defined]
    return session


def seats_of(user: "User | AnonymousUser") -> dict[UUID, Membership]:
    """Every current seat of the person, by community id. One query a request."""
    if not user.is_authenticated:
        return {}
    kept: dict[UUID, Membership] | None = getattr(user, "_seats", None)
    if kept is None:
        kept = {row.community_id: row for row in _seats(person=user.pk)}
        user._seats = kept  # type: ignore[attr-defined]
    return kept


@compiled_shared
def _held_seats(*, person: UUID) -> "QuerySet[Any]":
    rows = Membership.objects.current().filter(user_id=person).select_related("organisation", "community")
    return rows.select_for_update(of=("self",)).order_by("pk")


def seated(action: Callable[P, T]) -> Callable[P, T]:
    """For an action of `acting_user` that keeps what they wrote: one transaction, which begins with their seats as
    they are now, and shares them until it ends. An erasure ends the seats first. So it waits for words that are being
    written and finds them, or the words come after it and are refused: none are left behind under no name.

    Seats are locked before anything else (see the order of locks in proposals/guards.py). SQLite has one writer at a
    time, and needs no lock."""

    @wraps(action)
    def act(*args: P.args, **given: P.kwargs) -> T:
        with transaction.atomic():
            user: Any = given["acting_user"]
            read: Any = _held_seats if connection.vendor == "postgresql" else _seats
            user._seats = {row.community_id: row for row in read(person=user.pk)}
            return action(*args, **given)

    return act


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
