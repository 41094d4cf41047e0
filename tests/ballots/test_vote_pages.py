"""Choosing, checking, voting and the receipt: with each method, twice, too late, by the wrong person, with nonsense."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import KeptForm, User
from ballots.models import Ballot, Elector, Paper, UnfinishedVote
from record import clock
from tests.ballots.conftest import MakeBallot

SignIn = Callable[[User], Client]
Open = Callable[[Ballot], Ballot]


def page(ballot: Ballot, name: str = "vote") -> str:
    return reverse(f"ballots:{name}", args=[ballot.community.slug, ballot.reference])


METHODS: list[tuple[str, dict[str, Any], dict[str, int]]] = [
    ("approval", {"choice": ["1", "3"]}, {"1": 1, "3": 1}),
    ("budget", {"choice": ["2"]}, {"2": 1}),
    ("score", {"score-1": "5", "score-2": "0", "score-3": ""}, {"1": 5, "2": 0}),
    ("ranked", {"place-2": "1", "place-1": "2"}, {"1": 2, "2": 1}),
]


@pytest.fixture
def amina(resident: User, client_of: SignIn) -> Client:
    return client_of(resident)


@pytest.mark.parametrize(("method", "sent", "choices"), METHODS)
def test_the_whole_way_with_each_method(
    method: str,
    sent: dict[str, Any],
    choices: dict[str, int],
    make_ballot: MakeBallot,
    make_open: Open,
    resident: User,
    client_of: SignIn,
) -> None:
    ballot, client = make_open(make_ballot(method=method)), client_of(resident)
    assert "You have not voted yet" in client.get(page(ballot)).text
    assert client.post(page(ballot), sent)["Location"] == page(ballot, "check")
    assert not Paper.objects.exists()
    check = client.get(page(ballot, "check"))
    assert "It does not count yet" in check.text
    fields: dict[str, list[str]] = {}
    for name, value in check.context["form"].fields:
        fields.setdefault(name, []).append(value)
    for _tap in range(2):
        assert client.post(page(ballot, "check"), fields)["Location"] == page(ballot, "done")
    paper = Paper.objects.get()
    assert paper.choices == choices
    for _look in range(2):
        assert paper.receipt in client.get(page(ballot, "done")).text
    assert not UnfinishedVote.objects.exists()
    assert "You have voted" in client.get(ballot.get_absolute_url()).text
    again = client.get(page(ballot)).context["form"]
    assert again.choices == choices  # changing begins with what was cast


def test_an_empty_paper_says_that_it_is_empty(open_vote: Ballot, amina: Client) -> None:
    amina.post(page(open_vote), {})
    assert "none of these" in amina.get(page(open_vote, "check")).text
    amina.post(page(open_vote, "check"), {})
    assert Paper.objects.get().choices == {}


def test_adding_up_keeps_nothing_and_explains_the_pot(open_vote: Ballot, amina: Client) -> None:
    response = amina.post(page(open_vote), {"choice": ["1", "2", "4"], "sum": "1"})
    assert "£12,500" in response.text
    assert "more than the pot" in response.text
    assert response.text.count("checked") == 3
    assert not UnfinishedVote.objects.exists()


def test_moving_up_and_down_without_javascript(make_ballot: MakeBallot, make_open: Open, amina: Client) -> None:
    ballot = make_open(make_ballot(method="ranked"))
    sent = {"place-1": "1", "place-2": "2"}
    assert amina.post(page(ballot), sent | {"up": "2"}).context["form"].choices == {"2": 1, "1": 2}
    assert amina.post(page(ballot), sent | {"up": "4"}).context["form"].choices == {"1": 1, "2": 2, "4": 3}
    assert amina.post(page(ballot), sent | {"down": "2"}).context["form"].choices == {"1": 1}
    assert amina.post(page(ballot), sent | {"up": "no such"}).context["form"].choices == {"1": 1, "2": 2}
    assert not UnfinishedVote.objects.exists()


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        ("approval", {"choice": ["1", "99"]}),
        ("approval", {"choice": ["'; drop table papers; --"]}),
        ("score", {"score-1": "6"}),
        ("score", {"score-1": "-1"}),
        ("score", {"score-1": "NaN"}),
        ("score", {"score-1": "9" * 400}),
        ("score", {"score-1": "٣"}),
        ("ranked", {"place-1": "1", "place-2": "1"}),
        ("ranked", {"place-1": "0"}),
        ("ranked", {"place-1": "1.5"}),
    ],
)
def test_nonsense_is_refused_in_words_and_stays_on_the_page(
    method: str, sent: dict[str, Any], make_ballot: MakeBallot, make_open: Open, amina: Client
) -> None:
    ballot = make_open(make_ballot(method=method))
    for name in ("vote", "check"):
        response = amina.post(page(ballot, name), sent)
        assert response.status_code == 200
        assert "Something is not right yet" in response.text
    assert not UnfinishedVote.objects.exists()
    assert not Paper.objects.exists()


def test_too_many_ticks(make_ballot: MakeBallot, make_open: Open, amina: Client) -> None:
    ballot = make_open(make_ballot(most_choices=2))
    response = amina.post(page(ballot), {"choice": ["1", "2", "3"]})
    assert "2 at most" in response.text
    assert response.text.count("checked") == 3


def test_the_banner_is_on_every_page_until_it_is_cast_or_dropped(open_vote: Ballot, amina: Client) -> None:
    said = "Your vote is not finished"
    assert said not in amina.get("/").text
    amina.post(page(open_vote), {"choice": ["1"]})
    for address in ("/", "/decisions/", open_vote.get_absolute_url(), "/help/"):
        assert said in amina.get(address).text, address
    assert amina.post(page(open_vote, "drop")).status_code == 302
    assert said not in amina.get("/").text
    assert not UnfinishedVote.objects.exists()
    amina.post(page(open_vote), {"choice": ["1"]})
    amina.post(page(open_vote, "check"), {"choice": ["1"]})
    assert said not in amina.get("/").text


def test_choices_that_were_not_cast_by_the_close_are_said_to_be_lost_once(open_vote: Ballot, amina: Client) -> None:
    amina.post(page(open_vote), {"choice": ["1"]})
    with clock.at(open_vote.closes_at + timedelta(minutes=1)):
        assert "They were not counted" in amina.get("/").text
        assert "They were not counted" not in amina.get("/").text


def test_a_vote_cast_on_another_phone_ends_the_banner_here(
    open_vote: Ballot, resident: User, client_of: SignIn
) -> None:
    here, there = client_of(resident), client_of(resident)
    here.post(page(open_vote), {"choice": ["1"]})
    there.post(page(open_vote, "check"), {"choice": ["2"]})
    assert here.get(page(open_vote, "check"))["Location"] == page(open_vote, "done")
    assert "Your vote is not finished" not in here.get("/").text


def test_a_closed_vote_says_nothing_of_an_unfinished_one_elsewhere(
    open_vote: Ballot, make_ballot: MakeBallot, make_open: Open, amina: Client
) -> None:
    other = make_open(make_ballot(question="Another?", closes_at=open_vote.closes_at + timedelta(days=3)))
    amina.post(page(other), {"choice": ["1"]})
    with clock.at(open_vote.closes_at + timedelta(minutes=1)):
        text = amina.get(page(open_vote), follow=True).text
    assert "The vote is closed." in text
    assert "was not counted" not in text


def test_each_of_two_unfinished_votes_is_said(
    open_vote: Ballot, make_ballot: MakeBallot, make_open: Open, amina: Client
) -> None:
    other = make_open(make_ballot(question="Another?"))
    for ballot in (open_vote, other):
        amina.post(page(ballot), {"choice": ["1"]})
    text = amina.get("/").text
    assert page(open_vote, "check") in text
    assert page(other, "check") in text
    amina.post(page(other, "drop"))
    text = amina.get("/").text
    assert page(open_vote, "check") in text
    assert page(other, "check") not in text


def test_the_session_and_the_address_hold_no_choice(open_vote: Ballot, amina: Client) -> None:
    response = amina.post(page(open_vote), {"choice": ["1"]})
    assert "?" not in response["Location"]
    assert set(amina.session["unfinished_votes"][open_vote.reference]) == {"community", "question", "until"}


def test_after_the_close_nothing_is_taken_and_that_is_said(open_vote: Ballot, amina: Client) -> None:
    with clock.at(open_vote.closes_at):
        response = amina.post(page(open_vote, "check"), {"choice": ["1"]}, follow=True)
    assert "was not counted" in response.text
    assert not Paper.objects.exists()


def test_reading_changes_nothing(open_vote: Ballot, amina: Client) -> None:
    """As an e-mail scanner opens every link."""
    for name in ("detail", "vote", "check", "drop", "done"):
        assert amina.get(page(open_vote, name)).status_code in (200, 302)
        assert amina.head(page(open_vote, name)).status_code in (200, 302, 405)
    assert not Paper.objects.exists()
    assert not UnfinishedVote.objects.exists()
    assert not Elector.objects.exclude(channel="").exists()


def test_voting_pages_are_kept_nowhere(open_vote: Ballot, amina: Client) -> None:
    amina.post(page(open_vote), {"choice": ["1"]})
    for name in ("vote", "check"):
        assert "no-store" in amina.get(page(open_vote, name))["Cache-Control"]


@pytest.mark.parametrize("who", ["professional", "facilitator", "newcomer", "outsider"])
def test_whoever_is_not_on_the_roll_is_told_why(
    who: str, open_vote: Ballot, client_of: SignIn, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    for name in ("vote", "check", "done"):
        response = client.get(page(open_vote, name))
        assert response.status_code == 403
        assert "not on the roll" in response.text
    assert client.post(page(open_vote, "check"), {"choice": ["1"]}).status_code == 403


def test_the_vote_of_a_private_community_does_not_exist_outside(
    open_vote: Ballot, outsider: User, client_of: SignIn, client: Client
) -> None:
    open_vote.community.is_public = False
    open_vote.community.save()
    assert client_of(outsider).get(open_vote.get_absolute_url()).status_code == 404
    assert client.get(open_vote.get_absolute_url()).status_code == 404


def test_a_session_that_ended_loses_no_choice(open_vote: Ballot, resident: User, client: Client) -> None:
    client.get("/")
    response = client.post(page(open_vote), {"choice": ["1", "3"]}, headers={"origin": "http://testserver"})
    assert response["Location"].startswith("/account/login/")
    assert KeptForm.objects.get().fields == [["choice", "1"], ["choice", "3"]]
    client.force_login(resident)
    assert client.post(page(open_vote), {"choice": ["1", "3"]}).status_code == 302
    assert UnfinishedVote.objects.get().choices == {"1": 1, "3": 1}
    assert not KeptForm.objects.exists()


def test_two_people_on_one_phone(open_vote: Ballot, resident: User, neighbours: list[User], client: Client) -> None:
    client.force_login(resident)
    client.post(page(open_vote), {"choice": ["1"]})
    client.post(reverse("account_logout"))
    client.force_login(neighbours[0])
    assert "Your vote is not finished" not in client.get("/").text
    assert not client.get(page(open_vote)).context["form"].choices
    client.post(page(open_vote, "check"), {"choice": ["2"]})
    client.force_login(resident)
    assert client.get(page(open_vote)).context["form"].choices == {"1": 1}
    assert Paper.objects.get().choices == {"2": 1}


def test_a_vote_that_is_not_open_yet(announced: Ballot, amina: Client) -> None:
    response = amina.get(page(announced))
    assert response.status_code == 403
    assert "not open yet" in response.text


@pytest.mark.parametrize("count", [1, 20])
def test_a_vote_takes_the_same_number_of_queries_whatever_is_on_it(
    count: int,
    make_ballot: MakeBallot,
    make_open: Open,
    amina: Client,
    django_assert_num_queries: Any,
) -> None:
    ballot = make_open(make_ballot(options=[(f"Option {n}", 1000) for n in range(count + 1)]))
    amina.get(page(ballot))
    with django_assert_num_queries(8):
        amina.get(page(ballot))
    amina.post(page(ballot), {"choice": ["1"]})
    with django_assert_num_queries(9):
        amina.get(page(ballot, "check"))
    # SQLite takes the three writes of a vote one by one, and the codes apart; and here has two savepoints.
    with django_assert_num_queries(6 if connection.vendor == "postgresql" else 11):
        amina.post(page(ballot, "check"), {"choice": ["1"]})
