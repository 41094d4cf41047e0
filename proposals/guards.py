"""Locks and refusals that every action of this room begins with.

Order of locks, so that no two actions wait for each other: the seats of whoever acts (communities.seats.seated), then
proposal (or decision, where a promise belongs to nothing else), then ask, then response or commitment, then (in
announce) the head of the record.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from decisions.models import Decision
from proposals import lifecycle
from proposals.exceptions import NotAllowed, NotNow, NotValid
from proposals.models import Ask, Commitment, Proposal
from proposals.querysets import ProposalQuerySet
from words.compiled import compiled, one_or_404

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CLOSED: "dict[str, StrOrPromise]" = {
    Proposal.State.DRAFT: gettext_lazy("This is still a draft. Table it first."),
    Proposal.State.TABLED: gettext_lazy("This proposal is still gathering backing."),
    Proposal.State.WITHDRAWN: gettext_lazy("This proposal was taken off the table."),
    Proposal.State.MERGED: gettext_lazy("This proposal was joined to another one. Go on there."),
    Proposal.State.LAPSED: gettext_lazy("This proposal did not get enough backing in time. It can be tabled again."),
}


@dataclass(frozen=True)
class Address:
    """Where somebody looks for a proposal: enough for an action that reads the row anyway, locked. It comes with its
    community alone: what many people press is short."""

    community: str
    number: int
    reader: User


def locked_proposal(proposal: Proposal | Address) -> Proposal:
    """The row as it is now, locked until the transaction ends. 404 for an address that the person may not see."""
    if isinstance(proposal, Address):
        row: Proposal = one_or_404(_locked_at(**vars(proposal)))
    else:
        found: list[Proposal] = _locked(proposal=proposal.pk)
        if not found:
            raise Proposal.DoesNotExist
        row = found[0]
    row.found_in = row.state
    return row


@compiled
def _locked(*, proposal: UUID) -> QuerySet[Any]:
    return _to_lock("community", "rule", "topic").filter(pk=proposal)


@compiled
def _locked_at(*, reader: User, community: str, number: int) -> QuerySet[Any]:
    return _to_lock("community").visible_to(reader).tabled().filter(community__slug=community, number=number)


def _to_lock(*related: str) -> ProposalQuerySet:
    return Proposal.objects.select_for_update(of=("self",)).select_related(*related)


def locked_ask(ask: Ask) -> Ask:
    """The ask with its proposal, both locked, the proposal first."""
    proposal = locked_proposal(Proposal(pk=ask.proposal_id))
    fresh = Ask.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=ask.pk)
    fresh.proposal = proposal
    return fresh


def locked_decision(decision: Decision) -> Decision:
    """The row as it is now, until the transaction ends, but not its key: what belongs to it refers to it."""
    return Decision.objects.select_for_update(no_key=True, of=("self",)).select_related("community").get(pk=decision.pk)


def locked_commitment(commitment: Commitment) -> Commitment:
    """The promise, locked after the proposal that it belongs to."""
    proposal = locked_proposal(Proposal(pk=commitment.proposal_id)) if commitment.proposal_id else None
    fresh = (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("community", "organisation")
        .get(pk=commitment.pk)
    )
    if proposal is not None:
        fresh.proposal = proposal
    return fresh


def require(allowed: bool, message: str) -> None:
    """Refuse a person who may not do this."""
    if not allowed:
        raise NotAllowed(message)


def require_step(proposal: Proposal, step: str) -> None:
    """Refuse a step that is closed in the proposal's state."""
    if not lifecycle.may(proposal, step):
        raise NotNow(CLOSED.get(proposal.state, _("This step is not open now. Look at the page again.")))


def require_commitment_step(commitment: Commitment, step: str) -> None:
    """Refuse a step that is closed in the promise's state."""
    if not lifecycle.commitment_may(commitment, step):
        raise NotNow(_("This step is not open for this promise now. Look at the page again."))


def require_words(text: str, field: str, message: str, *, most: int) -> str:
    """The text without white space around it; refused where it is empty or longer than `most` characters."""
    text = text.strip()
    if not text:
        raise NotValid(message, field=field)
    if len(text) > most:
        raise NotValid(_("Make this shorter: at most %(most)d letters.") % {"most": most}, field=field)
    return text
