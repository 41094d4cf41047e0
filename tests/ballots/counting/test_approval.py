import random
from collections import Counter
from fractions import Fraction

import pytest

from ballots.counting.approval import count_approval
from ballots.counting.lots import lot
from ballots.counting.shapes import Option, Rule

A, B, C, D = (Option(code) for code in "ABCD")


def ticks(**how_many):
    """AB=3: three papers that tick A and B; _=2: two empty ones."""
    return [dict.fromkeys(codes.strip("_"), 1) for codes, papers in how_many.items() for _ in range(papers)]


def tally(papers, options=(A, B, C, D), **rule):
    return count_approval(options, papers, Rule("approval", **{"seed": "s", **rule}))


def column(counted, name):
    return {row["code"]: row[name] for row in counted.working["rows"]}


def test_the_most_ticks_come_first():
    counted = tally(ticks(AB=3, B=2, C=1, BC=1), seats=2)
    assert counted.winners == ("B", "A")
    assert counted.totals == {"A": 3, "B": 6, "C": 2, "D": 0}
    assert counted.papers == 7
    assert [row["code"] for row in counted.working["rows"]] == ["B", "A", "C", "D"]
    assert column(counted, "why") == {"B": None, "A": None, "C": "seats", "D": "unnamed"}
    assert column(counted, "tie") == dict.fromkeys("ABCD")


def test_what_nobody_ticked_never_wins_however_many_seats_there_are():
    assert tally(ticks(A=2, B=1), seats=9).winners == ("A", "B")


@pytest.mark.parametrize(("share", "winners"), [(30, ("A", "B")), (31, ("A",)), (100, ())])
def test_the_least_share_is_of_all_papers_exactly_and_empty_ones_count(share, winners):
    counted = tally(ticks(A=5, B=3, _=2), seats=2, min_share=share)
    assert counted.papers == 10
    assert counted.winners == winners


def test_below_the_share_is_said_so():
    assert column(tally(ticks(A=9, B=1), min_share=20, seats=2), "why")["B"] == "share"


def test_equal_ticks_go_to_the_lowest_cost():
    options = [Option("A", 300), Option("B", 200), Option("C", 200)]
    counted = tally(ticks(A=2, B=2, C=1), options)
    assert counted.winners == ("B",)
    assert column(counted, "tie") == {"A": "cost", "B": "cost", "C": None}
    assert counted.working["last_seat"] == {"codes": ["B", "A"], "by": "cost"}


@pytest.mark.parametrize("seed", ["s", "t", "u", "v", "w"])
def test_then_the_lot_decides_and_the_working_says_so(seed):
    counted = tally(ticks(A=2, B=2, C=2), seed=seed)
    drawn = sorted("ABC", key=lambda code: lot(seed, code))
    assert counted.winners == (drawn[0],)
    assert counted.working["last_seat"] == {"codes": drawn, "by": "lot"}
    assert column(counted, "tie") == {"A": "lot", "B": "lot", "C": "lot", "D": None}


def test_a_tie_that_decides_nothing_is_not_told_as_one_that_did():
    counted = tally(ticks(A=2, B=2, C=1), seats=2)
    assert counted.working["last_seat"] is None
    assert column(counted, "tie")["A"] == "lot"


def test_the_shortlist_gives_a_smaller_group_its_share_of_the_seats():
    """Six of ten tick A, B and C, four tick D: a seat costs one, everybody holds 3/10.

    A, B and C would each cost the six 1/6, D costs the four 1/4. A and B leave the six 3/10 − 2/6 < 0: after A each
    holds 2/15, in all 12/15, so B cannot be bought. D can; the last seat goes to the most ticks.
    """
    counted = tally(ticks(ABC=6, D=4), seats=3, seed="z")
    first, second = sorted("ABC", key=lambda code: lot("z", code))[:2]
    assert set(counted.winners) == {"A", "B", "C"}
    assert counted.working["shortlist"] == {
        "winners": [first, "D", second],
        "rounds": [
            {"code": first, "by": "shares", "price": "1/6", "tied": True},
            {"code": "D", "by": "shares", "price": "1/4", "tied": False},
            {"code": second, "by": "votes", "price": None, "tied": False},
        ],
    }
    assert counted.working["voters_with_a_pick"] == {"plain": 6, "shortlist": 10}


def test_who_cannot_pay_the_full_price_pays_what_is_left():
    """Ten people, 2 seats, 1/5 each. A (8 ticks) costs 1/8 each; 3/40 is left to those who paid.

    B is ticked by six who paid and by two who did not: 6 × 3/40 = 9/20, so the two pay the other 11/20 — more than
    the 1/5 they have. B cannot be bought and takes the last seat by ticks.
    """
    counted = tally(ticks(AB=6, A=2, B=2), seats=2, seed="z")
    rounds = counted.working["shortlist"]["rounds"]
    assert [each["by"] for each in rounds] == ["shares", "votes"]


def test_the_poor_pay_all_they_hold_and_the_others_the_rest():
    """Twelve people, 3 seats, 1/4 each. A: nine pay 1/9, 5/36 is left to each of them.

    B: three of those nine and three others. 3 × 5/36 = 15/36; the other three pay (1 − 15/36) ÷ 3 = 7/36 ≤ 1/4.
    """
    counted = tally(ticks(A=6, AB=3, B=3), seats=3)
    assert [each["price"] for each in counted.working["shortlist"]["rounds"]] == ["1/9", "7/36"]


def test_who_has_nothing_left_pays_nothing_and_owes_nothing():
    """Twelve people, 4 seats, 1/3 each. A and D: the same six pay 1/6 twice, all they have.

    B is ticked by two of them and three others: the three pay 1/3. So is C, by the same two and another three.
    """
    counted = tally(ticks(B=3, C=3, ABCD=2, AD=4), seats=4)
    assert [(each["by"], each["price"]) for each in counted.working["shortlist"]["rounds"]] == [
        ("shares", "1/6"),
        ("shares", "1/6"),
        ("shares", "1/3"),
        ("shares", "1/3"),
    ]
    assert counted.working["voters_with_a_pick"] == {"plain": 12, "shortlist": 12}


def test_what_may_not_win_is_not_on_the_shortlist():
    counted = tally(ticks(A=8, B=2), seats=5, min_share=50)
    assert counted.working["shortlist"]["winners"] == ["A"]


def test_points_count_as_a_tick():
    assert tally([{"A": 7}, {"B": 1}, {"B": 2}]).totals == {"A": 1, "B": 2, "C": 0, "D": 0}


def test_neither_options_nor_papers():
    empty = tally([], options=[], seats=3)
    assert (empty.winners, empty.totals, empty.papers) == ((), {}, 0)
    assert tally([]).winners == ()
    assert tally([{}, {}]).papers == 2
    assert tally(ticks(A=1), seats=0).winners == ()


@pytest.mark.parametrize("paper", [{"X": 1}, {"A": 0}, {"A": -1}])
def test_a_paper_that_cannot_be_is_refused(paper):
    with pytest.raises(ValueError, match=next(iter(paper))):
        tally([{"A": 1}, paper])


def test_a_code_is_on_the_ballot_once():
    with pytest.raises(ValueError, match="same code"):
        tally([], options=[A, A])


def naive_shortlist(papers, options, seats, seed):
    """Person by person: at each step, look for the price of every option afresh."""
    people = [set(paper) for paper in papers if paper]
    purse = [Fraction(seats, len(people) or 1) for _ in people]
    votes = Counter(code for named in people for code in named)
    plain = sorted(options, key=lambda option: (-votes[option.code], option.cost, lot(seed, option.code)))
    able = [option.code for option in plain if votes[option.code]]
    chosen, rounds = [], []
    while len(chosen) < seats:
        prices = {}
        for code in [code for code in able if code not in chosen]:
            backers = [at for at, named in enumerate(people) if code in named]
            fair = [
                share
                for poor in range(len(backers))
                for broke in [sorted(backers, key=purse.__getitem__)[:poor]]
                for share in [(Fraction(1) - sum(purse[at] for at in broke)) / (len(backers) - poor)]
                if sum(min(purse[at], share) for at in backers) == 1
            ]
            if fair:
                prices[code] = fair[0]
        if not prices:
            break
        code = min(prices, key=prices.get)  # the first of the plain order among equals
        rounds.append((code, prices[code], list(prices.values()).count(prices[code]) > 1))
        for at, named in enumerate(people):
            purse[at] -= min(purse[at], prices[code]) if code in named else 0
        chosen.append(code)
    return rounds, (chosen + [code for code in able if code not in chosen])[:seats]


def test_the_shortlist_against_a_count_person_by_person():
    chance = random.Random(12)
    bought = added = 0
    for number in range(200):
        options = [Option(code, chance.randint(0, 2)) for code in "ABCDEF"]
        papers = [
            dict.fromkeys(chance.choices("ABCDEF", [3, 3, 2, 2, 1, 1], k=chance.randint(0, 5)), 1)
            for _ in range(chance.randint(1, 20))
        ]
        seats = chance.randint(1, 6)
        counted = tally(papers, options, seats=seats, seed=str(number)).working["shortlist"]
        rounds, listed = naive_shortlist(papers, options, seats, str(number))
        assert counted["winners"] == listed
        bought_here = [each for each in counted["rounds"] if each["by"] == "shares"]
        assert [(each["code"], Fraction(each["price"]), each["tied"]) for each in bought_here] == rounds
        bought += len(rounds)
        added += len(listed) - len(rounds)
    assert bought > 20 < added  # both ways on to the list were looked at


def test_the_order_of_papers_and_of_what_is_on_them_does_nothing():
    chance = random.Random(5)
    papers = [dict.fromkeys(chance.sample("ABCD", chance.randint(0, 4)), 1) for _ in range(60)]
    counted = tally(papers, seats=2)
    for _ in range(5):
        chance.shuffle(papers)
        papers = [dict(chance.sample(list(paper.items()), len(paper))) for paper in papers]
        assert tally(iter(papers), seats=2) == counted
    assert counted.totals == {code: Counter(c for paper in papers for c in paper)[code] for code in "ABCD"}
