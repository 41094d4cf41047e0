"""Certifying a count, and what follows from it: the decision, the proposals, and the asks to organisations."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from ballots import lifecycle, permissions
from ballots.actions.announcing import ballot_facts, send_back
from ballots.exceptions import NotNow
from ballots.guards import locked_ballot, locked_proposals, require, require_step
from ballots.models import Ballot, Count, Option
from communities.models import Organisation
from communities.seats import actor_in
from communities.working_days import working_days_between
from decisions.actions import record_decision, signature
from decisions.models import Decision
from decisions.who_decided import Facts
from proposals.actions.asking_for_promises import ask_for_commitments
from proposals.actions.deciding import attach_decision
from proposals.models import Proposal
from record import clock
from record.announcements import SYSTEM, Actor, announce

WHAT_PEOPLE_DID = {
    Ballot.Method.APPROVAL: gettext_lazy("In vote %(reference)s, people ticked all that they would back."),
    Ballot.Method.SCORE: gettext_lazy("In vote %(reference)s, people gave each option a score from 0 to 5."),
    Ballot.Method.RANKED: gettext_lazy("In vote %(reference)s, people put the options in order."),
    Ballot.Method.BUDGET: gettext_lazy("In vote %(reference)s, people shared out a pot of money."),
}
DAYS_WITHOUT_A_RULE = 20  # working days to say what one will do, where no topic gives a time


@transaction.atomic
def certify_ballot(*, ballot: Ballot, acting_user: User | None) -> Ballot:
    """Certify the count. Where the vote binds, it is the decision: residents decided. Where it is advice, the
    organisations are asked to say in public whether they follow it. With no `acting_user` it is the site itself,
    three working days after the count. Twice certifies once."""
    proposals = locked_proposals(list(ballot.options.exclude(proposal=None).values_list("proposal_id", flat=True)))
    ballot = locked_ballot(ballot.pk)
    if acting_user is not None:
        require(permissions.can_run(acting_user, ballot), _("Only a facilitator can certify a result."))
    if ballot.state == Ballot.State.CERTIFIED:
        return ballot
    require_step(ballot, "certify")
    options = list(ballot.options.select_related("proposal"))
    actor = actor_in(acting_user, ballot.community) if acting_user else SYSTEM
    ballot.state = lifecycle.after(ballot, "certify")
    ballot.certified_at = clock.now()
    signed = signature(acting_user, ballot.community) if acting_user else {}
    asked = _consequences(ballot, options, proposals, actor, signed)
    ballot.save()
    announce(
        "ballot.certified",
        subject=ballot,
        community=ballot.community,
        actor=actor,
        payload=ballot_facts(ballot)
        | {
            "winners": [option.code for option in winners_of(options)],
            "is_binding": ballot.is_binding,
            "quorum_met": ballot.quorum_met,
            "decision": str(ballot.decision_id) if ballot.decision_id else None,
            "organisations": sorted(str(organisation.pk) for organisation in asked),
            "eligible": ballot.eligible_count,
            "voted": ballot.voted_count,
        },
    )
    return ballot


def certify_due_ballots() -> int:
    """Certify what was counted three working days ago and nobody called off. Returns how many."""
    today = clock.today()
    certified = 0
    waiting = Ballot.objects.filter(state=Ballot.State.COUNTED, source_id="").select_related("community")
    for ballot in waiting.order_by("counted_at", "id"):
        counted_on = clock.local_date(ballot.counted_at) if ballot.counted_at else today
        if working_days_between(counted_on, today, ballot.community) < settings.CERTIFY_AFTER_WORKING_DAYS:
            continue
        try:
            certify_ballot(ballot=ballot, acting_user=None)
        except NotNow:  # another scheduler was here first, or it was called off meanwhile
            continue
        certified += 1
    return certified


def winners_of(options: Iterable[Option]) -> list[Option]:
    """Those that won, in the order in which they did."""
    return sorted((option for option in options if option.place is not None), key=lambda option: option.place or 0)


def _consequences(
    ballot: Ballot, options: list[Option], proposals: list[Proposal], actor: Actor, signed: dict[str, Any]
) -> list[Organisation]:
    """What the result brings about. Gives the organisations that were asked for commitments."""
    if not ballot.quorum_met:
        send_back(proposals)
        return []
    won = winners_of(options)
    asked = _organisations(ballot, [option for option in won if option.proposal_id])
    if ballot.is_binding:
        ballot.decision = _decide(ballot, won, proposals, asked, actor, signed)
        if not won:
            return []
    ask_for_commitments(
        ballot.community,
        asked,
        ballot_reference=ballot.reference,
        question=ballot.question,
        decision=ballot.decision,
        working_days=ballot.rule.response_working_days if ballot.rule else DAYS_WITHOUT_A_RULE,
    )
    return asked


def _decide(
    ballot: Ballot,
    won: list[Option],
    proposals: list[Proposal],
    organisations: list[Organisation],
    actor: Actor,
    signed: dict[str, Any],
) -> Decision:
    """The residents' decision; and one more where proposals were on the ballot and did not win: they end too."""
    winning = {option.proposal_id for option in won}
    chosen = [proposal for proposal in proposals if proposal.pk in winning]
    passed_over = [proposal for proposal in proposals if proposal.pk not in winning]
    summary = (
        _("Residents chose: %(names)s.") % {"names": "; ".join(option.title for option in won)}
        if won
        else _("Residents voted, and nothing had enough votes to win.")
    )
    decision = _record(ballot, ballot.question, summary, bool(won), chosen, organisations, actor, signed)
    for proposal in chosen:
        attach_decision(proposal, decision)
    if passed_over:
        names = "; ".join(proposal.title for proposal in passed_over)
        lost = decision
        if won:
            title = (_("Not chosen: %(question)s") % {"question": ballot.question})[:160]
            said = _("Residents voted and did not choose: %(names)s.") % {"names": names}
            lost = _record(ballot, title, said, False, passed_over, [], actor, signed)
        for proposal in passed_over:
            attach_decision(proposal, lost)
    return decision


def _record(
    ballot: Ballot,
    title: str,
    summary: str,
    yes: bool,
    proposals: Sequence[Proposal],
    organisations: list[Organisation],
    actor: Actor,
    signed: dict[str, Any],
) -> Decision:
    return record_decision(
        community=ballot.community,
        facts=Facts(basis="ballot", supports=sum(proposal.supports_count for proposal in proposals)),
        actor=actor,
        organisations=organisations,
        proposals=[proposal.pk for proposal in proposals],
        topic=ballot.topic or (proposals[0].topic if len({p.topic_id for p in proposals}) == 1 else None),
        title=title,
        summary=summary[:2000],
        reasons=_reasons(ballot),
        outcome=Decision.Outcome.ACCEPTED if yes else Decision.Outcome.DECLINED,
        basis_id=ballot.pk,
        basis_label=ballot.reference,
        comments=sum(proposal.comments_count for proposal in proposals),
        eligible=ballot.eligible_count,
        voted=ballot.voted_count,
        **signed,
    )


def _reasons(ballot: Ballot) -> str:
    """How it was decided: the vote, and whether it can be counted again: a few papers are not published."""
    voted = ngettext("%(voted)d resident voted", "%(voted)d residents voted", ballot.voted_count) % {
        "voted": ballot.voted_count
    }
    said = [
        _("%(voted)s, of %(eligible)d who could.") % {"voted": voted, "eligible": ballot.eligible_count},
        WHAT_PEOPLE_DID[Ballot.Method(ballot.method)] % {"reference": ballot.reference},
    ]
    if Count.objects.filter(ballot=ballot, papers_published=True).exists():
        said.append(_("Anybody can count it again."))
    return " ".join(said)


def _organisations(ballot: Ballot, won: list[Option]) -> list[Organisation]:
    """Who must say what they will do: those that the winning proposals ask, and whoever answers for the topic."""
    found: dict[Any, Organisation] = {}
    for option in won:
        if option.proposal is not None:
            own = list(option.proposal.organisations.all())
            if not own and option.proposal.topic and option.proposal.topic.organisation:
                own = [option.proposal.topic.organisation]
            found |= {organisation.pk: organisation for organisation in own}
    if not found and ballot.topic is not None and ballot.topic.organisation is not None:
        found[ballot.topic.organisation_id] = ballot.topic.organisation
    return sorted(found.values(), key=lambda organisation: organisation.name)
