"""After a vote: who owes a word sees it on the desk, everybody sees the clock, and the first promise stops it."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from ballots.actions.certifying import certify_ballot
from ballots.models import Ballot
from communities.working_days import add_working_days
from decisions.models import Decision
from proposals.actions.asking_for_promises import ask_for_commitments
from proposals.actions.promising import change_commitment
from proposals.models import Commitment, CommitmentAsk
from record import clock
from tests.ballots.conftest import counted
from words.dates import long_date

QUESTION = "How shall we spend the winter pot?"


@pytest.fixture
def decision(open_vote: Ballot, vote: Callable[..., None], neighbours: list[User], facilitator: User) -> Decision:
    """Residents decided by a vote, and the landlord is asked what it will do."""
    for person in neighbours:
        vote(person, "1")
    decided = certify_ballot(ballot=counted(open_vote), acting_user=facilitator).decision
    assert decided is not None
    return decided


def address(decision: Decision) -> str:
    return reverse("desk:promise_decision", args=[decision.pk])


def words() -> dict[str, str]:
    due = clock.today() + timedelta(days=30)
    return {
        "text": "The warm room opens each Tuesday",
        "by_whom": "",
        "due_on": due.isoformat(),
        "submission": str(uuid.uuid4()),
    }


def test_it_lies_on_the_desk_of_whoever_was_asked(
    decision: Decision, professional: User, councillor: User, client: Client
) -> None:
    client.force_login(professional)
    for page in ("/desk/", "/desk/waiting/", "/desk/promises/new/"):
        text = client.get(page).text
        assert QUESTION in text
        assert address(decision) in text
    client.force_login(councillor)
    assert QUESTION not in client.get("/desk/").text


def test_everybody_sees_the_clock(decision: Decision, client: Client) -> None:
    waiting = client.get("/waiting/").text
    assert QUESTION in waiting
    assert "must say what it will do" in waiting
    page = client.get(decision.get_absolute_url()).text
    assert "Who must say what it will do" in page
    assert address(decision) not in page
    with clock.at(clock.now() + timedelta(days=90)):
        assert "Long overdue" in client.get("/waiting/").text


def test_the_first_promise_stops_the_clock_and_two_taps_are_one(
    decision: Decision, professional: User, client: Client
) -> None:
    client.force_login(professional)
    assert address(decision) in client.get(decision.get_absolute_url()).text
    typed = words()
    for _tap in range(2):
        response = client.post(address(decision), typed)
        assert response.status_code == 302
    promise = Commitment.objects.get()
    assert (promise.decision, promise.proposal) == (decision, None)
    assert response["Location"] == f"{decision.get_absolute_url()}#{promise.reference}"
    assert CommitmentAsk.objects.get().answered_on == clock.today()
    page = client.get(decision.get_absolute_url()).text
    assert promise.text in page
    assert address(decision) not in page
    assert address(decision) not in client.get("/desk/").text
    assert QUESTION not in client.get("/waiting/").text


def test_the_result_says_how_the_promise_stands(
    decision: Decision, open_vote: Ballot, professional: User, client: Client
) -> None:
    """Whoever reads the result sees what became of it: open, late, or broken."""
    client.force_login(professional)
    client.post(address(decision), words())
    url = open_vote.get_absolute_url()
    first = client.get(url).text
    assert "Promised" in first
    assert "<b>Late</b>" not in first
    with clock.at(clock.now() + timedelta(days=31)):
        late = client.get(url).text
    assert "<b>Late</b>" in late
    assert "It counts as broken" not in late
    Commitment.objects.update(broken_on=clock.today())
    assert "It counts as broken since" in client.get(url).text


def test_the_decision_says_broken_where_the_open_data_count_it_so(
    decision: Decision, professional: User, client: Client
) -> None:
    client.force_login(professional)
    client.post(address(decision), words())
    late_day = add_working_days(Commitment.objects.get().due_on, 21, decision.community)
    with clock.at(clock.now() + (late_day - clock.today())):
        assert "Late by 21 working days." in client.get(decision.get_absolute_url()).text
        Commitment.objects.update(broken_on=clock.today())
        assert "Broken: 21 working days late." in client.get(decision.get_absolute_url()).text


def test_the_decision_keeps_what_was_promised_before_a_change(
    decision: Decision, professional: User, client: Client
) -> None:
    client.force_login(professional)
    client.post(address(decision), words())
    promise = Commitment.objects.get()
    change_commitment(
        commitment=promise,
        acting_user=professional,
        text="The warm room opens each Monday",
        due_on=promise.due_on + timedelta(days=7),
        reason="The hall is let on Tuesdays.",
    )
    page = client.get(decision.get_absolute_url()).text
    assert "Promised, and changed." in page
    before = f"Before: “The warm room opens each Tuesday”, by {long_date(promise.due_on)}."
    assert before in page
    assert "The hall is let on Tuesdays." in page


def test_what_is_missing_is_said_and_what_was_typed_stays(
    decision: Decision, professional: User, client: Client
) -> None:
    client.force_login(professional)
    response = client.post(address(decision), words() | {"due_on": ""})
    assert response.status_code == 200
    assert "The warm room opens each Tuesday" in response.text
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("who", ["resident", "facilitator"])
def test_nobody_else_promises(who: str, decision: Decision, client: Client, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(address(decision)).status_code == 403
    assert client.post(address(decision), words()).status_code == 403
    assert not Commitment.objects.exists()


def test_in_a_private_community_it_does_not_exist_outside(decision: Decision, outsider: User, client: Client) -> None:
    decision.community.is_public = False
    decision.community.save()
    client.force_login(outsider)
    assert client.get(address(decision)).status_code == 404
    assert QUESTION not in client.get("/waiting/").text


@pytest.mark.parametrize("page", ["/desk/", "/waiting/", "the decision"])
def test_the_queries_do_not_grow(
    page: str,
    decision: Decision,
    professional: User,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(professional)
    url = decision.get_absolute_url() if page == "the decision" else page
    client.get(url)
    queries = {"/desk/": 9, "/waiting/": 5, "the decision": 6}[page]
    with django_assert_num_queries(queries):
        client.get(url)
    landlord = CommitmentAsk.objects.get().organisation
    for number in range(19):
        ask_for_commitments(
            decision.community,
            [landlord],
            ballot_reference=f"B-1999-{number:04}",
            question="Another",
            decision=decision,
            working_days=20,
        )
    with django_assert_num_queries(queries):
        client.get(url)
