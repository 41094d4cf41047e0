"""Votes in the states that tests begin from, made through the actions."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from ballots.actions.announcing import announce_ballot
from ballots.actions.counting import count_ballot
from ballots.actions.preparing import add_option, start_ballot
from ballots.actions.running import close_ballot, open_ballot
from ballots.actions.voting import cast_vote
from ballots.models import Ballot
from communities.models import Community, Topic
from record import clock

MakeBallot = Callable[..., Ballot]
OPTIONS = [
    ("Warm room with soup", 420_000),
    ("Draught strips", 270_000),
    ("Grit bins", 115_000),
    ("Drying cupboard", 560_000),
]


def opening() -> datetime:
    return clock.now() + timedelta(hours=1)


@pytest.fixture
def green(community: Community) -> Topic:
    """Green space: residents decide."""
    return Topic.objects.select_related("rule").get(community=community, slug="green")


@pytest.fixture
def make_ballot(community: Community, facilitator: User, green: Topic) -> MakeBallot:
    """make_ballot(method="budget", options=[(title, pence), …], …terms): a draft, ready to be announced."""

    def make(options: list[tuple[str, int]] | None = None, **terms: Any) -> Ballot:
        given: dict[str, Any] = {
            "question": "How shall we spend the winter pot?",
            "topic": green,
            "method": "budget",
            "budget": 1_200_000,
            "opens_at": opening(),
            "closes_at": opening() + timedelta(days=7),
        }
        ballot = start_ballot(community=community, acting_user=facilitator, submission=uuid.uuid4(), **(given | terms))
        for title, cost in options or OPTIONS:
            add_option(ballot=ballot, acting_user=facilitator, title=title, cost=cost)
        ballot.refresh_from_db()
        return ballot

    return make


@pytest.fixture
def announced(make_ballot: MakeBallot, facilitator: User, neighbours: list[User], resident: User) -> Ballot:
    """A budget vote of Larkfield: five neighbours and Amina could vote."""
    return announce_ballot(ballot=make_ballot(), acting_user=facilitator)


@pytest.fixture
def make_open(facilitator: User) -> Callable[[Ballot], Ballot]:
    """make_open(draft): announced, and its opening time has come. The clock stays where it is: the times move."""

    def make(ballot: Ballot) -> Ballot:
        announce_ballot(ballot=ballot, acting_user=facilitator)
        Ballot.objects.filter(pk=ballot.pk).update(opens_at=clock.now() - timedelta(minutes=1))
        assert open_ballot(ballot=ballot)
        return Ballot.objects.select_related("community").get(pk=ballot.pk)

    return make


@pytest.fixture
def open_vote(
    make_ballot: MakeBallot, make_open: Callable[[Ballot], Ballot], neighbours: list[User], resident: User
) -> Ballot:
    """A budget vote that is open; on the roll are five neighbours and Amina."""
    return make_open(make_ballot())


@pytest.fixture
def vote(open_vote: Ballot) -> Callable[..., None]:
    """vote(user, "1", "3") ticks; vote(user, {"1": 2}) says it whole."""

    def cast(user: User, *choices: str | Mapping[str, int], ballot: Ballot = open_vote) -> None:
        given = choices[0] if choices and not isinstance(choices[0], str) else {str(code): 1 for code in choices}
        cast_vote(ballot=ballot, acting_user=user, choices=given)  # type: ignore[arg-type]

    return cast


def close(ballot: Ballot) -> Ballot:
    """Its closing time has come."""
    with clock.at(clock.now() + timedelta(days=8)):
        assert close_ballot(ballot=ballot)
    return Ballot.objects.select_related("community").get(pk=ballot.pk)


def counted(ballot: Ballot) -> Ballot:
    """Closed and counted."""
    close(ballot)
    assert count_ballot(ballot.pk)
    return Ballot.objects.select_related("community").get(pk=ballot.pk)
