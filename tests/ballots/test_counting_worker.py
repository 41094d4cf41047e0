"""Who counts: once, with progress, and taken up again where a worker died."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from ballots import counting
from ballots.actions.counting import GIVEN_UP_AFTER, ballots_to_count, count_ballot
from ballots.models import Ballot, Count
from record import clock
from record.models import Entry
from tests.ballots.conftest import MakeBallot, close

Vote = Callable[..., None]


@pytest.fixture
def closed(
    make_ballot: MakeBallot, make_open: Callable[[Ballot], Ballot], vote: Vote, neighbours: list[User]
) -> Ballot:
    ballot = make_open(make_ballot(method="approval", seats=2))
    for person in neighbours:
        vote(person, "1", "2", ballot=ballot)
    return close(ballot)


def test_a_closed_ballot_waits_to_be_counted_and_then_no_more(closed: Ballot) -> None:
    assert ballots_to_count() == [closed.pk]
    assert count_ballot(closed.pk)
    assert ballots_to_count() == []
    assert not count_ballot(closed.pk)
    assert Entry.objects.filter(kind="ballot.counted").count() == 1


def test_a_count_that_died_is_taken_up_again(closed: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_arguments: Any) -> None:
        raise KeyboardInterrupt  # as a killed worker: nothing tidies up after it

    with monkeypatch.context() as patch:
        patch.setattr(counting, "count", dies)
        with pytest.raises(KeyboardInterrupt):
            count_ballot(closed.pk)
    assert not count_ballot(closed.pk)  # it may still be at work
    assert ballots_to_count() == []
    with clock.at(clock.now() + GIVEN_UP_AFTER + timedelta(seconds=1)):
        assert ballots_to_count() == [closed.pk]
        assert count_ballot(closed.pk)
    count = Count.objects.get()
    assert (count.attempts, count.progress, sorted(count.winners)) == (2, 100, ["1", "2"])


def test_a_count_that_moves_is_not_taken_over(closed: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker says how far it is; meanwhile another one leaves it alone."""
    real = counting.count
    seen: list[tuple[int, list[Any]]] = []

    def slow(options: Any, papers: Any, rule: Any, progress: Callable[[int], None]) -> Any:
        later = clock.now() + GIVEN_UP_AFTER - timedelta(seconds=5)
        with clock.at(later):
            progress(40)
        with clock.at(later + timedelta(seconds=30)):
            seen.append((Count.objects.get().progress, ballots_to_count()))
        return real(options, papers, rule, progress)

    monkeypatch.setattr(counting, "count", slow)
    assert count_ballot(closed.pk)
    assert seen == [(40, [])]
