"""Promising something, and what the one who promised then says of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Organisation
from communities.seats import actor_in, is_verified_resident, seated, works_for
from decisions.models import Decision
from proposals import lifecycle, permissions
from proposals.actions.asking_for_promises import close_commitment_ask
from proposals.actions.keeping import count_promise, promise_facts, settle_delivery
from proposals.exceptions import NotValid
from proposals.guards import (
    locked_commitment,
    locked_decision,
    locked_proposal,
    require,
    require_commitment_step,
    require_words,
)
from proposals.models import Commitment, CommitmentChange, Proposal, Response
from record import clock
from record.announcements import announce
from record.references import next_reference

LONGEST_TEXT = 200
LONGEST_REASON = 1000
MOST_PROMISES = 20  # in one answer
LAST_YEAR = 20  # a promise is due within this many years


@seated
def make_commitment(
    *,
    acting_user: User,
    text: str,
    due_on: date,
    submission: UUID,
    proposal: Proposal | None = None,
    response: Response | None = None,
    decision: Decision | None = None,
    organisation: Organisation | None = None,
    by_whom: str = "",
) -> Commitment:
    """Promise something, for an organisation, or as a resident where `organisation` is None."""
    proposal = proposal or (response.proposal if response else None)
    holder = _locked_holder(proposal, decision)
    community = holder.community
    proposal = holder if isinstance(holder, Proposal) else None
    _require_may_promise(acting_user, community, organisation, proposal)
    made = Commitment.objects.filter(submission=submission).first()
    if made is not None:
        return made
    commitment = _create(
        community=community,
        text=text,
        due_on=due_on,
        acting_user=acting_user,
        submission=submission,
        proposal=proposal,
        response=response,
        decision=decision or (proposal.decision if proposal else None),
        organisation=organisation,
        by_whom=by_whom,
    )
    if proposal is not None:
        settle_delivery(proposal)
    close_commitment_ask(commitment.decision, commitment.organisation)
    _announce("commitment.promised", commitment, acting_user, texts={"text": commitment.text})
    return commitment


def _locked_holder(proposal: Proposal | None, decision: Decision | None) -> Proposal | Decision:
    """What a promise belongs to: of two taps the second waits here, and finds what the first made."""
    if proposal is not None:
        return locked_proposal(proposal)
    if decision is not None:
        return locked_decision(decision)
    raise ValueError("A promise belongs to a proposal, a response or a decision")


def promise_in_answer(response: Response, promises: Sequence[dict[str, Any]], user: User) -> list[Commitment]:
    """The promises of an answer that is being published. A step of publish_response, which announces them."""
    if len(promises) > MOST_PROMISES:
        raise NotValid(_("That is more promises than one answer can hold."), field="promises")
    made = []
    for promise in promises:
        try:
            due_on = date.fromisoformat(str(promise.get("due_on", "")))
        except ValueError as error:
            raise NotValid(_("Give each promise a date."), field="promises") from error
        made.append(
            _create(
                community=response.proposal.community,
                text=str(promise.get("text", "")),
                due_on=due_on,
                acting_user=user,
                submission=None,
                proposal=response.proposal,
                response=response,
                decision=None,
                organisation=response.organisation,
                by_whom=str(promise.get("by", "")),
            )
        )
    return made


def promise_field(promise: Commitment) -> str:
    """Under which name the words of a promise stand with the line of the answer that made it."""
    return f"promise_{promise.reference}"


@transaction.atomic
def start_commitment(*, commitment: Commitment, acting_user: User) -> Commitment:
    """Say that work on it has begun. Twice changes nothing."""
    commitment = _locked_for_delivery(commitment, acting_user)
    if commitment.state == Commitment.State.IN_PROGRESS:
        return commitment
    require_commitment_step(commitment, "start")
    commitment.state = lifecycle.commitment_after(commitment, "start")
    commitment.started_at = clock.now()
    commitment.save(update_fields=["state", "started_at"])
    _announce("commitment.started", commitment, acting_user)
    return commitment


@seated
def claim_commitment(*, commitment: Commitment, acting_user: User, note: str = "") -> Commitment:
    """Say that it is done. That is a claim: residents have 14 days to say whether it is. Twice changes nothing."""
    commitment = _locked_for_delivery(commitment, acting_user)
    if commitment.state == Commitment.State.CLAIMED_DONE:
        return commitment
    require_commitment_step(commitment, "claim")
    if len(note) > LONGEST_REASON:
        raise NotValid(_("Make this shorter."), field="note")
    commitment.state = lifecycle.commitment_after(commitment, "claim")
    commitment.claimed_at = clock.now()
    commitment.claimed_by = acting_user
    commitment.claim_note = note.strip()
    commitment.round += 1
    commitment.done_count = commitment.not_done_count = 0
    commitment.save()
    _announce("commitment.claimed", commitment, acting_user, texts={"note": commitment.claim_note})
    return commitment


@seated
def change_commitment(*, commitment: Commitment, acting_user: User, text: str, due_on: date, reason: str) -> Commitment:
    """Change what or when, with a reason. The old promise is kept and shown. The same change twice is one."""
    commitment = _locked_for_delivery(commitment, acting_user)
    require_commitment_step(commitment, "change")
    text = require_words(text, "text", _("Say what you promise."), most=LONGEST_TEXT)
    reason = require_words(reason, "reason", _("Say why you change it. Residents will read it."), most=LONGEST_REASON)
    last = commitment.changes.last()
    if last is not None and (last.new_text, last.new_due_on, last.reason) == (text, due_on, reason):
        return commitment  # the same tap twice
    if (text, due_on) == (commitment.text, commitment.due_on):
        raise NotValid(_("Nothing is different. Change the words or the date."), field="text")
    _require_date(due_on)
    CommitmentChange.objects.create(
        commitment=commitment,
        old_text=commitment.text,
        old_due_on=commitment.due_on,
        new_text=text,
        new_due_on=due_on,
        reason=reason,
        changed_by=acting_user,
    )
    commitment.text, commitment.due_on = text, due_on
    commitment.state = lifecycle.commitment_after(commitment, "change")
    commitment.save(update_fields=["text", "due_on", "state"])
    _announce("commitment.changed", commitment, acting_user, texts={"text": text, "reason": reason})
    return commitment


@seated
def drop_commitment(*, commitment: Commitment, acting_user: User, reason: str) -> Commitment:
    """Give a promise up, with a reason. It counts as broken for ever. Twice changes nothing."""
    commitment = _locked_for_delivery(commitment, acting_user)
    if commitment.state == Commitment.State.DROPPED:
        return commitment
    require_commitment_step(commitment, "drop")
    reason = require_words(reason, "reason", _("Say why you drop it. Residents will read it."), most=LONGEST_REASON)
    was_broken = commitment.broken_on is not None
    commitment.state = lifecycle.commitment_after(commitment, "drop")
    commitment.dropped_at = clock.now()
    commitment.drop_reason = reason
    commitment.broken_on = commitment.broken_on or clock.today()
    commitment.save(update_fields=["state", "dropped_at", "drop_reason", "broken_on"])
    count_promise(commitment, open_=-1, broken=0 if was_broken else 1)
    if commitment.proposal is not None:
        settle_delivery(commitment.proposal)
    _announce("commitment.dropped", commitment, acting_user, texts={"reason": reason})
    return commitment


def _require_may_promise(
    user: User, community: Community, organisation: Organisation | None, proposal: Proposal | None
) -> None:
    if organisation is None:
        require(is_verified_resident(user, community.pk), _("Only residents of this community can promise this."))
    else:
        require(
            works_for(user, community.pk, organisation.pk), _("You can only promise for the organisation you work for.")
        )
    if proposal is not None and proposal.state in ("draft", "withdrawn", "merged", "lapsed"):
        raise NotValid(_("Nothing can be promised for this proposal now."))


def _create(*, text: str, due_on: date, acting_user: User, by_whom: str, **links: Any) -> Commitment:
    text = require_words(text, "text", _("Say what you promise."), most=LONGEST_TEXT)
    by_whom = by_whom.strip()
    if len(by_whom) > 120:
        raise NotValid(_("Make this shorter."), field="by_whom")
    _require_date(due_on)
    commitment = Commitment.objects.create(
        reference=next_reference("C"),
        text=text,
        due_on=due_on,
        first_due_on=due_on,
        by_whom=by_whom,
        promised_by=acting_user,
        **links,
    )
    count_promise(commitment, open_=1)
    return commitment


def _require_date(due_on: date) -> None:
    today = clock.today()
    if due_on < today:
        raise NotValid(_("A promise is for a day that is still to come."), field="due_on")
    if due_on.year > today.year + LAST_YEAR:
        raise NotValid(_("That is too far away. Choose a nearer date."), field="due_on")


def _locked_for_delivery(commitment: Commitment, user: User) -> Commitment:
    commitment = locked_commitment(commitment)
    require(permissions.can_deliver(user, commitment), _("Only the one who promised can do this."))
    return commitment


def _announce(kind: str, commitment: Commitment, user: User, *, texts: dict[str, str] | None = None) -> None:
    announce(
        kind,
        subject=commitment,
        community=commitment.community,
        actor=actor_in(user, commitment.community),
        payload=promise_facts(commitment),
        texts=texts,
    )
