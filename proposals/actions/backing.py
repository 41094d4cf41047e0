"""Backing a proposal, and what happens when enough neighbours do."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities.seats import actor_in
from proposals import permissions
from proposals.actions.backing_at_once import back_at_once
from proposals.actions.crossing import cross_threshold
from proposals.guards import Address, locked_proposal, require, require_step
from proposals.models import Proposal, Support
from record import clock
from record.announcements import announce_quietly, outbox
from words.compiled_writes import Change, Delete, Insert, Part, compiled_writes


def back_proposal(*, proposal: Proposal | Address, acting_user: User) -> Proposal:
    """One resident's backing, once. The one that makes the threshold starts the public clock.

    The proposal's row is locked first, so of two that arrive together exactly one is the crossing.
    """
    if connection.vendor == "postgresql":
        backed = back_at_once(proposal, acting_user)
        if backed is not None:
            return backed
    return _back_in_turn(proposal, acting_user)


@transaction.atomic
def _back_in_turn(proposal: Proposal | Address, acting_user: User) -> Proposal:
    """Step by step, so that a refusal says why, and what crosses the threshold asks for an answer."""
    proposal = locked_proposal(proposal)
    require(permissions.can_back(acting_user, proposal), _("Only verified residents can back a proposal."))
    require_step(proposal, "back")
    counted = proposal.supports_count + 1
    if proposal.state == Proposal.State.TABLED and counted >= proposal.threshold:
        return _back_and_cross(proposal, acting_user)
    write = partial(_back_quietly, proposal=proposal.pk, person=acting_user.pk, now=clock.now())
    if _announce(write, "proposal.backed", proposal, acting_user):  # else they back it already
        proposal.supports_count = counted
    return proposal


@transaction.atomic
def withdraw_backing(*, proposal: Proposal | Address, acting_user: User) -> Proposal:
    """Take a backing away, until an answer has been asked for. Twice changes nothing."""
    proposal = locked_proposal(proposal)
    require(permissions.can_back(acting_user, proposal), _("Only verified residents can back a proposal."))
    require_step(proposal, "withdraw_backing")
    write = partial(_take_back, proposal=proposal.pk, person=acting_user.pk, now=clock.now())
    if _announce(write, "proposal.backing_withdrawn", proposal, acting_user):
        proposal.supports_count -= 1
    return proposal


def _back_and_cross(proposal: Proposal, user: User) -> Proposal:
    """The backing that makes the threshold is not told of by itself: what it brings about is."""
    _support, counted = _back(proposal=proposal.pk, person=user.pk, now=clock.now())
    if not counted:
        return proposal
    whole = locked_proposal(Proposal(pk=proposal.pk))  # with the rule and the topic, which only the crossing asks for
    whole.found_in = proposal.found_in
    cross_threshold(whole, backed_by=user)
    return whole


def _announce(write: Callable[..., tuple[Any, ...]], kind: str, proposal: Proposal, user: User) -> bool:
    return announce_quietly(
        write,
        kind,
        subject=proposal,
        community=proposal.community,
        actor=actor_in(user, proposal.community, named=False),
        payload={"proposal": str(proposal.pk)},
    )


@compiled_writes
def _back(*, proposal: UUID, person: UUID, now: datetime) -> tuple[Part, ...]:
    """The backing, where there is none yet, and the kept column. The row is locked: the copy in hand is right too."""
    return _backing(proposal, person, now)


@compiled_writes
def _back_quietly(*, proposal: UUID, person: UUID, now: datetime, **event: Any) -> tuple[Part, ...]:
    return (*_backing(proposal, person, now), outbox(event))


def _backing(proposal: UUID, person: UUID, now: datetime) -> tuple[Part, ...]:
    counted = {"supports_count": F("supports_count") + 1, "updated_at": now}
    return (
        Insert(Support(proposal_id=proposal, user_id=person, created_at=now), once=True),
        Change(Proposal.objects.filter(pk=proposal), counted, if_first=True),
    )


@compiled_writes
def _take_back(*, proposal: UUID, person: UUID, now: datetime, **event: Any) -> tuple[Part, ...]:
    counted = {"supports_count": F("supports_count") - 1, "updated_at": now}
    return (
        Delete(Support.objects.filter(proposal_id=proposal, user_id=person)),
        Change(Proposal.objects.filter(pk=proposal), counted, if_first=True),
        outbox(event),
    )
