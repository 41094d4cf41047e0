"""Backing a proposal, and what happens when enough neighbours do."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities.seats import actor_in
from proposals import permissions
from proposals.actions.crossing import cross_threshold
from proposals.guards import Address, locked_proposal, require, require_step
from proposals.models import Proposal, Support
from record import clock
from record.announcements import announce
from words.compiled_writes import Change, Delete, Insert, Part, compiled_writes


@transaction.atomic
def back_proposal(*, proposal: Proposal | Address, acting_user: User) -> Proposal:
    """One resident's backing, once. The one that makes the threshold starts the public clock.

    The proposal's row is locked first, so of two that arrive together exactly one is the crossing.
    """
    proposal = locked_proposal(proposal)
    require(permissions.can_back(acting_user, proposal), _("Only verified residents can back a proposal."))
    require_step(proposal, "back")
    _support, counted = _back(proposal=proposal.pk, person=acting_user.pk, now=clock.now())
    if not counted:  # they back it already
        return proposal
    proposal.supports_count += 1
    if proposal.state == Proposal.State.TABLED and proposal.supports_count >= proposal.threshold:
        cross_threshold(proposal, backed_by=acting_user)
    else:
        _announce("proposal.backed", proposal, acting_user)
    return proposal


@transaction.atomic
def withdraw_backing(*, proposal: Proposal | Address, acting_user: User) -> Proposal:
    """Take a backing away, until an answer has been asked for. Twice changes nothing."""
    proposal = locked_proposal(proposal)
    require(permissions.can_back(acting_user, proposal), _("Only verified residents can back a proposal."))
    require_step(proposal, "withdraw_backing")
    _support, counted = _take_back(proposal=proposal.pk, person=acting_user.pk, now=clock.now())
    if not counted:
        return proposal
    proposal.supports_count -= 1
    _announce("proposal.backing_withdrawn", proposal, acting_user)
    return proposal


def _announce(kind: str, proposal: Proposal, user: User) -> None:
    announce(
        kind,
        subject=proposal,
        community=proposal.community,
        actor=actor_in(user, proposal.community, named=False),
        payload={"proposal": str(proposal.pk)},
        public=False,
    )


@compiled_writes
def _back(*, proposal: UUID, person: UUID, now: datetime) -> tuple[Part, ...]:
    """The backing, where there is none yet, and the kept column. The row is locked: the copy in hand is right too."""
    counted = {"supports_count": F("supports_count") + 1, "updated_at": now}
    return (
        Insert(Support(proposal_id=proposal, user_id=person, created_at=now), once=True),
        Change(Proposal.objects.filter(pk=proposal), counted, if_first=True),
    )


@compiled_writes
def _take_back(*, proposal: UUID, person: UUID, now: datetime) -> tuple[Part, ...]:
    counted = {"supports_count": F("supports_count") - 1, "updated_at": now}
    return (
        Delete(Support.objects.filter(proposal_id=proposal, user_id=person)),
        Change(Proposal.objects.filter(pk=proposal), counted, if_first=True),
    )
