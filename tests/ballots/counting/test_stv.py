import random
from decimal import ROUND_DOWN, Decimal

import pytest

from ballots.counting.lots import lot
from ballots.counting.ranked import count_ranked
from ballots.counting.shapes import Option, Rule
from ballots.counting.stv import count_stv


def order(**how_many):
    """ABC=3: three papers with A first, B second, C third; _=2: two empty ones."""
    return [
        {code: place for place, code in enumerate(codes.strip("_"), start=1)}
        for codes, papers in how_many.items()
        for _ in range(papers)
    ]


def tally(papers, codes, seats, seed="s"):
    return count_stv([Option(code) for code in codes], papers, Rule("ranked", seats=seats, seed=seed))


def told(counted, *names):
    return [tuple(stage[name] for name in names) for stage in counted.working["stages"]]


# The example in the Scottish Government's own paper on how votes are counted: Adams, Baker, Campbell, Gray, Miller.
SCOTLAND = order(
    AB=35, AGB=84, AGM=267, AG=49, AM=78, A=37, B=377, CAB=7, CAGB=7, CAGM=19, CAG=23, CAM=263, CA=38, CB=223, CGB=15,
    CGM=58, CG=10, CM=252, C=57, GB=54, GM=96, G=17, M=331,
)  # fmt: skip


def test_the_published_example_of_the_scottish_government():
    counted = tally(SCOTLAND, "ABCGM", 3)
    assert counted.winners == ("C", "A", "M")
    assert counted.totals == {"A": 550, "B": 377, "C": 972, "G": 167, "M": 331}
    assert (counted.working["valid"], counted.working["quota"]) == (2397, 600)
    assert told(counted, "what", "code", "surplus", "value", "elected", "filled") == [
        ("first", None, None, None, ["C"], []),
        ("surplus", "C", 372_00000, 38271, ["A"], []),  # 372 ÷ 972 = 0.38271(6…)
        ("surplus", "A", 86_62747, 12616, [], []),  # 86.62747 ÷ 686.62747 = 0.12616(3…)
        ("excluded", "G", None, None, ["M"], []),
    ]
    assert [stage["totals"] for stage in counted.working["stages"][1:]] == [
        {"A": 686_62747, "B": 462_34433, "C": 600_00000, "G": 198_76493, "M": 427_44292},
        {"A": 600_00000, "B": 467_09789, "C": 600_00000, "G": 251_59465, "M": 449_98104},
        {"A": 600_00000, "B": 537_77394, "C": 600_00000, "G": 0, "M": 602_78026},
    ]


def test_a_paper_that_is_passed_on_twice_is_worth_its_part_of_a_part():
    """0.38271 × 86.62747 ÷ 686.62747 = 0.04828(4…), cut off once, at the end."""
    stage = tally(SCOTLAND, "ABCGM", 3).working["stages"][2]
    assert stage["parcels"] == [
        {"papers": 550, "was": 100000, "now": 12616},
        {"papers": 357, "was": 38271, "now": 4828},
    ]


def test_what_is_excluded_passes_its_papers_on_at_what_they_are_worth():
    stage = tally(SCOTLAND, "ABCGM", 3).working["stages"][3]
    assert [(each["papers"], each["now"]) for each in stage["parcels"]] == [
        (167, 100000), (83, 38271), (400, 12616), (49, 4828),
    ]  # fmt: skip


def test_the_sweets_by_hand():
    """20 papers, 3 seats: quota 20 ÷ 4 + 1 = 6. C has 12, its surplus of 6 goes on at a half: S 1 + 4, B 1 + 2.

    P is out, O has 6 and is in. B is out: its own paper and its four halves name nobody else. S is the last left.
    """
    counted = tally(order(O=4, PO=2, CS=8, CB=4, S=1, B=1), "BCOPS", 3)
    assert counted.winners == ("C", "O", "S")
    assert told(counted, "what", "code", "value", "elected", "filled", "not_transferable") == [
        ("first", None, None, ["C"], [], 0),
        ("surplus", "C", 50000, [], [], 0),
        ("excluded", "P", None, ["O"], [], 0),
        ("excluded", "B", None, [], ["S"], 3_00000),
    ]
    assert counted.working["stages"][1]["totals"] == {
        "B": 3_00000,
        "C": 6_00000,
        "O": 4_00000,
        "P": 2_00000,
        "S": 5_00000,
    }


def test_thirds_are_cut_off_and_the_loss_is_told():
    """9 papers, 2 seats: quota 4. A has 6, surplus 2: 0.33333 each, 0.00002 is lost. B 2 + 1.33332, C 1 + 0.66666."""
    counted = tally(order(AB=4, AC=2, B=2, C=1), "ABC", 2)
    assert counted.winners == ("A", "B")
    stage = counted.working["stages"][1]
    assert stage["totals"] == {"A": 4_00000, "B": 3_33332, "C": 1_66666}
    assert (stage["value"], stage["rounding"]) == (33333, 2)
    assert told(counted, "code", "filled")[2] == ("C", ["B"])


def test_no_votes_go_to_those_who_are_elected_already():
    """A and B are both in at once: A's papers pass B over, whatever B still needs."""
    counted = tally(order(ABC=8, B=5, C=1, D=2), "ABCD", 3)  # quota 16 ÷ 4 + 1 = 5
    assert told(counted, "what", "code", "elected", "filled") == [
        ("first", None, ["A", "B"], []),
        ("surplus", "A", [], []),  # 3 of 8: C 1 + 8 × 0.375 = 4
        ("excluded", "D", [], ["C"]),
    ]
    assert counted.working["stages"][1]["totals"]["C"] == 4_00000


def test_the_last_seats_go_to_who_is_left_and_nothing_more_is_transferred():
    counted = tally(order(AB=9, B=2, C=1), "ABC", 3)
    assert counted.winners == ("A", "B", "C")
    assert told(counted, "what", "elected", "filled") == [("first", ["A"], ["B", "C"])]


def test_the_highest_surplus_goes_first():
    counted = tally(order(A=20, B=24, C=3, D=2, E=1), "ABCDE", 3)
    assert told(counted, "what", "code")[:3] == [("first", None), ("surplus", "B"), ("surplus", "A")]


def test_of_the_lowest_the_one_that_was_lower_at_the_latest_earlier_stage_is_excluded():
    """D's paper brings A level with B; before that A had fewer."""
    counted = tally(order(W=10, B=3, A=2, DA=1), "ABDW", 2)
    assert told(counted, "what", "code", "tie") == [
        ("first", None, None),
        ("surplus", "W", None),
        ("excluded", "D", None),
        ("excluded", "A", "earlier"),
    ]
    assert counted.winners == ("W", "B")


@pytest.mark.parametrize("seed", ["s", "t", "u", "v"])
def test_then_the_lot_decides(seed):
    first, second = sorted("AB", key=lambda code: lot(seed, code))
    counted = tally(order(W=10, B=3, A=3), "ABW", 2, seed)
    assert counted.winners == ("W", first)
    assert told(counted, "code", "tie")[-1] == (second, "lot")


@pytest.mark.parametrize("seed", ["s", "t", "u", "v"])
def test_equal_surpluses_go_by_the_lot(seed):
    counted = tally(order(A=10, B=10, C=2, D=3), "ABCD", 3, seed)  # quota 7
    first, second = sorted("AB", key=lambda code: lot(seed, code))
    assert counted.winners == (first, second, "D")
    assert told(counted, "code", "tie")[1:3] == [(first, "lot"), (second, None)]


def test_what_nobody_placed_takes_no_part():
    counted = tally(order(AB=3, _=2), "ABCD", 4)
    assert counted.winners == ("A", "B")
    assert counted.working["unplaced"] == ["C", "D"]
    assert (counted.papers, counted.working["valid"], counted.totals["C"]) == (5, 3, 0)


@pytest.mark.parametrize("seed", ["s", "t", "u", "v"])
def test_options_in_one_place_go_by_the_lot(seed):
    counted = tally([{"A": 1, "B": 1}] * 3, "AB", 1, seed)
    assert counted.winners == (min("AB", key=lambda code: lot(seed, code)),)


def test_several_seats_of_a_ranked_ballot_are_counted_so():
    options = [Option(code) for code in "ABCGM"]
    assert count_ranked(options, SCOTLAND, Rule("ranked", seats=3, seed="s")) == tally(SCOTLAND, "ABCGM", 3)


def test_neither_options_nor_papers_nor_seats():
    empty = tally([], "", 2)
    assert (empty.winners, empty.totals, empty.working["stages"]) == ((), {}, [])
    assert tally([{}], "AB", 2).winners == ()
    assert tally(order(A=3), "AB", 0).winners == ()


@pytest.mark.parametrize("paper", [{"X": 1}, {"A": 0}])
def test_a_paper_that_cannot_be_is_refused(paper):
    with pytest.raises(ValueError, match=next(iter(paper))):
        tally([paper], "A", 2)


class ByHand:
    """The Order once more, paper by paper in decimals, as one would with piles on a table. Shares no code."""

    def __init__(self, papers, seats, seed):
        self.papers = [[sorted(paper, key=paper.get), Decimal(1)] for paper in papers if paper]
        self.seats, self.seed = seats, seed
        self.hopeful = {code for ranking, _worth in self.papers for code in ranking}
        self.quota = Decimal(len(self.papers) // (seats + 1) + 1)
        self.holder = [ranking[0] for ranking, _worth in self.papers]
        self.fixed = {}  # elected, nothing over
        self.past, self.won, self.due = [], [], []

    def votes(self):
        votes = dict.fromkeys(self.hopeful | set(self.due), Decimal(0))
        for holder, (_ranking, worth) in zip(self.holder, self.papers, strict=True):
            if holder in votes:
                votes[holder] += worth
        return votes | self.fixed

    def best_first(self, codes):
        codes = sorted(codes, key=lambda code: lot(self.seed, code))
        return sorted(codes, key=lambda code: [stage.get(code, 0) for stage in self.past], reverse=True)

    def hand_on(self, code, factor):
        for at, (ranking, worth) in enumerate(self.papers):
            if self.holder[at] == code:
                if factor:
                    over, total = factor
                    self.papers[at][1] = (worth * over / total).quantize(Decimal("0.00001"), ROUND_DOWN)
                self.holder[at] = next((each for each in ranking if each in self.hopeful), None)

    def run(self):
        while True:
            votes = self.votes()
            self.past.insert(0, votes)
            reached = [code for code in self.best_first(self.hopeful) if votes[code] >= self.quota]
            self.won += reached
            self.due += [code for code in reached if votes[code] > self.quota]
            self.fixed |= {code: self.quota for code in reached if votes[code] == self.quota}
            self.hopeful -= set(reached)
            if len(self.hopeful) <= self.seats - len(self.won):
                return self.won + self.best_first(self.hopeful)
            if len(self.won) == self.seats:
                return self.won
            if self.due:
                code = self.best_first(self.due)[0]
                self.due.remove(code)
                self.fixed[code] = self.quota
                self.hand_on(code, (votes[code] - self.quota, votes[code]))
            else:
                code = self.best_first(self.hopeful)[-1]
                self.hopeful.remove(code)
                self.hand_on(code, None)


def test_against_the_order_done_by_hand_paper_by_paper():
    chance = random.Random(9)
    seen = set()
    for number in range(150):
        codes = "ABCDEFG"[: chance.randint(3, 7)]
        liked = [chance.random() ** 2 + 0.02 for _ in codes]
        papers = []
        for _ in range(chance.randint(5, 80)):
            ranking = sorted(codes, key=lambda code: chance.random() ** (1 / liked[codes.index(code)]), reverse=True)
            papers.append({code: place for place, code in enumerate(ranking[: chance.randint(0, len(codes))], start=1)})
        seats = chance.randint(2, 4)
        counted = tally(papers, codes, seats, str(number))
        by_hand = ByHand(papers, seats, str(number))
        assert list(counted.winners) == by_hand.run()
        stages = counted.working["stages"]
        assert len(stages) == len(by_hand.past)
        for stage, votes in zip(stages, reversed(by_hand.past), strict=True):
            assert {code: votes.get(code, 0) * 100_000 for code in stage["totals"]} == stage["totals"]
            whole = sum(stage["totals"].values()) + stage["not_transferable"] + stage["rounding"]
            assert whole == counted.working["valid"] * 100_000
            seen |= {stage["what"], stage["tie"]}
    assert seen == {"first", "surplus", "excluded", None, "earlier", "lot"}  # all of it was looked at


def test_the_order_of_papers_does_nothing():
    chance = random.Random(10)
    papers = [{code: chance.randint(1, 4) for code in chance.sample("ABCD", chance.randint(0, 4))} for _ in range(60)]
    counted = tally(papers, "ABCD", 2)
    for _ in range(5):
        chance.shuffle(papers)
        papers = [dict(chance.sample(list(paper.items()), len(paper))) for paper in papers]
        assert tally(iter(papers), "ABCD", 2) == counted
