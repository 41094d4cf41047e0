"""An organisation's own notice, and overruling."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from communities.models import Topic
from decisions.actions import overrule_decision, record_notice
from decisions.exceptions import NotAllowed, NotNow, NotValid
from decisions.models import Decision
from proposals.actions.deciding import decide_at_meeting, decide_from_answers
from record import clock
from record.models import Entry

WORDS = {"title": "Brightway will clean the stairs", "summary": "From January.", "reasons": "They were cheapest."}


@pytest.fixture
def notice(community, professional):
    return record_notice(
        community=community,
        acting_user=professional,
        topic=None,
        outcome="accepted",
        submission=uuid.uuid4(),
        **WORDS,
    )


@pytest.fixture
def of_residents(make_proposal, community, facilitator):
    green = Topic.objects.select_related("rule").get(community=community, slug="green")
    return decide_at_meeting(
        proposal=make_proposal(topic=green),
        acting_user=facilitator,
        held_on=clock.today(),
        meeting_label="Residents’ meeting",
        outcome="accepted",
        summary="The meadow stays.",
        reasons="We like it.",
        residents_present=30,
        professionals_present=0,
        votes_for=20,
        votes_against=4,
        submission=uuid.uuid4(),
    )


def test_a_notice_is_the_organisation_alone(notice, landlord):
    assert (notice.decided_by, notice.signed_role) == ("organisation_alone", "housing manager, Penhale Homes")
    assert list(notice.organisations.all()) == [landlord]
    assert Entry.objects.filter(kind="decision.recorded").count() == 1


def test_the_same_submission_is_one_notice(community, professional):
    submission = uuid.uuid4()
    words = {"community": community, "acting_user": professional, "topic": None, "outcome": "accepted"}
    first = record_notice(**words, **WORDS, submission=submission)
    assert record_notice(**words, **WORDS, submission=submission).pk == first.pk


@pytest.mark.parametrize("who", ["resident", "facilitator", "outsider", "staff"])
def test_only_professionals_give_notice(request, community, who):
    with pytest.raises(NotAllowed):
        record_notice(
            community=community,
            acting_user=request.getfixturevalue(who),
            topic=None,
            outcome="accepted",
            submission=uuid.uuid4(),
            **WORDS,
        )


@pytest.mark.parametrize("empty", ["title", "summary", "reasons"])
def test_a_decision_says_what_and_why(community, professional, empty):
    with pytest.raises(NotValid) as refused:
        record_notice(
            community=community,
            acting_user=professional,
            topic=None,
            outcome="accepted",
            submission=uuid.uuid4(),
            **(WORDS | {empty: "  "}),
        )
    assert refused.value.field == empty
    assert not Decision.objects.exists()


def test_overruling_is_a_decision_of_its_own_and_shows_for_ever(of_residents, professional):
    overruling = overrule_decision(decision=of_residents, acting_user=professional, submission=uuid.uuid4(), **WORDS)
    of_residents.refresh_from_db()
    assert overruling.decided_by == "organisation_overruling_residents"
    assert (overruling.overrules, of_residents.is_overruled) == (of_residents, True)
    assert of_residents.decided_by == "residents"
    assert Entry.objects.filter(kind="decision.overruled").count() == 1
    with pytest.raises(NotNow):
        overrule_decision(decision=of_residents, acting_user=professional, submission=uuid.uuid4(), **WORDS)


@pytest.mark.parametrize("who", ["resident", "facilitator", "outsider"])
def test_only_an_organisation_overrules(request, of_residents, who):
    with pytest.raises(NotAllowed):
        overrule_decision(
            decision=of_residents, acting_user=request.getfixturevalue(who), submission=uuid.uuid4(), **WORDS
        )


def test_what_the_organisation_decided_cannot_be_overruled(notice, professional):
    with pytest.raises(NotAllowed):
        overrule_decision(decision=notice, acting_user=professional, submission=uuid.uuid4(), **WORDS)


def test_the_database_refuses_an_overruling_by_another_name(of_residents, notice):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=notice.pk).update(overrules=of_residents)


def test_an_answer_below_overruling_is_not_one(response, professional):
    decision = decide_from_answers(proposal=response.proposal, acting_user=professional)
    with pytest.raises(NotAllowed):
        overrule_decision(decision=decision, acting_user=professional, submission=uuid.uuid4(), **WORDS)
