"""A vote that was advice: the organisation that was asked answers in public, once, and only it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ballots.actions.certifying import certify_ballot
from ballots.models import Ballot
from communities.models import Topic
from decisions.models import Decision
from proposals.models import CommitmentAsk
from record import clock
from tests.ballots.conftest import MakeBallot, counted

WORDS = {"outcome": "accepted_in_part", "summary": "We mend the first two.", "reasons": "The money ends there."}
MARK = {"submission": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}


@pytest.fixture
def advice(
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    vote: Callable[..., None],
    neighbours: list[User],
    facilitator: User,
    topic: Topic,
) -> Ballot:
    """A vote on a topic that the agreement gives to the landlord, certified."""
    ballot = make_open(make_ballot(topic=topic, method="approval", seats=2))
    for person in neighbours:
        vote(person, "1", "3", ballot=ballot)
    return certify_ballot(ballot=counted(ballot), acting_user=facilitator)


def page(ballot: Ballot) -> str:
    return reverse("ballots:answer_advice", args=[ballot.community.slug, ballot.reference])


def test_advice_decides_nothing_by_itself(advice: Ballot, client: Client) -> None:
    assert not advice.is_binding
    assert not Decision.objects.exists()
    assert CommitmentAsk.objects.get().decision is None
    assert "This was advice" in client.get(advice.get_absolute_url()).text


def test_the_organisation_answers_and_its_clock_stops(advice: Ballot, professional: User, client: Client) -> None:
    client.force_login(professional)
    assert page(advice) in client.get(advice.get_absolute_url()).text
    for _tap in range(2):
        assert client.post(page(advice), WORDS | MARK).status_code == 302
    decision = Decision.objects.get()
    assert (decision.decided_by, decision.outcome) == ("organisation_after_consulting", "accepted_in_part")
    assert CommitmentAsk.objects.get().decision == decision
    assert CommitmentAsk.objects.get().answered_on == decision.decided_on
    assert page(advice) not in client.get(advice.get_absolute_url()).text
    assert client.get(page(advice))["Location"] == advice.get_absolute_url()


def test_the_open_data_say_how_long_the_answer_took(advice: Ballot, professional: User, client: Client) -> None:
    ask = CommitmentAsk.objects.get()
    with clock.at(clock.now() + timedelta(days=14)):
        client.force_login(professional)
        client.post(page(advice), WORDS | MARK)
    ask.refresh_from_db()
    row = client.get(f"/api/v1/decisions/{Decision.objects.get().pk}/").json()
    assert row["response_working_days"] == ask.answered_after_working_days > 5
    assert (row["basis"]["kind"], row["voted"]) == ("ballot", advice.voted_count)


def test_it_lies_on_the_desk_and_everybody_sees_the_clock(advice: Ballot, professional: User, client: Client) -> None:
    assert "must say whether it follows the vote" in client.get("/waiting/").text
    client.force_login(professional)
    assert page(advice) in client.get("/desk/").text
    client.post(page(advice), WORDS | MARK)
    assert page(advice) not in client.get("/desk/").text


def test_what_is_missing_is_said_and_what_was_typed_stays(advice: Ballot, professional: User, client: Client) -> None:
    client.force_login(professional)
    response = client.post(page(advice), {"summary": "Kept words"})
    assert response.status_code == 200
    assert "Kept words" in response.text
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["resident", "facilitator", "councillor"])
def test_nobody_else_answers(who: str, advice: Ballot, client: Client, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.post(page(advice), WORDS | MARK).status_code == 403
    assert not Decision.objects.exists()


def test_a_vote_that_binds_is_not_answered(
    open_vote: Ballot,
    vote: Callable[..., None],
    neighbours: list[User],
    facilitator: User,
    professional: User,
    client: Client,
) -> None:
    for person in neighbours:
        vote(person, "1")
    ballot = certify_ballot(ballot=counted(open_vote), acting_user=facilitator)
    assert page(ballot) not in client.get(ballot.get_absolute_url()).text
    client.force_login(professional)
    assert page(ballot) not in client.get(ballot.get_absolute_url()).text
    assert client.get(page(ballot))["Location"] == ballot.get_absolute_url()
    decided = Decision.objects.get()
    response = client.post(page(ballot), WORDS | MARK)
    assert "Residents decided this" in response.text
    assert list(Decision.objects.all()) == [decided]
