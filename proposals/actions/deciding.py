"""From answers, or from a meeting, to a decision."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Organisation, Rule
from communities.seats import actor_in, is_facilitator
from communities.working_days import working_days_between
from decisions.actions import record_decision, signature
from decisions.models import Decision
from decisions.who_decided import Facts
from proposals import lifecycle, permissions
from proposals.actions.keeping import settle_delivery
from proposals.exceptions import NotNow, NotValid
from proposals.guards import locked_proposal, require, require_step
from proposals.models import Commitment, Proposal, Response
from record import clock
from record.announcements import SYSTEM


@transaction.atomic
def decide_from_answers(
    *, proposal: Proposal, acting_user: User | None, title: str = "", summary: str = "", reasons: str = ""
) -> Decision:
    """The answers become the decision. An officer or facilitator may record it, in better words; with no
    `acting_user` it is the site itself, five working days after the last answer. Twice gives the same decision."""
    proposal = locked_proposal(proposal)
    if acting_user is not None:
        require(
            permissions.can_record_decision(acting_user, proposal),
            _("Only those who answered, or a facilitator, can record the decision."),
        )
    if proposal.decision is not None:
        return proposal.decision
    if proposal.state != Proposal.State.RESPONDED:
        raise NotNow(_("There is nothing to decide from yet: not everyone who was asked has answered."))
    responses = list(proposal.responses.select_related("organisation").order_by("published_at", "id"))
    last = responses[-1]
    decision = record_decision(
        community=proposal.community,
        facts=Facts(
            basis=Decision.Basis.RESPONSE,
            who_decides=proposal.rule.who_decides if proposal.rule else "",
            supports=proposal.supports_count,
            threshold=proposal.threshold,
        ),
        actor=actor_in(acting_user, proposal.community) if acting_user else SYSTEM,
        organisations=[response.organisation for response in responses],
        proposals=[proposal.pk],
        topic=proposal.topic,
        title=title or proposal.title,
        summary=summary or "\n\n".join(response.summary for response in responses)[:2000],
        reasons=reasons or "\n\n".join(response.reasons for response in responses)[:8000],
        outcome=joint_outcome([response.outcome for response in responses]),
        basis_id=last.pk,
        basis_label=last.reference,
        comments=proposal.comments_count,
        response_working_days=max(_days_to_answer(response) for response in responses),
        recorded_by=acting_user,
        signed_name=last.signed_name,
        signed_role=last.signed_role,
    )
    attach_decision(proposal, decision)
    return decision


@transaction.atomic
def decide_at_meeting(
    *,
    proposal: Proposal,
    acting_user: User,
    held_on: date,
    meeting_label: str,
    outcome: str,
    summary: str,
    reasons: str,
    residents_present: int,
    professionals_present: int,
    votes_for: int,
    votes_against: int,
    submission: UUID,
) -> Decision:
    """A facilitator records what a meeting decided, where the topic is residents' or shared.

    Who decided follows from the topic's rule and who was in the room; the outcome must be what the votes say.
    """
    proposal = locked_proposal(proposal)
    require(
        is_facilitator(acting_user, proposal.community_id), _("Only a facilitator can record what a meeting decided.")
    )
    made = Decision.objects.filter(submission=submission).first()
    if made is not None:
        return made
    require_step(proposal, "decide")
    if proposal.ballot_reference:
        raise NotNow(_("It is on a vote. The vote decides it, not a meeting."))
    _require_meeting(proposal, held_on, outcome, residents_present, professionals_present, votes_for, votes_against)
    decision = record_decision(
        community=proposal.community,
        facts=Facts(
            basis=Decision.Basis.MEETING,
            who_decides=proposal.rule.who_decides if proposal.rule else "",
            supports=proposal.supports_count,
            threshold=proposal.threshold,
            residents_present=residents_present,
            professionals_present=professionals_present,
        ),
        actor=actor_in(acting_user, proposal.community),
        organisations=_organisations_in_the_room(proposal, professionals_present),
        proposals=[proposal.pk],
        topic=proposal.topic,
        title=proposal.title,
        summary=summary,
        reasons=reasons,
        outcome=outcome,
        decided_on=held_on,
        basis_label=meeting_label.strip()[:160],
        comments=proposal.comments_count,
        residents_present=residents_present,
        professionals_present=professionals_present,
        votes_for=votes_for,
        votes_against=votes_against,
        submission=submission,
        **signature(acting_user, proposal.community),
    )
    attach_decision(proposal, decision)
    return decision


def decide_standing_answers() -> int:
    """An answer that nobody decided otherwise becomes the decision after five working days. Returns how many."""
    today = clock.today()
    decided = 0
    waiting = Proposal.objects.filter(state=Proposal.State.RESPONDED, source_id="").select_related("community")
    for proposal in waiting.order_by("responded_at", "id").iterator(chunk_size=200):
        if proposal.responded_at is None:
            continue
        answered_on = clock.local_date(proposal.responded_at)
        if working_days_between(answered_on, today, proposal.community) < settings.STANDING_ANSWER_WORKING_DAYS:
            continue
        try:
            decide_from_answers(proposal=proposal, acting_user=None)
        except NotNow:  # another scheduler was here first, or the proposal moved on meanwhile
            continue
        decided += 1
    return decided


def joint_outcome(outcomes: list[str]) -> str:
    """One outcome of several answers: all yes, all no, else in part.

    Raises NotNow where one does not say (an answer brought in from another site).
    """
    if not outcomes or Response.Outcome.NOT_STATED in outcomes:
        raise NotNow(_("The answer does not say yes or no, so there is nothing to record."))
    if set(outcomes) == {Response.Outcome.ACCEPTED}:
        return Decision.Outcome.ACCEPTED
    if set(outcomes) == {Response.Outcome.DECLINED}:
        return Decision.Outcome.DECLINED
    return Decision.Outcome.ACCEPTED_IN_PART


def attach_decision(proposal: Proposal, decision: Decision) -> None:
    """The proposal is decided; its promises belong to the decision from now on. A step: the caller holds its lock."""
    proposal.decision = decision
    proposal.decided_at = clock.now()
    proposal.state = lifecycle.after(proposal, "decide")
    proposal.waits_for = ""
    proposal.save()
    Commitment.objects.filter(proposal=proposal, decision=None).update(decision=decision, updated_at=clock.now())
    for name in ("commitments_open", "commitments_kept", "commitments_broken"):
        # Added: a vote can decide several proposals at once.
        setattr(decision, name, getattr(decision, name) + getattr(proposal, name))
    decision.save()
    settle_delivery(proposal)


def _days_to_answer(response: Response) -> int:
    return response.ask.answered_after_working_days or 0


def _require_meeting(
    proposal: Proposal,
    held_on: date,
    outcome: str,
    residents_present: int,
    professionals_present: int,
    votes_for: int,
    votes_against: int,
) -> None:
    """Whether this meeting could decide this, and whether the votes say what is recorded."""
    who = proposal.rule.who_decides if proposal.rule else ""
    if who not in (Rule.WhoDecides.RESIDENTS, Rule.WhoDecides.TOGETHER):
        raise NotValid(_("The agreement gives this topic to the organisation. Its answer decides."))
    if proposal.tabled_at is None or not clock.local_date(proposal.tabled_at) <= held_on <= clock.today():
        raise NotValid(_("The meeting must lie between the day it was tabled and today."), field="held_on")
    if outcome not in Decision.Outcome.values:
        raise NotValid(_("Choose what was decided."), field="outcome")
    if residents_present < 1:
        raise NotValid(_("Residents must have been in the room."), field="residents_present")
    if who == Rule.WhoDecides.TOGETHER and professionals_present < 1:
        raise NotValid(
            _("This topic is decided together: both sides must have been in the room."), field="professionals_present"
        )
    if min(votes_for, votes_against) < 0 or votes_for + votes_against > residents_present:
        raise NotValid(_("There are more votes than residents in the room."), field="votes_for")
    if (votes_for > votes_against) != (outcome != Decision.Outcome.DECLINED):
        raise NotValid(_("The votes say something else than what you chose."), field="outcome")


def _organisations_in_the_room(proposal: Proposal, professionals_present: int) -> list[Organisation]:
    if not professionals_present:
        return []
    chosen = list(proposal.organisations.all())
    if not chosen and proposal.topic is not None and proposal.topic.organisation is not None:
        chosen = [proposal.topic.organisation]
    return chosen
