"""Announcing a ballot, which locks it, and cancelling one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ballots import lifecycle, permissions
from ballots.actions.emptying import empty_box
from ballots.actions.gathering import gather_proposal
from ballots.exceptions import NotNow, NotValid
from ballots.guards import locked_ballot, locked_proposals, require, require_step
from ballots.models import Ballot, Option
from ballots.roll import electors_now
from ballots.secrecy import new_seed
from ballots.terms import locked_terms, terms_digest
from communities.models import Rule
from communities.seats import actor_in
from proposals.models import Proposal
from record import clock
from record.announcements import SYSTEM, announce, canonical

SHORTEST = timedelta(days=1)
LONGEST = timedelta(days=90)
LONGEST_REASON = 1000


@transaction.atomic
def announce_ballot(*, ballot: Ballot, acting_user: User) -> Ballot:
    """Make it public and lock it: question, options, method, electorate and times. Twice announces once.

    The lot that breaks the last ties is drawn here, before anybody votes, and published.
    """
    pks = [pk for pk in ballot.options.values_list("proposal_id", flat=True) if pk is not None]
    proposals = locked_proposals(pks)
    ballot = locked_ballot(ballot.pk)
    require(permissions.can_run(acting_user, ballot), _("Only a facilitator can announce a ballot."))
    if ballot.state == Ballot.State.ANNOUNCED:
        return ballot
    require_step(ballot, "announce")
    proposals = _leave_out_settled(ballot, proposals)
    options = list(ballot.options.all())
    _require_ready(ballot, options, proposals)
    ballot.rule = ballot.topic.rule if ballot.topic else None
    ballot.is_binding = _binds(ballot, options)
    ballot.seed = new_seed()
    ballot.seats = min(ballot.seats, len(options))
    ballot.papers_back_by = ballot.papers_back_by or _papers_back_by(ballot)
    ballot.collects = False
    ballot.options_count = len(options)
    ballot.state = lifecycle.after(ballot, "announce")
    ballot.announced_at = clock.now()
    ballot.terms_sha256 = terms_digest(ballot, options)
    ballot.save()
    for proposal in proposals:
        proposal.ballot_reference = ballot.reference
        proposal.save(update_fields=["ballot_reference"])
    announce(
        "ballot.announced",
        subject=ballot,
        community=ballot.community,
        actor=actor_in(acting_user, ballot.community),
        payload=ballot_facts(ballot)
        | {
            "terms_sha256": ballot.terms_sha256,
            "seed": ballot.seed,
            "options": len(options),
            "opens_at": _moment(ballot.opens_at),
            "closes_at": _moment(ballot.closes_at),
            "is_binding": ballot.is_binding,
        },
        texts={"terms": canonical(locked_terms(ballot, options))},
    )
    return ballot


@transaction.atomic
def cancel_ballot(*, ballot: Ballot, acting_user: User | None, reason: str) -> Ballot:
    """Call it off, in public and with a reason. Votes in the box are destroyed unread; proposals wait for the next
    vote. With no `acting_user` it is the site itself. Twice cancels once."""
    proposals = locked_proposals(list(ballot.options.exclude(proposal=None).values_list("proposal_id", flat=True)))
    ballot = locked_ballot(ballot.pk)
    if acting_user is not None:
        require(permissions.can_run(acting_user, ballot), _("Only a facilitator can cancel a ballot."))
    if ballot.state == Ballot.State.CANCELLED:
        return ballot
    require_step(ballot, "cancel")
    reason = reason.strip()
    if not reason:
        raise NotValid(_("Say why. Everybody will read it."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise NotValid(_("Make this shorter."), field="reason")
    was = ballot.state
    ballot.state = lifecycle.after(ballot, "cancel")
    ballot.cancelled_at = clock.now()
    ballot.cancel_reason = reason
    ballot.save()
    empty_box(ballot)
    send_back(proposals)
    announce(
        "ballot.cancelled",
        subject=ballot,
        community=ballot.community,
        actor=actor_in(acting_user, ballot.community) if acting_user else SYSTEM,
        payload=ballot_facts(ballot) | {"was": was},
        texts={"reason": reason},
    )
    return ballot


def _leave_out_settled(ballot: Ballot, proposals: list[Proposal]) -> list[Proposal]:
    """What a meeting decided while it waited on this draft is not voted on. Gives those that still wait."""
    settled = [row.pk for row in proposals if row.state != Proposal.State.DECIDING]
    ballot.options.filter(proposal__in=settled).delete()
    return [row for row in proposals if row.pk not in settled]


def send_back(proposals: list[Proposal]) -> None:
    """What still waits for a vote goes to the next one. A step: the caller holds the proposals."""
    for proposal in proposals:
        if proposal.state != Proposal.State.DECIDING:
            continue
        proposal.ballot_reference = ""
        proposal.save(update_fields=["ballot_reference"])
        gather_proposal(proposal)


def ballot_facts(ballot: Ballot) -> dict[str, object]:
    """What every entry about a ballot says of it."""
    return {
        "ballot": str(ballot.pk),
        "reference": ballot.reference,
        "method": ballot.method,
        "topic": str(ballot.topic_id) if ballot.topic_id else None,
    }


def _require_ready(ballot: Ballot, options: list[Option], proposals: list[Proposal]) -> None:
    """Everything that a ballot needs before people can rely on it."""
    for check in (_require_options, _require_method, _require_times, _require_electorate):
        check(ballot, options)
    held = [row.title for row in proposals if row.ballot_reference]
    if held:
        raise NotNow(_("This proposal is on another vote: %(title)s") % {"title": held[0]})


def _require_options(ballot: Ballot, options: list[Option]) -> None:
    least = 1 if ballot.method == Ballot.Method.APPROVAL and ballot.min_share else 2
    if len(options) < least:
        raise NotValid(_("A vote needs at least two options to choose from."))


def _require_method(ballot: Ballot, options: list[Option]) -> None:
    if ballot.method == Ballot.Method.BUDGET:
        if ballot.budget < 1:
            raise NotValid(_("Say how much money there is."), field="budget")
        if any(option.cost < 1 for option in options):
            raise NotValid(_("Say what each option costs."))
        if ballot.step is not None and ballot.step < 1:
            raise NotValid(_("The shares must rise by something at each step."), field="step")
        if not any(option.cost <= ballot.budget for option in options):
            raise NotValid(_("No option can be paid with this money."), field="budget")
    elif ballot.seats < 1:
        raise NotValid(_("Say how many can win."), field="seats")
    if ballot.method == Ballot.Method.RANKED and ballot.seats >= len(options):
        raise NotValid(_("Fewer must win than there are to choose from."), field="seats")


def _require_times(ballot: Ballot, _options: list[Option]) -> None:
    if ballot.opens_at is None or ballot.closes_at is None:
        raise NotValid(_("Say when it opens and when it closes."), field="opens_at")
    if ballot.opens_at <= clock.now():
        raise NotValid(_("It must open later than now. Choose a new time."), field="opens_at")
    length = ballot.closes_at - ballot.opens_at
    if length < SHORTEST:
        raise NotValid(_("Give people at least a day to vote."), field="closes_at")
    if length > LONGEST:
        raise NotValid(_("A vote lasts 90 days at most."), field="closes_at")
    back_by = ballot.papers_back_by
    if back_by is not None and not ballot.opens_at < back_by <= ballot.closes_at:
        raise NotValid(_("Paper votes must be back while the vote is open."), field="papers_back_by")


def _require_electorate(ballot: Ballot, _options: list[Option]) -> None:
    if ballot.electorate == Ballot.Electorate.AREA and not ballot.electorate_area.strip():
        raise NotValid(_("Say which block or street votes."), field="electorate_area")
    if ballot.electorate == Ballot.Electorate.MEMBERS_SINCE and ballot.electorate_since is None:
        raise NotValid(_("Say by which day people must have joined."), field="electorate_since")
    if not electors_now(ballot).exists():
        raise NotValid(_("Nobody could vote. Look at who may vote again."), field="electorate")


def _binds(ballot: Ballot, options: list[Option]) -> bool:
    """Whether the result is the decision: the topic is the residents’, or every option was sent to a vote, by them or
    by the organisation that was asked."""
    rule = ballot.topic.rule if ballot.topic else None
    if rule is not None and rule.who_decides == Rule.WhoDecides.RESIDENTS:
        return True
    return all(option.proposal_id is not None for option in options)


def _papers_back_by(ballot: Ballot) -> datetime | None:
    """A day before the close where there is time for that, so that the papers can be typed in."""
    if ballot.opens_at is None or ballot.closes_at is None:
        return None
    return max(ballot.closes_at - timedelta(days=1), ballot.opens_at + (ballot.closes_at - ballot.opens_at) / 2)


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
