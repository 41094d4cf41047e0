"""Many at once, with real threads on PostgreSQL. Each of these fails without its guard (see ballots.guards)."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from ballots.actions.announcing import announce_ballot
from ballots.actions.counting import count_ballot
from ballots.actions.entering import enter_vote
from ballots.actions.preparing import change_option, start_ballot
from ballots.actions.running import close_ballot, open_ballot
from ballots.actions.voting import cast_vote
from ballots.exceptions import NotNow
from ballots.models import Ballot, Elector, Paper
from ballots.papers_file import read_papers
from ballots.terms import terms_digest
from communities.models import Community
from record import clock
from record.exceptions import Refusal
from record.models import Entry
from tests.ballots.conftest import MakeBallot
from tests.races import Act, held, together, waits_or_ends

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_hundred_votes_of_one_elector_are_one_paper_and_one_mark(open_vote: Ballot, resident: User) -> None:
    choices = [{"1": 1}, {"2": 1}, {"3": 1, "4": 1}, {}]
    acts = [
        lambda chosen=choices[n % 4]: cast_vote(ballot=open_vote, acting_user=resident, choices=chosen).receipt
        for n in range(200)
    ]
    receipts, raised = together(acts)
    assert not raised
    assert len(receipts) == 200
    assert len(set(receipts)) == 1
    paper = Paper.objects.get()
    assert paper.choices in choices
    assert list(Elector.objects.exclude(channel="").values_list("user", flat=True)) == [resident.pk]


def test_votes_and_the_close_at_the_same_moment_agree_with_the_count(
    make_ballot: MakeBallot, make_open: Callable[[Ballot], Ballot], make_user: Callable[..., User]
) -> None:
    draft = make_ballot()
    people = [make_user(f"Voter {n}", draft.community) for n in range(40)]
    ballot = make_open(draft)
    # Open for those who vote, due for the one who closes: both look at the clock of their own thread.
    before, after = ballot.closes_at - timedelta(seconds=1), ballot.closes_at

    def vote(person: User) -> str:
        with clock.at(before):
            return cast_vote(ballot=ballot, acting_user=person, choices={"1": 1}).receipt

    def close() -> bool:
        with clock.at(after):
            return close_ballot(ballot=ballot)

    half = len(people) // 2
    acts: list[Callable[[], object]] = [lambda person=person: vote(person) for person in people]
    acts.insert(half, close)
    gave, raised = together(acts)
    acknowledged = sorted(receipt for receipt in gave if isinstance(receipt, str))
    assert all(isinstance(error, NotNow) for error in raised)
    assert len(acknowledged) + len(raised) == 40
    ballot.refresh_from_db()
    assert ballot.state == "closed"
    assert ballot.voted_count == len(acknowledged)
    assert ballot.count.receipts.split() == acknowledged
    assert len(list(read_papers(ballot.count.papers))) == len(acknowledged)
    assert not Paper.objects.exists()


def test_a_vote_online_and_on_paper_at_once_is_one_vote(open_vote: Ballot, resident: User, facilitator: User) -> None:
    code = Elector.objects.get(user=resident).code
    acts = [
        lambda: cast_vote(ballot=open_vote, acting_user=resident, choices={"1": 1}),
        lambda: enter_vote(ballot=open_vote, acting_user=facilitator, code=code, channel="paper", choices={"2": 1}),
    ] * 10
    _gave, raised = together(acts)
    assert all(isinstance(error, NotNow) for error in raised)
    assert Paper.objects.get().choices == {"1": 1}  # by their own hand stands
    assert Elector.objects.get(user=resident).channel == "online"


def test_opening_at_once_takes_one_roll(announced: Ballot) -> None:
    def open_it() -> bool:
        with clock.at(announced.opens_at):
            return open_ballot(ballot=announced)

    gave, raised = together([open_it] * 6)
    assert not raised
    assert sorted(gave) == [False] * 5 + [True]
    assert Elector.objects.count() == 6
    assert Entry.objects.filter(kind="ballot.opened").count() == 1


def test_closing_at_once_and_counting_at_once_happen_once(open_vote: Ballot, resident: User) -> None:
    cast_vote(ballot=open_vote, acting_user=resident, choices={"3": 1})

    def close_it() -> bool:
        with clock.at(open_vote.closes_at):
            return close_ballot(ballot=open_vote)

    gave, raised = together([close_it] * 6)
    assert not raised
    assert sorted(gave) == [False] * 5 + [True]
    gave, raised = together([lambda: count_ballot(open_vote.pk)] * 6)
    assert not raised
    assert sorted(gave) == [False] * 5 + [True]
    assert Entry.objects.filter(kind="ballot.counted").count() == 1


def test_no_option_changes_while_it_is_announced(make_ballot: MakeBallot, facilitator: User, resident: User) -> None:
    ballot = make_ballot()
    option = ballot.options.all()[0]

    def change(cost: int) -> object:
        return change_option(option=option, acting_user=facilitator, title=option.title, about="", cost=cost)

    acts: list[Callable[[], object]] = [lambda cost=100_000 + n: change(cost) for n in range(10)]
    acts.insert(5, lambda: announce_ballot(ballot=ballot, acting_user=facilitator))
    _gave, raised = together(acts)
    assert all(isinstance(error, Refusal) for error in raised)
    ballot.refresh_from_db()
    assert ballot.terms_sha256 == terms_digest(ballot, ballot.options.all())


def test_two_taps_are_one_draft(community: Community, facilitator: User) -> None:
    submission = uuid.uuid4()

    def start() -> Ballot:
        words = {"question": "Which bench?", "method": "approval"}
        return start_ballot(community=community, acting_user=facilitator, submission=submission, **words)

    with held(start):
        again = Act(start)
        waits_or_ends(again)
    assert again.ends() is None
    assert Ballot.objects.get().submission == submission
