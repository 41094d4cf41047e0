"""A vote by one statement is a short cut of the rule, and no rule of its own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.erasure import erase_everywhere
from accounts.models import User
from ballots.actions import voting
from ballots.actions.box import put_in_box_if_open
from ballots.actions.running import close_ballot
from ballots.actions.voting import cast_vote, keep_choices
from ballots.exceptions import NotAllowed, NotNow
from ballots.guards import Address, line_to_read
from ballots.models import Ballot, BallotKey, Elector, Paper, UnfinishedVote
from record import clock
from tests.races import Act, held, waits_or_ends

pytestmark = pytest.mark.postgres
METHODS: list[tuple[str, dict[str, Any], dict[str, int]]] = [
    ("budget", {}, {"1": 1, "3": 1}),
    ("approval", {"budget": 0, "most_choices": 2}, {"1": 1, "2": 1}),
    ("ranked", {"budget": 0}, {"2": 1, "1": 2}),
    ("score", {"budget": 0}, {"1": 5, "2": 0}),
]


@pytest.fixture
def no_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise AssertionError("This vote went the long way")

    monkeypatch.setattr(voting, "_cast_in_turn", fail)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "terms", "choices"), METHODS, ids=[each[0] for each in METHODS])
@pytest.mark.usefixtures("no_long_way", "resident")
def test_every_method_is_read_written_and_nothing_more(
    make_ballot: Any, make_open: Any, resident: User, method: str, terms: dict[str, Any], choices: dict[str, int]
) -> None:
    """Two queries: the line with its ballot, and the statement. No third, for something of the ballot not read."""
    ballot = make_open(make_ballot(method=method, **terms))
    with CaptureQueriesContext(connection) as queries:
        paper = cast_vote(ballot=ballot, acting_user=resident, choices=choices)
    assert len(queries) == 2
    assert Paper.objects.get().choices == paper.choices == choices
    assert Paper.objects.get().receipt == paper.receipt
    assert Elector.objects.get(user=resident).channel == "online"


@pytest.mark.django_db
@pytest.mark.usefixtures("no_long_way")
def test_it_ends_what_was_not_cast_and_keeps_the_receipt(open_vote: Ballot, resident: User) -> None:
    first = cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    keep_choices(ballot=open_vote, acting_user=resident, choices={"2": 1})
    where = Address(open_vote.community.slug, open_vote.reference, resident)
    second = cast_vote(ballot=where, acting_user=resident, choices=lambda ballot: dict.fromkeys(ballot.codes[1:2], 1))
    assert (second.receipt, second.pk) == (first.receipt, first.pk)
    assert Paper.objects.get().choices == {"2": 1}
    assert not UnfinishedVote.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", [each for each in Ballot.State.values if each != "open"])
def test_it_does_nothing_unless_the_vote_is_open(open_vote: Ballot, resident: User, state: str) -> None:
    why = "There was a mistake in it." if state == "cancelled" else ""
    Ballot.objects.filter(pk=open_vote.pk).update(state=state, cancel_reason=why)
    with pytest.raises(NotNow):
        cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    assert not Paper.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("moment", "off"), [("opens_at", -1), ("closes_at", 0)])
def test_nor_before_its_hour_nor_after(open_vote: Ballot, resident: User, moment: str, off: int) -> None:
    with clock.at(getattr(open_vote, moment) + timedelta(seconds=off)), pytest.raises(NotNow):
        cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_nor_for_whoever_is_not_on_the_roll(open_vote: Ballot, newcomer: User) -> None:
    with pytest.raises(NotAllowed):
        cast_vote(ballot=open_vote, acting_user=newcomer, choices={"1": 1})


@pytest.mark.django_db
def test_nor_where_the_key_was_lost(open_vote: Ballot, resident: User) -> None:
    BallotKey.objects.all().delete()
    with pytest.raises(NotNow, match="lost its key"):
        cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_waits_for_the_close_is_not_counted(open_vote: Ballot, resident: User) -> None:
    """Its statement began while the vote was open, and looks again once it has the lock."""
    before, after = open_vote.closes_at - timedelta(seconds=1), open_vote.closes_at

    def close() -> None:
        with clock.at(after):
            close_ballot(ballot=open_vote)

    def vote(choices: Mapping[str, int]) -> None:
        with clock.at(before):
            cast_vote(ballot=open_vote, acting_user=resident, choices=choices)

    with held(close):
        late = Act(lambda: vote({"1": 1}))
        waits_or_ends(late)
    assert isinstance(late.ends(), NotNow)
    assert not Paper.objects.exists()
    assert Elector.objects.get(user=resident).channel == ""


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_waits_for_another_of_the_same_person(open_vote: Ballot, resident: User) -> None:
    with held(lambda: cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})):
        second = Act(lambda: cast_vote(ballot=open_vote, acting_user=resident, choices={"2": 1}))
        waits_or_ends(second)
    assert second.ends() is None
    assert Paper.objects.get().choices == {"2": 1}


@pytest.mark.django_db(transaction=True)
def test_a_vote_ends_choices_that_were_just_being_kept(open_vote: Ballot, resident: User) -> None:
    """On another phone. The statement would not see them, so it does not wait: the long way does, and looks then."""
    with held(lambda: keep_choices(ballot=open_vote, acting_user=resident, choices={"2": 1})):
        vote = Act(lambda: cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1}))
        waits_or_ends(vote)
    assert vote.ends() is None
    assert Paper.objects.get().choices == {"1": 1}
    assert not UnfinishedVote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_vote_is_taken_of_somebody_who_is_just_being_erased(open_vote: Ballot, resident: User) -> None:
    with held(lambda: erase_everywhere(resident)):
        vote = Act(lambda: cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1}))
        waits_or_ends(vote)
    assert isinstance(vote.ends(), NotAllowed)
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_nor_on_a_line_that_is_somebody_elses_by_now(open_vote: Ballot, resident: User) -> None:
    line = line_to_read(open_vote, resident)
    assert line is not None
    Elector.objects.filter(pk=line.pk).update(user=None)
    assert put_in_box_if_open(line, {"1": 1}) is None
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_nor_in_a_vote_that_closed_after_its_line_was_read(open_vote: Ballot, resident: User) -> None:
    """By its state, and by the clock before anybody came to close it."""
    line = line_to_read(open_vote, resident)
    assert line is not None
    with clock.at(open_vote.closes_at):
        assert put_in_box_if_open(line, {"1": 1}) is None
        close_ballot(ballot=open_vote)
    assert put_in_box_if_open(line, {"1": 1}) is None
    assert not Paper.objects.exists()
    assert Elector.objects.get(user=resident).channel == ""


@pytest.mark.django_db(transaction=True)
def test_votes_of_two_people_do_not_wait_for_each_other(open_vote: Ballot, resident: User) -> None:
    with held(lambda: cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1})):
        other = Act(
            lambda: cast_vote(
                ballot=open_vote,
                acting_user=Elector.objects.exclude(user=resident).select_related("user")[0].user,
                choices={"2": 1},
            )
        )
        assert other.ends() is None
    assert Paper.objects.count() == 2
