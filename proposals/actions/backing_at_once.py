"""The backing that most are, as one statement: lock, rule, backing, count and event are one journey to PostgreSQL, and
that statement is the transaction. It is the rule of `back_proposal` and no other: what is anything but plain (refused,
or one that makes the threshold) is left to it, and nothing was done."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import User
from communities.models import Membership
from communities.seats import seats_of
from proposals import lifecycle
from proposals.guards import Address
from proposals.models import Proposal, Support
from proposals.permissions import can_back_in
from record.announcements import Actor, announce_held, outbox_of_held
from words.compiled import BIGGEST
from words.compiled_writes import Change, Held, Insert, Part, compiled_writes

# What the piece of the page asks for that comes back; all else is read when somebody asks for it.
SHOWN = (
    "community",
    "number",
    "slug",
    "state",
    "threshold",
    "supports_count",
    "original_signatures",
    "source_id",
    "rule",
    "author",
)


def back_at_once(proposal: Proposal | Address, user: User) -> Proposal | None:
    """The proposal with one backing more, or with theirs that was there; None where it takes more than that."""
    seat = _seat_at(proposal, user)
    if seat is None or not can_back_in(user, seat.community_id):
        return None
    at: dict[str, Any] = {"number": proposal.number} if isinstance(proposal, Address) else {"pk": proposal.pk}
    if at.get("number", 0) >= BIGGEST:  # an address that no proposal can have
        return None
    write = partial(_back, place=seat.community_id, **at)
    held = announce_held(write, "proposal.backed", of=Proposal, actor=Actor(seat.role, user_id=user.pk))
    fresh: Proposal | None = held[0]
    if fresh is not None:
        fresh.community = seat.community
        fresh.found_in = fresh.state
        fresh.supports_count += held[1]
    return fresh


def _seat_at(proposal: Proposal | Address, user: User) -> Membership | None:
    """Where they sit, with its community: whoever sits there sees what was tabled there."""
    seats = seats_of(user)
    if isinstance(proposal, Proposal):
        return seats.get(proposal.community_id)
    return next((seat for seat in seats.values() if seat.community.slug == proposal.community), None)


@compiled_writes
def _back(*, place: UUID, actor: UUID, now: datetime, shape_kind: str, **at: Any) -> tuple[Part, ...]:
    plain = Proposal.objects.filter(lifecycle.backed_plainly(), community_id=place, **at).order_by()
    held = Held(plain.select_for_update(no_key=True).only(*SHOWN))
    # It may have waited for somebody who came later and was first: a row never seems to have changed before it did.
    backed = {"supports_count": F("supports_count") + 1, "updated_at": Greatest(F("updated_at"), now)}
    return (
        held,
        Insert(Support(proposal_id=held["id"], user_id=actor, created_at=now), once=True),
        Change(Proposal.objects.filter(pk=held["id"]), backed, if_first=True),
        outbox_of_held(held, shape_kind, actor, now),
    )
