"""Voting online: once, changed, unfinished, too early, too late, and by the wrong person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from accounts.erasure import data_of, erase_everywhere
from accounts.models import User
from ballots.actions.voting import cast_vote, drop_choices, keep_choices, own_paper, own_unfinished
from ballots.exceptions import NotAllowed, NotNow, NotValid
from ballots.models import Ballot, Elector, Paper, UnfinishedVote
from communities.actions.memberships import end_membership
from communities.models import Membership
from record import clock
from record.models import Entry, Event
from tests.ballots.conftest import counted


def line_of(user: User) -> Elector:
    return Elector.objects.get(user=user)


def test_a_vote_is_one_paper_and_one_mark(open_vote: Ballot, resident: User) -> None:
    paper = cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1, "3": 1})
    assert paper.choices == {"1": 1, "3": 1}
    assert Paper.objects.count() == 1
    assert line_of(resident).channel == "online"
    assert own_paper(open_vote, line_of(resident)) == paper


def test_changing_a_vote_writes_over_it_and_keeps_the_receipt(open_vote: Ballot, resident: User) -> None:
    first = cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    second = cast_vote(ballot=open_vote, acting_user=resident, choices={"2": 1})
    assert (Paper.objects.count(), second.receipt) == (1, first.receipt)
    assert Paper.objects.get().choices == {"2": 1}


def test_the_same_vote_twice_is_one(open_vote: Ballot, resident: User) -> None:
    receipts = {cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1}).receipt for _tap in range(3)}
    assert len(receipts) == 1
    assert Paper.objects.count() == 1


def test_unfinished_choices_count_for_nothing_until_they_are_cast(open_vote: Ballot, resident: User) -> None:
    keep_choices(ballot=open_vote, acting_user=resident, choices={"1": 1})
    assert own_unfinished(open_vote, line_of(resident)) == {"1": 1}
    assert not Paper.objects.exists()
    assert line_of(resident).channel == ""
    cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    assert not UnfinishedVote.objects.exists()


def test_dropping_choices_leaves_a_cast_vote_alone(open_vote: Ballot, resident: User) -> None:
    cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    keep_choices(ballot=open_vote, acting_user=resident, choices={"2": 1})
    for _tap in range(2):
        drop_choices(ballot=open_vote, acting_user=resident)
    assert own_unfinished(open_vote, line_of(resident)) is None
    assert Paper.objects.get().choices == {"1": 1}


def test_a_wrong_choice_leaves_everything_as_it_was(open_vote: Ballot, resident: User) -> None:
    cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    with pytest.raises(NotValid):
        cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1, "99": 1})
    assert Paper.objects.get().choices == {"1": 1}


def test_by_server_time_not_by_when_the_worker_comes(open_vote: Ballot, resident: User, announced: Ballot) -> None:
    with clock.at(open_vote.closes_at), pytest.raises(NotNow, match="closed"):  # nobody has closed it yet
        cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    with clock.at(announced.opens_at + timedelta(minutes=1)), pytest.raises(NotNow):  # nobody has opened it yet
        cast_vote(ballot=announced, acting_user=resident, choices={"1": 1})
    assert not Paper.objects.exists()


@pytest.mark.parametrize("who", ["professional", "facilitator", "newcomer", "outsider", "staff"])
def test_only_whoever_is_on_the_roll_votes(who: str, open_vote: Ballot, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        cast_vote(ballot=open_vote, acting_user=request.getfixturevalue(who), choices={"1": 1})


def test_leaving_after_the_opening_takes_no_vote_away(open_vote: Ballot, resident: User, facilitator: User) -> None:
    end_membership(membership=Membership.objects.get(user=resident, ended_at=None), acting_user=facilitator)
    assert cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})


def test_a_vote_announces_nothing(open_vote: Ballot, resident: User) -> None:
    before = (Event.objects.count(), Entry.objects.count(), Ballot.objects.get(pk=open_vote.pk).updated_at)
    cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    assert (Event.objects.count(), Entry.objects.count(), Ballot.objects.get(pk=open_vote.pk).updated_at) == before


def test_an_erased_person_keeps_the_vote_they_cast(
    open_vote: Ballot, resident: User, vote: Callable[..., None]
) -> None:
    vote(resident, "3")
    assert data_of(resident)["ballots"]["rolls"][0]["channel"] == "online"
    erase_everywhere(resident)
    assert not Elector.objects.filter(user=resident).exists()
    ballot = counted(open_vote)
    assert (ballot.online_count, ballot.count.totals["3"]) == (1, 1)


@pytest.mark.django_db
def test_one_index_of_the_box_begins_with_the_ballot() -> None:
    """While the box is nearly empty any other one looks as good, and would be read from end to end for each vote."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Paper._meta.db_table).values()
    serving = {
        tuple(one["columns"])
        for one in found
        if one["columns"] and one["columns"][0] == "ballot_id" and (one["index"] or one["unique"])
    }
    assert serving == {("ballot_id", "voter_key")}
