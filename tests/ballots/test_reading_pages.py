"""The lists of votes and the page of one, in each state, for anybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ballots.actions.announcing import announce_ballot, cancel_ballot
from ballots.models import Ballot
from communities.models import Topic
from proposals.actions.backing import back_proposal
from tests.ballots.conftest import MakeBallot, close
from tests.stage import MakeProposal

LIST = "/c/larkfield/ballots/"


def test_a_draft_is_nobodys_business(make_ballot: MakeBallot, client: Client, facilitator: User) -> None:
    ballot = make_ballot()
    for address in ("/ballots/", LIST):
        assert ballot.question not in client.get(address).text
    assert client.get(ballot.get_absolute_url()).status_code == 404
    client.force_login(facilitator)
    assert "Only facilitators see this" in client.get(ballot.get_absolute_url()).text


def test_an_announced_vote_says_everything_that_is_fixed(announced: Ballot, client: Client) -> None:
    text = client.get(announced.get_absolute_url()).text
    for said in ("It opens on", "£12,000", "£4,200", "All verified residents", announced.seed, announced.terms_sha256):
        assert said in text
    assert "Residents decide" in text


def test_an_open_vote(open_vote: Ballot, client: Client, resident: User, professional: User) -> None:
    assert "Sign in and vote" in client.get(open_vote.get_absolute_url()).text
    client.force_login(resident)
    assert "Vote now" in client.get(open_vote.get_absolute_url()).text
    client.force_login(professional)
    assert "Residents vote. Everybody can read." in client.get(open_vote.get_absolute_url()).text


def test_whoever_voted_alone_sees_that_they_did(
    open_vote: Ballot, vote: Callable[..., None], resident: User, facilitator: User, client: Client
) -> None:
    before = client.get(open_vote.get_absolute_url()).text
    vote(resident, "1")
    assert client.get(open_vote.get_absolute_url()).text == before
    client.force_login(facilitator)
    assert "You have voted" not in client.get(open_vote.get_absolute_url()).text
    client.force_login(resident)
    assert "Change my vote" in client.get(open_vote.get_absolute_url()).text


def test_a_closed_vote_says_how_far_the_count_is(open_vote: Ballot, client: Client) -> None:
    ballot = close(open_vote)
    ballot.count.progress = 40
    ballot.count.save()
    assert "40 in 100 is done" in client.get(ballot.get_absolute_url()).text


def test_a_cancelled_vote_says_why(announced: Ballot, facilitator: User, client: Client) -> None:
    cancel_ballot(ballot=announced, acting_user=facilitator, reason="An option was left out.")
    assert "An option was left out." in client.get(announced.get_absolute_url()).text
    assert "Cancelled" in client.get(LIST).text


def test_what_waits_for_the_next_vote(
    make_proposal: MakeProposal, green: Topic, neighbours: list[User], client: Client
) -> None:
    proposal = make_proposal(topic=green, title="Winter lights on the plum tree")
    for person in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=person)
    text = client.get(LIST).text
    assert "Waiting for the next vote" in text
    assert proposal.title in text


def test_a_long_list_leads_to_all_that_is_open_or_coming(
    make_ballot: MakeBallot, facilitator: User, resident: User, client: Client
) -> None:
    for n in range(21):
        announce_ballot(ballot=make_ballot(question=f"Question {n}?"), acting_user=facilitator)
    for address in ("/ballots/", LIST):
        text = client.get(address).text
        assert text.count('class="vote-row"') == 20
        assert 'href="?now=1"' in text
        page = client.get(address, {"now": "1"})
        assert page.text.count('class="vote-row"') == 20
        last = client.get(address + page.context["page"].next_url).text
        assert last.count('class="vote-row"') == 1


@pytest.mark.parametrize("count", [1, 20])
def test_lists_take_the_same_number_of_queries(
    count: int,
    make_ballot: MakeBallot,
    facilitator: User,
    resident: User,
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    for n in range(count):
        ballot = make_ballot(question=f"Question {n}?")
        announce_ballot(ballot=ballot, acting_user=facilitator)
        if n % 2 == 0:
            cancel_ballot(ballot=ballot, acting_user=facilitator, reason="A mistake.")
    with django_assert_num_queries(2):
        client.get("/ballots/")
    with django_assert_num_queries(4):
        client.get(LIST)
    client.force_login(resident)
    with django_assert_num_queries(5):
        client.get(LIST)


@pytest.mark.parametrize("count", [2, 20])
def test_the_page_of_a_vote_takes_the_same_number_of_queries(
    count: int,
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    resident: User,
    client: Client,
    django_assert_num_queries: Any,
) -> None:
    ballot = make_open(make_ballot(options=[(f"Option {n}", 1000) for n in range(count)]))
    with django_assert_num_queries(2):
        client.get(ballot.get_absolute_url())
    client.force_login(resident)
    with django_assert_num_queries(4):
        client.get(ballot.get_absolute_url())


def test_the_navigation_leads_to_votes(client: Client, resident: User) -> None:
    assert reverse("ballots:all") in client.get("/").text
    client.force_login(resident)
    assert LIST in client.get("/").text
    assert 'aria-current="true">Votes' in client.get(LIST).text
