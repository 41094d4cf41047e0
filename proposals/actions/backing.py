"""Backing a proposal, and what happens when enough neighbours do."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from communities.seats import actor_in
from proposals import permissions
from proposals.actions.crossing import cross_threshold
from proposals.guards import locked_proposal, require, require_step
from proposals.models import Proposal, Support
from record import clock
from record.announcements import announce
from words.compiled import compiled, compiled_update


@transaction.atomic
def back_proposal(*, proposal: Proposal, acting_user: User) -> Proposal:
    """One resident's backing, once. The one that makes the threshold starts the public clock.

    The proposal's row is locked first, so of two that arrive together exactly one is the crossing.
    """
    proposal = locked_proposal(proposal)
    require(permissions.can_back(acting_user, proposal), _("Only verified residents can back a proposal."))
    require_step(proposal, "back")
    # The lock on the proposal holds every other backing of it back, so looking first is enough: no savepoint.
    if _supports(proposal=proposal.pk, person=acting_user.pk):
        return proposal
    Support.objects.create(proposal=proposal, user=acting_user)
    _add_to_count(proposal, 1)
    if proposal.state == Proposal.State.TABLED and proposal.supports_count >= proposal.threshold:
        cross_threshold(proposal, backed_by=acting_user)
        return proposal
    announce(
        "proposal.backed",
        subject=proposal,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community, named=False),
        payload={"proposal": str(proposal.pk)},
        public=False,
    )
    return proposal


@transaction.atomic
def withdraw_backing(*, proposal: Proposal, acting_user: User) -> Proposal:
    """Take a backing away, until an answer has been asked for. Twice changes nothing."""
    proposal = locked_proposal(proposal)
    require(permissions.can_back(acting_user, proposal), _("Only verified residents can back a proposal."))
    require_step(proposal, "withdraw_backing")
    gone, _by_model = Support.objects.filter(proposal=proposal, user=acting_user).delete()
    if not gone:
        return proposal
    _add_to_count(proposal, -1)
    announce(
        "proposal.backing_withdrawn",
        subject=proposal,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community, named=False),
        payload={"proposal": str(proposal.pk)},
        public=False,
    )
    return proposal


@compiled
def _supports(*, proposal: UUID, person: UUID) -> QuerySet[Any]:
    return Support.objects.filter(proposal_id=proposal, user_id=person).values_list("pk")[:1]


def _add_to_count(proposal: Proposal, step: int) -> None:
    """Keep the column. The row is locked, so the copy in hand is right too."""
    _count(proposal=proposal.pk, step=step, now=clock.now())
    proposal.supports_count += step


@compiled_update
def _count(*, proposal: UUID, step: int, now: datetime) -> tuple[QuerySet[Any], dict[str, Any]]:
    return Proposal.objects.filter(pk=proposal), {"supports_count": F("supports_count") + step, "updated_at": now}
