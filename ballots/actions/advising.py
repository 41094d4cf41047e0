"""Where a vote was advice: an organisation says in public whether it follows it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ballots import permissions
from ballots.exceptions import NotAllowed, NotNow, NotValid
from ballots.guards import locked_ballot, require, require_step
from ballots.models import Ballot
from communities.seats import actor_in, seat_of
from decisions.actions import record_decision, signature
from decisions.models import Decision
from decisions.who_decided import Facts
from proposals.actions.asking_for_promises import stop_clock, working_days_so_far
from proposals.models import CommitmentAsk


@transaction.atomic
def answer_advice(
    *, ballot: Ballot, acting_user: User, outcome: str, summary: str, reasons: str, submission: UUID
) -> Decision:
    """The organisation that was asked decides, after asking residents by a vote. The same `submission` twice is one."""
    ballot = locked_ballot(ballot.pk)
    require(permissions.can_answer_advice(acting_user, ballot), _("Only an organisation that was asked can answer."))
    made = Decision.objects.filter(submission=submission).first()
    if made is not None:
        return made
    require_step(ballot, "answer_advice")
    if ballot.is_binding:
        raise NotNow(_("Residents decided this. There is nothing to answer; say what you will do, and by when."))
    if outcome not in Decision.Outcome.values:
        raise NotValid(_("Say yes, no or in part first."), field="outcome")
    ask = _locked_ask(ballot, acting_user)
    decision = record_decision(
        community=ballot.community,
        facts=Facts(basis="ballot", advisory=True),
        actor=actor_in(acting_user, ballot.community),
        organisations=[ask.organisation],
        topic=ballot.topic,
        title=ballot.question,
        summary=summary,
        reasons=reasons,
        outcome=outcome,
        basis_id=ballot.pk,
        basis_label=ballot.reference,
        eligible=ballot.eligible_count,
        voted=ballot.voted_count,
        response_working_days=working_days_so_far(ask, ballot.community),
        submission=submission,
        **signature(acting_user, ballot.community),
    )
    stop_clock(ask, decision)
    if ballot.decision_id is None:
        ballot.decision = decision
        ballot.save(update_fields=["decision"])
    return decision


def _locked_ask(ballot: Ballot, user: User) -> CommitmentAsk:
    """What the person's organisation was asked, as long as it is open."""
    seat = seat_of(user, ballot.community_id)
    asks = CommitmentAsk.objects.select_for_update(of=("self",)).select_related("organisation")
    of_ballot = asks.filter(ballot_reference=ballot.reference)
    theirs = seat.organisation_id if seat else None
    ask = of_ballot.filter(organisation_id=theirs).first() if theirs else None
    if ask is None:
        raise NotAllowed(_("Your organisation was not asked about this vote."))
    if not ask.is_open:
        raise NotNow(_("Your organisation has answered this already."))
    return ask
