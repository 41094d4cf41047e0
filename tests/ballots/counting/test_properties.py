"""What holds of any election, on small ones drawn by chance from fixed seeds."""

import random
from dataclasses import replace

import pytest

from ballots.counting import count
from ballots.counting.shapes import Option, Rule

RULES = [
    Rule("approval"),
    Rule("approval", seats=3, min_share=10),
    Rule("score", seats=2, min_sample=2),
    Rule("ranked"),
    Rule("ranked", seats=3),
    Rule("budget", budget=900),
    Rule("budget", budget=900, budget_rule="greedy"),
]
EACH = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.method}-{rule.seats}-{rule.budget_rule}")


def elections(rule, how_many=60):
    """Five options and up to 40 papers, as the method wants them."""
    chance = random.Random(f"{rule.method} {rule.seats} {rule.budget_rule}")
    for _number in range(how_many):
        options = [Option(code, chance.randint(1, 6) * 100) for code in "ABCDE"]
        papers = []
        for _paper in range(chance.randint(0, 40)):
            named = chance.sample("ABCDE", chance.randint(0, 5))
            value = {"ranked": lambda place: place + 1, "score": lambda _place: chance.randint(0, 5)}
            papers.append({code: value.get(rule.method, lambda _place: 1)(at) for at, code in enumerate(named)})
        yield options, papers, chance


@EACH
def test_the_order_of_papers_never_matters(rule):
    for options, papers, chance in elections(rule, 25):
        counted = count(options, papers, replace(rule, seed="s"))
        shuffled = [
            dict(chance.sample(list(paper.items()), len(paper))) for paper in chance.sample(papers, len(papers))
        ]
        assert count(options, shuffled, replace(rule, seed="s")) == counted


@EACH
def test_nor_does_the_order_of_the_options(rule):
    for options, papers, chance in elections(rule, 25):
        first = count(options, papers, replace(rule, seed="s"))
        again = count(chance.sample(options, len(options)), papers, replace(rule, seed="s"))
        assert (again.winners, again.totals) == (first.winners, first.totals)


@EACH
def test_other_names_give_the_same_result_where_no_lot_decides(rule):
    """Where ten seeds agree no lot decides; then the winners only change their names."""
    looked_at = 0
    for options, papers, chance in elections(rule):
        results = {count(options, papers, replace(rule, seed=str(seed))).winners for seed in range(10)}
        if len(results) > 1:
            continue
        looked_at += 1
        names = dict(zip("ABCDE", chance.sample("VWXYZ", 5), strict=True))
        renamed = [Option(names[option.code], option.cost) for option in options]
        on_paper = [{names[code]: value for code, value in paper.items()} for paper in papers]
        counted = count(renamed, on_paper, replace(rule, seed="s"))
        assert [tuple(names[code] for code in winners) for winners in results] == [counted.winners]
    assert looked_at >= 20


@EACH
def test_nobody_wins_whom_nobody_named(rule):
    for options, papers, _chance in elections(rule):
        named = {code for paper in papers for code, value in paper.items() if value}
        counted = count(options, papers, replace(rule, seed="s"))
        assert set(counted.winners) <= named
        assert len(set(counted.winners)) == len(counted.winners)
        if rule.method != "budget":
            assert len(counted.winners) <= rule.seats
        else:
            assert sum(option.cost for option in options if option.code in counted.winners) <= rule.budget


@pytest.mark.parametrize("rule", [RULES[0], RULES[1], replace(RULES[2], min_sample=1), RULES[3]])
def test_everybody_twice_changes_nothing(rule):
    """Not promised where whole numbers come in between: the quota of several seats, the steps of a budget."""
    for options, papers, _chance in elections(rule, 25):
        once = count(options, papers, replace(rule, seed="s"))
        assert count(options, papers * 2, replace(rule, seed="s")).winners == once.winners
