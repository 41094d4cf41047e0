"""What can stand on a paper of each method, and what is refused with which words."""

from typing import Any

import pytest

from ballots.choices import valid_choices
from ballots.exceptions import NotValid
from ballots.models import Ballot

CODES = ["1", "2", "3"]


def choose(method: str, choices: dict[str, Any], most: int = 0) -> dict[str, int]:
    return valid_choices(Ballot(method=method, most_choices=most), CODES, choices)


@pytest.mark.parametrize("method", ["approval", "budget", "score", "ranked"])
def test_an_empty_paper_is_a_vote_for_none(method: str) -> None:
    assert choose(method, {}) == {}


@pytest.mark.parametrize("method", ["approval", "budget"])
def test_ticks(method: str) -> None:
    assert choose(method, {"3": 1, "1": 1}) == {"1": 1, "3": 1}
    for wrong in (0, 2, -1):
        with pytest.raises(NotValid):
            choose(method, {"1": wrong})


def test_more_ticks_than_allowed_are_refused() -> None:
    assert choose("approval", {"1": 1, "2": 1}, most=2)
    with pytest.raises(NotValid, match="2 at most"):
        choose("approval", {"1": 1, "2": 1, "3": 1}, most=2)


def test_scores_lie_between_0_and_5() -> None:
    assert choose("score", {"1": 0, "2": 5}) == {"1": 0, "2": 5}
    for wrong in (-1, 6, 10**30):
        with pytest.raises(NotValid, match="0 to 5"):
            choose("score", {"1": wrong})


def test_places_lose_their_gaps_and_are_given_once() -> None:
    assert choose("ranked", {"2": 7, "1": 40}) == {"1": 2, "2": 1}
    with pytest.raises(NotValid, match="same number"):
        choose("ranked", {"1": 1, "2": 1})
    with pytest.raises(NotValid, match="from 1"):
        choose("ranked", {"1": 0, "2": 1})


@pytest.mark.parametrize("value", [True, 1.0, "1", None, float("nan")])
def test_only_whole_numbers_are_choices(value: Any) -> None:
    with pytest.raises(NotValid):
        choose("score", {"1": value})


def test_an_option_that_is_not_on_the_ballot_is_refused() -> None:
    with pytest.raises(NotValid, match="not on the ballot"):
        choose("approval", {"9": 1})
