"""What residents, or an answer, send to a vote is on the next one by itself; nobody can keep it off."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from ballots.actions.announcing import announce_ballot, cancel_ballot
from ballots.actions.certifying import certify_ballot, certify_due_ballots
from ballots.actions.preparing import add_option, change_ballot, discard_ballot, remove_option
from ballots.actions.running import open_ballot
from ballots.actions.voting import cast_vote
from ballots.exceptions import NotNow, NotValid
from ballots.models import Ballot, Option
from communities.models import Topic
from decisions.models import Decision
from proposals.actions.backing import back_proposal
from proposals.actions.deciding import decide_at_meeting
from proposals.actions.promising import make_commitment
from proposals.counts import kept_columns
from proposals.exceptions import NotNow as Refused
from proposals.models import Ask, CommitmentAsk, Proposal, Response
from record import clock
from tests.ballots.conftest import MakeBallot, counted, opening
from tests.stage import MakeProposal


@pytest.fixture
def plum_tree(make_proposal: MakeProposal, green: Topic, neighbours: list[User]) -> Proposal:
    """A proposal on the residents’ own topic, past its threshold of two."""
    proposal = make_proposal(topic=green, title="Winter lights on the plum tree")
    for person in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=person)
    proposal.refresh_from_db()
    return proposal


@pytest.fixture
def benches(make_proposal: MakeProposal, green: Topic, neighbours: list[User]) -> Proposal:
    proposal = make_proposal(topic=green, title="Six benches with backs")
    for person in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=person)
    proposal.refresh_from_db()
    return proposal


def the_next_vote() -> Ballot:
    return Ballot.objects.get(collects=True)


def announce(ballot: Ballot, facilitator: User) -> Ballot:
    change_ballot(ballot=ballot, acting_user=facilitator, opens_at=opening(), closes_at=opening() + timedelta(days=7))
    return announce_ballot(ballot=ballot, acting_user=facilitator)


def opened(ballot: Ballot) -> Ballot:
    Ballot.objects.filter(pk=ballot.pk).update(opens_at=clock.now() - timedelta(minutes=1))
    assert open_ballot(ballot=ballot)
    return Ballot.objects.get(pk=ballot.pk)


def test_a_proposal_of_the_residents_own_topic_goes_to_the_next_vote(plum_tree: Proposal, benches: Proposal) -> None:
    assert (plum_tree.state, plum_tree.waits_for) == ("deciding", "ballot")
    ballot = the_next_vote()
    assert [option.proposal for option in ballot.options.all()] == [plum_tree, benches]
    assert ballot.options_count == 2


def test_an_answer_that_says_residents_will_vote_sends_it_there(ask: Ask, publish: Callable[..., Response]) -> None:
    publish(ask, outcome="to_ballot")
    assert the_next_vote().options.get().proposal == ask.proposal


def test_a_decision_counts_the_promises_of_all_that_won(
    plum_tree: Proposal, benches: Proposal, neighbours: list[User], facilitator: User
) -> None:
    """Neighbours promised something for each while it waited: once only those of the last one were counted."""
    for proposal in (plum_tree, benches, plum_tree):
        make_commitment(
            acting_user=neighbours[0],
            text="Hold the ladder",
            due_on=clock.today() + timedelta(days=30),
            submission=uuid.uuid4(),
            proposal=proposal,
        )
    vote = opened(announce(the_next_vote(), facilitator))
    for person in neighbours:
        cast_vote(ballot=vote, acting_user=person, choices={"1": 1, "2": 1})
    decision = certify_ballot(ballot=counted(vote), acting_user=facilitator).decision
    assert decision is not None
    decision.refresh_from_db()
    assert (decision.proposals.count(), decision.commitments_open) == (2, 3)
    assert [kept.label for kept in kept_columns() if kept.wrong().exists()] == []


def test_what_residents_sent_cannot_be_taken_off(plum_tree: Proposal, facilitator: User) -> None:
    option = Option.objects.get()
    with pytest.raises(NotNow):
        remove_option(option=option, acting_user=facilitator)
    with pytest.raises(NotNow):
        discard_ballot(ballot=option.ballot, acting_user=facilitator)


def test_it_moves_to_another_ballot_and_back(plum_tree: Proposal, make_ballot: MakeBallot, facilitator: User) -> None:
    other = make_ballot()
    option = add_option(ballot=other, acting_user=facilitator, proposal=plum_tree, cost=90_000)
    assert Option.objects.filter(proposal=plum_tree).get() == option
    remove_option(option=option, acting_user=facilitator)
    assert Option.objects.get(proposal=plum_tree).ballot == the_next_vote()
    add_option(ballot=other, acting_user=facilitator, proposal=plum_tree, cost=90_000)
    discard_ballot(ballot=other, acting_user=facilitator)
    assert Option.objects.get(proposal=plum_tree).ballot == the_next_vote()


def test_a_proposal_that_waits_for_nothing_is_refused(
    tabled: Proposal, make_ballot: MakeBallot, facilitator: User
) -> None:
    with pytest.raises(NotValid):
        add_option(ballot=make_ballot(), acting_user=facilitator, proposal=tabled)


def test_on_a_vote_no_meeting_decides_it(plum_tree: Proposal, benches: Proposal, facilitator: User) -> None:
    announce(the_next_vote(), facilitator)
    plum_tree.refresh_from_db()
    assert plum_tree.ballot_reference == Ballot.objects.get().reference
    with pytest.raises(Refused, match="vote"):
        decide_at_meeting(
            proposal=plum_tree,
            acting_user=facilitator,
            held_on=clock.today(),
            meeting_label="A meeting",
            outcome="declined",
            summary="No.",
            reasons="Because.",
            residents_present=3,
            professionals_present=0,
            votes_for=0,
            votes_against=3,
            submission=uuid.uuid4(),
        )


def test_the_result_decides_the_proposals(
    plum_tree: Proposal, benches: Proposal, facilitator: User, vote: Callable[..., None], neighbours: list[User]
) -> None:
    ballot = opened(announce(the_next_vote(), facilitator))
    assert ballot.is_binding
    chosen = ballot.options.get(proposal=benches).code
    for person in neighbours:
        vote(person, chosen, ballot=ballot)
    certify_ballot(ballot=counted(ballot), acting_user=facilitator)
    benches.refresh_from_db()
    plum_tree.refresh_from_db()
    assert (benches.state, plum_tree.state) == ("decided", "decided")
    assert benches.decision is not None
    assert plum_tree.decision is not None
    assert (benches.decision.outcome, benches.decision.decided_by) == ("accepted", "residents")
    assert (plum_tree.decision.outcome, plum_tree.decision.decided_by) == ("declined", "residents")
    assert CommitmentAsk.objects.get().decision == benches.decision


def test_where_nothing_wins_that_is_the_decision_and_nobody_is_asked(
    plum_tree: Proposal, facilitator: User, vote: Callable[..., None], neighbours: list[User]
) -> None:
    ballot = opened(announce(the_next_vote(), facilitator))
    for person in neighbours:
        vote(person, ballot=ballot)  # none of these
    certify_ballot(ballot=counted(ballot), acting_user=facilitator)
    plum_tree.refresh_from_db()
    assert Decision.objects.get() == plum_tree.decision
    assert Decision.objects.get().outcome == "declined"
    assert not CommitmentAsk.objects.exists()


def test_calling_a_vote_off_sends_its_proposals_to_the_next_one(
    plum_tree: Proposal, facilitator: User, vote: Callable[..., None], neighbours: list[User]
) -> None:
    ballot = opened(announce(the_next_vote(), facilitator))
    vote(neighbours[0], "1", ballot=ballot)
    with pytest.raises(NotValid):
        cancel_ballot(ballot=ballot, acting_user=facilitator, reason="  ")
    cancel_ballot(ballot=ballot, acting_user=facilitator, reason="An option was missing.")
    plum_tree.refresh_from_db()
    assert (plum_tree.state, plum_tree.ballot_reference) == ("deciding", "")
    assert the_next_vote().options.get().proposal == plum_tree
    assert not ballot.papers.exists()


def test_without_a_quorum_they_wait_for_the_next_one(
    plum_tree: Proposal, facilitator: User, vote: Callable[..., None], neighbours: list[User]
) -> None:
    draft = the_next_vote()
    change_ballot(ballot=draft, acting_user=facilitator, quorum_percent=60)
    ballot = opened(announce(draft, facilitator))
    vote(neighbours[0], "1", ballot=ballot)
    certify_ballot(ballot=counted(ballot), acting_user=facilitator)
    plum_tree.refresh_from_db()
    assert plum_tree.state == "deciding"
    assert the_next_vote().options.get().proposal == plum_tree


def test_a_count_that_nobody_certifies_certifies_itself(
    plum_tree: Proposal, facilitator: User, vote: Callable[..., None], neighbours: list[User]
) -> None:
    ballot = opened(announce(the_next_vote(), facilitator))
    vote(neighbours[0], "1", ballot=ballot)
    counted(ballot)
    assert certify_due_ballots() == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert certify_due_ballots() == 1
        assert certify_due_ballots() == 0
    assert Decision.objects.get().signed_name == ""


def test_what_a_meeting_decided_meanwhile_is_not_voted_on(
    plum_tree: Proposal, benches: Proposal, facilitator: User
) -> None:
    decide_at_meeting(
        proposal=plum_tree,
        acting_user=facilitator,
        held_on=clock.today(),
        meeting_label="A meeting",
        outcome="accepted",
        summary="Yes.",
        reasons="We like it.",
        residents_present=3,
        professionals_present=0,
        votes_for=3,
        votes_against=0,
        submission=uuid.uuid4(),
    )
    ballot = announce(the_next_vote(), facilitator)
    assert [option.proposal for option in ballot.options.all()] == [benches]
