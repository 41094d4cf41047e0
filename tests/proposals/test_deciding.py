"""Decisions: from answers, by themselves after five working days, and at meetings."""

import uuid
from datetime import timedelta

import pytest

from communities.models import Topic
from communities.working_days import add_working_days
from proposals.actions.asking import call_in_proposal
from proposals.actions.backing import back_proposal
from proposals.actions.deciding import decide_at_meeting, decide_from_answers, decide_standing_answers
from proposals.exceptions import NotAllowed, NotNow, NotValid
from proposals.models import Commitment, Proposal
from record import clock
from record.models import Entry

MEETING = {
    "meeting_label": "Residents’ meeting in the community room",
    "outcome": "accepted",
    "summary": "The green stays a meadow.",
    "reasons": "Most of us want the flowers.",
    "residents_present": 30,
    "professionals_present": 0,
    "votes_for": 20,
    "votes_against": 6,
}


@pytest.fixture
def green(make_proposal, community, neighbours):
    """A proposal on a topic of the residents', past its threshold."""
    topic = Topic.objects.select_related("rule").get(community=community, slug="green")
    proposal = make_proposal(topic=topic, title="Linnet Row green stays a meadow")
    for neighbour in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    proposal.refresh_from_db()
    return proposal


def test_an_officer_records_the_answer_as_the_decision(response, professional, landlord):
    decision = decide_from_answers(proposal=response.proposal, acting_user=professional)
    proposal = Proposal.objects.get(pk=response.proposal_id)
    assert decision.decided_by == "organisation_after_consulting"
    assert (decision.outcome, decision.supports, decision.basis_id) == ("accepted", 3, response.pk)
    assert list(decision.organisations.all()) == [landlord]
    assert (proposal.state, proposal.decision) == ("decided", decision)
    entry = Entry.objects.get(kind="decision.recorded")
    assert (decision.record_sequence, decision.record_hash) == (entry.sequence, entry.hash)


def test_recording_twice_is_one_decision(response, professional, facilitator):
    first = decide_from_answers(proposal=response.proposal, acting_user=professional)
    second = decide_from_answers(proposal=response.proposal, acting_user=facilitator, title="Other")
    assert first.pk == second.pk


def test_below_the_threshold_the_organisation_decided_alone(tabled, facilitator, publish, professional):
    call_in_proposal(proposal=tabled, acting_user=facilitator, reason="It cannot wait.")
    publish(tabled.asks.get())
    assert decide_from_answers(proposal=tabled, acting_user=professional).decided_by == "organisation_alone"


def test_a_standing_answer_becomes_the_decision_by_itself(response, community):
    answered = clock.today()
    fourth = add_working_days(answered, 4, community)
    fifth = add_working_days(answered, 5, community)
    with clock.at(clock.now() + (fourth - answered)):
        assert decide_standing_answers() == 0
    with clock.at(clock.now() + (fifth - answered)):
        assert decide_standing_answers() == 1
        assert decide_standing_answers() == 0
    proposal = Proposal.objects.get(pk=response.proposal_id)
    assert proposal.state == "decided"
    assert '"role":"system"' in Entry.objects.get(kind="decision.recorded").line


def test_promises_of_the_answer_belong_to_the_decision(ask, publish, professional):
    due = (clock.today() + timedelta(days=9)).isoformat()
    response = publish(ask, promises=[{"text": "Mend it", "due_on": due, "by": ""}])
    decision = decide_from_answers(proposal=response.proposal, acting_user=professional)
    decision.refresh_from_db()
    assert Commitment.objects.get().decision_id == decision.pk
    assert decision.commitments_open == 1
    assert Proposal.objects.get().state == "delivering"


@pytest.mark.parametrize("who", ["resident", "councillor", "outsider"])
def test_who_was_not_asked_does_not_record(request, response, who):
    with pytest.raises(NotAllowed):
        decide_from_answers(proposal=response.proposal, acting_user=request.getfixturevalue(who))


def test_nothing_is_decided_before_the_answer(asked, professional):
    with pytest.raises(NotNow):
        decide_from_answers(proposal=asked, acting_user=professional)


def test_residents_decide_at_their_meeting(green, facilitator):
    decision = decide_at_meeting(
        proposal=green, acting_user=facilitator, held_on=clock.today(), submission=uuid.uuid4(), **MEETING
    )
    assert (decision.decided_by, decision.basis_kind) == ("residents", "meeting")
    green.refresh_from_db()
    assert (green.state, green.waits_for) == ("decided", "")


def test_together_needs_both_sides_in_the_room(make_proposal, community, facilitator, landlord):
    repairs = Topic.objects.select_related("rule").get(community=community, slug="repairs")
    proposal = make_proposal(topic=repairs)
    words = {"proposal": proposal, "acting_user": facilitator, "held_on": clock.today(), "submission": uuid.uuid4()}
    with pytest.raises(NotValid):
        decide_at_meeting(**words, **MEETING)
    decision = decide_at_meeting(**words, **(MEETING | {"professionals_present": 2}))
    assert decision.decided_by == "together"
    assert list(decision.organisations.all()) == [landlord]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"outcome": "declined"}, "outcome"),
        ({"votes_for": 6, "votes_against": 6}, "outcome"),
        ({"votes_for": 40}, "votes_for"),
        ({"residents_present": 0}, "residents_present"),
        ({"outcome": "noted"}, "outcome"),
        ({"reasons": " "}, "reasons"),
    ],
)
def test_the_votes_must_say_what_is_recorded(green, facilitator, change, field):
    with pytest.raises(NotValid) as refused:
        decide_at_meeting(
            proposal=green,
            acting_user=facilitator,
            held_on=clock.today(),
            submission=uuid.uuid4(),
            **(MEETING | change),
        )
    assert refused.value.field == field


def test_a_meeting_takes_nothing_from_the_organisation(tabled, facilitator):
    with pytest.raises(NotValid):
        decide_at_meeting(
            proposal=tabled, acting_user=facilitator, held_on=clock.today(), submission=uuid.uuid4(), **MEETING
        )


def test_a_meeting_decides_nothing_without_a_rule(green, facilitator):
    Proposal.objects.filter(pk=green.pk).update(rule=None)
    with pytest.raises(NotValid):
        decide_at_meeting(
            proposal=green, acting_user=facilitator, held_on=clock.today(), submission=uuid.uuid4(), **MEETING
        )


def test_only_a_facilitator_records_a_meeting(green, professional):
    with pytest.raises(NotAllowed):
        decide_at_meeting(
            proposal=green, acting_user=professional, held_on=clock.today(), submission=uuid.uuid4(), **MEETING
        )
