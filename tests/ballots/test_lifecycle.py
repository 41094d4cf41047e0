"""From a draft to a certified result, and what each step does."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from ballots.actions.announcing import announce_ballot
from ballots.actions.certifying import _reasons as reasons_of
from ballots.actions.certifying import certify_ballot
from ballots.actions.preparing import add_option, change_ballot
from ballots.actions.running import close_ballot, open_ballot
from ballots.exceptions import NotNow
from ballots.models import Ballot, BallotKey, Count, Elector, Paper, UnfinishedVote
from ballots.terms import terms_digest
from decisions.actions import overrule_decision
from decisions.models import Decision
from proposals.actions.asking_for_promises import record_overdue_commitment_asks
from proposals.models import CommitmentAsk
from record import clock
from record.models import Entry
from tests.ballots.conftest import MakeBallot, close, counted

Vote = Callable[..., None]


def test_announcing_locks_everything(announced: Ballot, facilitator: User) -> None:
    assert announced.state == "announced"
    assert announced.is_binding  # the topic is the residents’
    assert len(announced.seed) == 32
    assert announced.terms_sha256 == terms_digest(announced, announced.options.all())
    with pytest.raises(NotNow):
        change_ballot(ballot=announced, acting_user=facilitator, question="Another question?")
    with pytest.raises(NotNow):
        add_option(ballot=announced, acting_user=facilitator, title="One more", cost=100)
    with pytest.raises(NotNow):
        change_option_cost(announced, facilitator)
    assert Entry.objects.filter(kind="ballot.announced").count() == 1


def change_option_cost(ballot: Ballot, user: User) -> None:
    from ballots.actions.preparing import change_option

    option = ballot.options.all()[0]
    change_option(option=option, acting_user=user, title=option.title, about="", cost=1)


def test_announcing_twice_announces_once(announced: Ballot, facilitator: User) -> None:
    again = announce_ballot(ballot=announced, acting_user=facilitator)
    assert again.seed == announced.seed
    assert Entry.objects.filter(kind="ballot.announced").count() == 1


def test_the_roll_is_taken_at_the_opening(announced: Ballot, make_user: Callable[..., User]) -> None:
    make_user("Late Lara", announced.community)  # joined after the announcement, before the opening
    assert not open_ballot(ballot=announced)  # not yet
    with clock.at(clock.now() + timedelta(hours=2)):
        assert open_ballot(ballot=announced)
        assert not open_ballot(ballot=announced)
    announced.refresh_from_db()
    assert announced.eligible_count == Elector.objects.filter(ballot=announced).count() == 7
    make_user("Too Late Tom", announced.community)
    assert Elector.objects.filter(ballot=announced).count() == 7


def test_a_vote_that_the_site_slept_through_is_cancelled_in_public(announced: Ballot) -> None:
    with clock.at(clock.now() + timedelta(days=30)):
        assert not open_ballot(ballot=announced)
    announced.refresh_from_db()
    assert announced.state == "cancelled"
    assert announced.cancel_reason


def test_closing_destroys_what_leads_to_a_voter(
    open_vote: Ballot, vote: Vote, resident: User, neighbours: list[User]
) -> None:
    from ballots.actions.voting import keep_choices

    for person in neighbours[:3]:
        vote(person, "1", "3")
    keep_choices(ballot=open_vote, acting_user=resident, choices={"1": 1})
    assert not close_ballot(ballot=open_vote)  # its time has not come
    ballot = close(open_vote)
    assert (ballot.online_count, ballot.paper_count, ballot.phone_count) == (3, 0, 0)
    assert not BallotKey.objects.exists()
    assert not Paper.objects.exists()
    assert not UnfinishedVote.objects.exists()
    assert len(ballot.count.receipts.splitlines()) == 3
    assert ballot.count.papers_sha256 == ""  # too few to be published


def test_few_papers_are_gone_once_they_are_counted(open_vote: Ballot, vote: Vote, neighbours: list[User]) -> None:
    for person in neighbours:
        vote(person, "3")
    ballot = counted(open_vote)
    assert ballot.state == "counted"
    assert ballot.count.papers == ""
    assert ballot.count.winners == ["3"]
    assert ballot.options.get(code="3").total == 5


def test_certifying_is_the_decision_of_residents(
    open_vote: Ballot, vote: Vote, neighbours: list[User], facilitator: User
) -> None:
    for person in neighbours:
        vote(person, "1", "3")
    ballot = certify_ballot(ballot=counted(open_vote), acting_user=facilitator)
    decision = Decision.objects.get()
    assert ballot.decision == decision
    assert decision.decided_by == "residents"
    assert (decision.basis_kind, decision.basis_id) == ("ballot", ballot.pk)
    assert (decision.eligible, decision.voted) == (6, 5)
    ask = CommitmentAsk.objects.get()
    assert ask.organisation.slug == "penhale-homes"
    assert ask.decision == decision
    certify_ballot(ballot=ballot, acting_user=facilitator)
    assert Decision.objects.count() == 1
    assert Entry.objects.filter(kind="ballot.certified").count() == 1


def test_overruling_in_public_stops_the_clock_of_whoever_did(
    open_vote: Ballot, vote: Vote, neighbours: list[User], facilitator: User, professional: User
) -> None:
    for person in neighbours:
        vote(person, "1")
    ballot = certify_ballot(ballot=counted(open_vote), acting_user=facilitator)
    overrule_decision(
        decision=ballot.decision,
        acting_user=professional,
        title="We do not do it",
        summary="The money is gone.",
        reasons="The roof came down.",
        submission=uuid.uuid4(),
    )
    assert CommitmentAsk.objects.get().answered_on == clock.today()
    with clock.at(clock.now() + timedelta(days=90)):
        assert record_overdue_commitment_asks() == 0


def test_a_date_without_a_promise_is_written_down_once(
    open_vote: Ballot, vote: Vote, neighbours: list[User], facilitator: User
) -> None:
    for person in neighbours:
        vote(person, "1")
    certify_ballot(ballot=counted(open_vote), acting_user=facilitator)
    assert record_overdue_commitment_asks() == 0
    with clock.at(clock.now() + timedelta(days=90)):
        assert record_overdue_commitment_asks() == 1
        assert record_overdue_commitment_asks() == 0


def test_without_a_quorum_nothing_is_decided(
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    vote: Vote,
    neighbours: list[User],
    facilitator: User,
) -> None:
    ballot = make_open(make_ballot(quorum_percent=50))
    vote(neighbours[0], "1", ballot=ballot)
    ballot = certify_ballot(ballot=counted(ballot), acting_user=facilitator)
    assert ballot.quorum_met is False
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("approval", "people ticked all that they would back."),
        ("score", "people gave each option a score from 0 to 5."),
        ("ranked", "people put the options in order."),
        ("budget", "people shared out a pot of money."),
    ],
)
def test_the_reasons_of_a_vote_say_what_people_did(announced: Ballot, method: str, said: str) -> None:
    announced.method, announced.online_count, announced.eligible_count = method, 12, 80
    count = Count.objects.create(ballot=announced, papers_published=True)
    start = f"12 residents voted, of 80 who could. In vote {announced.reference}, {said}"
    assert reasons_of(announced) == f"{start} Anybody can count it again."
    count.papers_published = False  # fewer than ten: only the totals are public
    count.save()
    assert reasons_of(announced) == start
