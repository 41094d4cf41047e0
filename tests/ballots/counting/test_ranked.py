import random
from itertools import permutations

import pytest

from ballots.counting.lots import lot
from ballots.counting.ranked import count_condorcet, count_irv, count_ranked
from ballots.counting.shapes import Option, Rule

ABC = [Option(code) for code in "ABC"]


def order(**how_many):
    """ABC=3: three papers with A first, B second, C third; _=2: two empty ones."""
    return [
        {code: place for place, code in enumerate(codes.strip("_"), start=1)}
        for codes, papers in how_many.items()
        for _ in range(papers)
    ]


def tally(papers, options=ABC, door=count_ranked, **rule):
    return door(options, papers, Rule("ranked", **{"seed": "s", **rule}))


TENNESSEE = order(MNCK=42, NCKM=26, CKNM=15, KCNM=17)
TOWNS = [Option(code) for code in "MNCK"]


def test_who_beats_each_other_one_wins_though_the_run_off_would_not_choose_it():
    """The capital of Tennessee: Nashville beats each other town, and would go out in the second round."""
    counted = tally(TENNESSEE, TOWNS)
    assert counted.winners == ("N",)
    assert counted.totals == {"M": 42, "N": 26, "C": 15, "K": 17}
    assert counted.working["how"] == "condorcet"
    assert counted.working["pairwise"] == {
        "M": {"N": 42, "C": 42, "K": 42},
        "N": {"M": 58, "C": 68, "K": 68},
        "C": {"M": 58, "N": 32, "K": 83},
        "K": {"M": 58, "N": 32, "C": 17},
    }
    assert counted.working["rounds"] == [
        {"votes": {"M": 42, "N": 26, "C": 15, "K": 17}, "spent": 0, "out": "C", "tie": None, "winner": None},
        {"votes": {"M": 42, "N": 26, "K": 32}, "spent": 0, "out": "N", "tie": None, "winner": None},
        {"votes": {"M": 42, "K": 58}, "spent": 0, "out": None, "tie": None, "winner": "K"},
    ]


def test_the_run_off_alone():
    counted = tally(TENNESSEE, TOWNS, count_irv)
    assert (counted.winners, counted.working["how"]) == (("K",), "irv")


def test_where_each_is_beaten_by_another_the_run_off_decides():
    circle = order(BCA=9, ABC=8, CAB=7)
    counted = tally(circle)
    assert (counted.winners, counted.working["how"]) == (("A",), "irv")
    assert counted.working["rounds"][1]["votes"] == {"A": 15, "B": 9}
    nobody = tally(circle, door=count_condorcet)
    assert (nobody.winners, nobody.working["how"]) == ((), "none")


def test_more_than_half_of_the_papers_that_still_count_is_enough():
    """After C the papers of those who named only C are spent: 4 of 7 is more than half."""
    counted = tally(order(A=4, B=3, C=2), door=count_irv)
    assert counted.winners == ("A",)
    assert [each["spent"] for each in counted.working["rounds"]] == [0, 2]


def test_what_a_paper_does_not_place_is_behind_what_it_does():
    counted = tally(order(A=2, BC=1, _=3))
    assert counted.working["pairwise"] == {"A": {"B": 2, "C": 2}, "B": {"A": 1, "C": 1}, "C": {"A": 1, "B": 0}}
    assert (counted.papers, counted.working["valid"]) == (6, 3)


@pytest.mark.parametrize("seed", ["s", "t", "u", "v"])
def test_options_in_one_place_are_level_in_a_contest_and_go_by_the_lot_in_the_run_off(seed):
    papers = [{"A": 1, "B": 1, "C": 2}] * 3
    counted = tally(papers, seed=seed)
    first, second = sorted("AB", key=lambda code: lot(seed, code))
    assert counted.working["pairwise"]["A"] == {"B": 0, "C": 3}
    assert counted.working["pairwise"]["B"] == {"A": 0, "C": 3}
    assert counted.totals == {first: 3, second: 0, "C": 0}
    assert (counted.winners, counted.working["how"]) == ((first,), "irv")


def test_gaps_do_nothing():
    assert tally([{"A": 7, "B": 2}]) == tally([{"A": 2, "B": 1}])


def test_of_those_with_the_fewest_the_one_with_fewer_in_an_earlier_round_goes_out():
    """D's paper brings A level with B; a round earlier A had fewer."""
    counted = tally(order(W=5, B=3, A=2, DA=1), [Option(code) for code in "ABDW"], count_irv)
    assert [(each["out"], each["tie"]) for each in counted.working["rounds"]] == [
        ("D", None),
        ("A", "earlier"),
        (None, None),
    ]


@pytest.mark.parametrize("seed", ["s", "t", "u", "v"])
def test_then_the_lot_decides_who_stays(seed):
    first, second = sorted("AB", key=lambda code: lot(seed, code))
    counted = tally(order(A=3, B=3), seed=seed)
    assert counted.winners == (first,)
    assert counted.working["rounds"][0] | {"votes": None} == {
        "votes": None,
        "spent": 0,
        "out": second,
        "tie": "lot",
        "winner": None,
    }
    assert counted.working["unplaced"] == ["C"]


def test_neither_options_nor_papers():
    for door in (count_ranked, count_irv, count_condorcet):
        empty = tally([], [], door)
        assert (empty.winners, empty.totals, empty.working["how"]) == ((), {}, "none")
        assert tally([{}], door=door).winners == ()
        assert tally(order(A=1), [Option("A")], door).winners == ("A",)
        assert tally([], [Option("A")], door).winners == ()


@pytest.mark.parametrize("paper", [{"X": 1}, {"A": 0}])
def test_a_paper_that_cannot_be_is_refused(paper):
    with pytest.raises(ValueError, match=next(iter(paper))):
        tally([paper])


def naive_run_off(papers, codes, seed):
    """Paper by paper, with nothing merged and nothing carried over from one round to the next."""
    left = {code for paper in papers for code in paper}
    past = []
    while left:
        votes = dict.fromkeys(left, 0)
        for paper in papers:
            kept = [code for code in paper if code in left]
            if kept:
                votes[min(kept, key=paper.get)] += 1
        past.insert(0, votes)
        for code in left:
            if votes[code] * 2 > sum(votes.values()) or len(left) == 1:
                return code
        worst = sorted(left, key=lambda code: lot(seed, code), reverse=True)
        worst.sort(key=lambda code: [stage[code] for stage in past])
        left.remove(worst[0])
    return None


def naive_contest(papers, one, other):
    return sum(paper.get(one, 99) < paper.get(other, 99) for paper in papers)


def test_against_a_count_paper_by_paper():
    chance = random.Random(7)
    ways = {"condorcet": 0, "irv": 0}
    for number in range(150):
        codes = "ABCDE"[: chance.randint(2, 5)]
        options = [Option(code) for code in codes]
        weights = [chance.random() for _ in range(6)]
        orders = ["".join(chance.sample(codes, chance.randint(0, len(codes)))) for _ in weights]
        papers = [
            {code: place for place, code in enumerate(chosen, start=1)}
            for chosen in chance.choices(orders, weights, k=chance.randint(1, 25))
        ]
        rule = Rule("ranked", seed=str(number))
        counted = count_ranked(options, papers, rule)
        for one, other in permutations(codes, 2):
            assert counted.working["pairwise"][one][other] == naive_contest(papers, one, other)
        assert next(iter(count_irv(options, papers, rule).winners), None) == naive_run_off(papers, codes, str(number))
        best = [
            one
            for one in codes
            if all(naive_contest(papers, one, each) > naive_contest(papers, each, one) for each in codes if each != one)
        ]
        assert list(count_condorcet(options, papers, rule).winners) == best
        assert counted.winners == (tuple(best) or count_irv(options, papers, rule).winners)
        ways[counted.working["how"]] = ways.get(counted.working["how"], 0) + 1
    assert min(ways["condorcet"], ways["irv"]) >= 10  # both were looked at


def test_the_order_of_papers_does_nothing():
    chance = random.Random(8)
    papers = [{code: chance.randint(1, 3) for code in chance.sample("ABC", chance.randint(0, 3))} for _ in range(40)]
    counted = tally(papers)
    for _ in range(5):
        chance.shuffle(papers)
        papers = [dict(chance.sample(list(paper.items()), len(paper))) for paper in papers]
        assert tally(iter(papers)) == counted
