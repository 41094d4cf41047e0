"""The columns that promises keep on their proposal, decision and organisation, and what follows from them.

Steps of actions, not actions: the caller holds the proposal's lock and the transaction.
"""

from typing import Any

from django.db.models import F

from communities.models import Organisation
from decisions.models import Decision
from proposals import lifecycle
from proposals.models import Commitment, Proposal
from record import clock


def count_promise(commitment: Commitment, *, open_: int = 0, kept: int = 0, broken: int = 0) -> None:
    """Add to the kept counts of everything that the promise belongs to."""
    steps = {
        "commitments_open": F("commitments_open") + open_,
        "commitments_kept": F("commitments_kept") + kept,
        "commitments_broken": F("commitments_broken") + broken,
        "updated_at": clock.now(),
    }
    if commitment.proposal_id:
        Proposal.objects.filter(pk=commitment.proposal_id).update(**steps)
    if commitment.decision_id:
        Decision.objects.filter(pk=commitment.decision_id).update(**steps)
    if commitment.organisation_id and commitment.community.is_public:
        Organisation.objects.filter(pk=commitment.organisation_id).update(**steps)


def settle_delivery(proposal: Proposal) -> bool:
    """Move a decided proposal to being done, done, or back, as its promises stand. True where it became done.

    Delivered means that every promise was confirmed. Where nothing is open but one was dropped, it is
    decided and no more.
    """
    fresh = Proposal.objects.get(pk=proposal.pk)
    kept, open_ = fresh.commitments_kept, fresh.commitments_open
    if fresh.state not in (Proposal.State.DECIDED, Proposal.State.DELIVERING):
        return False
    if open_:
        step = "promise"
    elif fresh.state == Proposal.State.DECIDED and not kept:
        return False
    else:
        dropped = fresh.commitments.filter(state=Commitment.State.DROPPED).exists()
        step = "stop" if dropped else "deliver"
    state = lifecycle.after(fresh, step)
    delivered = state == Proposal.State.DELIVERED
    Proposal.objects.filter(pk=proposal.pk).update(
        state=state, delivered_at=clock.now() if delivered else None, updated_at=clock.now()
    )
    proposal.state = state
    return delivered


def promise_facts(commitment: Commitment) -> dict[str, Any]:
    """What the record says of a promise."""
    return {
        "commitment": str(commitment.pk),
        "reference": commitment.reference,
        "proposal": str(commitment.proposal_id) if commitment.proposal_id else None,
        "organisation": str(commitment.organisation_id) if commitment.organisation_id else None,
        "due_on": commitment.due_on.isoformat(),
        "state": commitment.state,
    }
