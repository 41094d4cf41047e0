import random

import pytest

from ballots.counting.lots import lot
from ballots.counting.score import count_score
from ballots.counting.shapes import Option, Rule

OPTIONS = [Option(code) for code in "ABC"]


def papers_of(**scores):
    """A=[5, 4]: two papers give A 5 and 4. Shorter lists leave the option out on the later papers."""
    longest = max(len(given) for given in scores.values())
    return [{code: given[at] for code, given in scores.items() if at < len(given)} for at in range(longest)]


def tally(papers, options=OPTIONS, **rule):
    return count_score(options, papers, Rule("score", **{"seed": "s", **rule}))


def row(counted, code):
    return next(row for row in counted.working["rows"] if row["code"] == code)


def test_the_highest_mean_among_those_who_scored_it():
    counted = tally(papers_of(A=[5, 4, 4], B=[5], C=[3, 3, 3]), seats=2)
    assert counted.winners == ("B", "A")
    assert counted.totals == {"A": 13, "B": 5, "C": 9}
    assert counted.papers == 3
    assert row(counted, "A") == {
        "code": "A",
        "counts": [0, 0, 0, 0, 2, 1],
        "scored": 3,
        "mean": "13/3",
        "won": True,
        "why": None,
        "tie": None,
    }
    assert row(counted, "C")["why"] == "seats"


def test_too_few_scorers_do_not_make_a_mean_count():
    counted = tally(papers_of(A=[4, 4, 4], B=[5, 5], C=[]), seats=3, min_sample=3)
    assert counted.winners == ("A",)
    assert [each["code"] for each in counted.working["rows"]] == ["A", "B", "C"]
    assert (row(counted, "B")["why"], row(counted, "B")["mean"]) == ("sample", "5/1")
    assert (row(counted, "C")["why"], row(counted, "C")["mean"]) == ("sample", None)


@pytest.mark.parametrize(("share", "winner"), [(20, ("B",)), (21, ("A",))])
def test_the_least_share_of_papers_must_have_scored_it(share, winner):
    counted = tally([*papers_of(A=[4, 4, 4, 4], B=[5]), {}], min_share=share)
    assert counted.winners == winner
    assert row(counted, "B")["why"] == (None if share == 20 else "share")


def test_a_score_of_nothing_is_a_score_but_never_wins():
    counted = tally(papers_of(A=[0, 0], B=[0, 1]), seats=3)
    assert counted.winners == ("B",)
    assert row(counted, "A")["why"] == "points"
    assert row(counted, "B")["mean"] == "1/2"


def test_equal_means_go_by_fives_then_fours_then_the_lot():
    fives = tally(papers_of(A=[4, 4], B=[5, 3]))
    assert fives.winners == ("B",)
    assert fives.working["last_seat"] == {"codes": ["B", "A"], "by": "scores"}
    fours = tally(papers_of(A=[5, 3, 3, 1], B=[5, 4, 2, 1], C=[5, 4, 3, 0]), seats=3)
    assert fours.winners == ("C", "B", "A")
    assert {each["tie"] for each in fours.working["rows"]} == {"scores"}
    more_of_the_lowest = tally(papers_of(A=[4, 4, 4, 0], B=[5, 1]))
    assert more_of_the_lowest.winners == ("B",)


@pytest.mark.parametrize("seed", ["s", "t", "u", "v"])
def test_the_lot_decides_what_nothing_else_does(seed):
    counted = tally(papers_of(A=[4, 2], B=[2, 4], C=[4, 2]), seats=2, seed=seed)
    drawn = sorted("ABC", key=lambda code: lot(seed, code))
    assert list(counted.winners) == drawn[:2]
    assert counted.working["last_seat"] == {"codes": drawn, "by": "lot"}


def test_the_mean_is_exact():
    """1/3 and 33,333 of 100,000 differ by less than a page could show."""
    a = [1] * 33_333 + [0] * 66_667
    b = [1, 0, 0]
    assert tally(papers_of(A=a, B=b)).winners == ("B",)


@pytest.mark.parametrize("paper", [{"X": 1}, {"A": 6}, {"A": -1}])
def test_a_paper_that_cannot_be_is_refused(paper):
    with pytest.raises(ValueError, match=next(iter(paper))):
        tally([paper])


def test_neither_options_nor_papers():
    assert tally([], options=[]).winners == ()
    assert tally([]).winners == ()
    assert tally([{}], seats=9).papers == 1


def test_the_order_of_papers_does_nothing():
    chance = random.Random(6)
    papers = [{code: chance.randint(0, 5) for code in chance.sample("ABC", chance.randint(0, 3))} for _ in range(50)]
    counted = tally(papers, seats=2)
    for _ in range(5):
        chance.shuffle(papers)
        assert tally(iter(papers), seats=2) == counted
