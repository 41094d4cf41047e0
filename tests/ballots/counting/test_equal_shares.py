"""Equal Shares against a plain reading of its definition in fractions, one step at a time, on small hostile votes."""

import random
from fractions import Fraction

import pytest

from ballots.counting import count
from ballots.counting.lots import lot
from ballots.counting.shapes import Option, Rule


def plain_price(cost, purses):
    """What a full payer gives; None where there is too little."""
    if sum(purses) < cost:
        return None
    left, payers = Fraction(cost), len(purses)
    for purse in sorted(purses):
        if purse * payers >= left:
            return left / payers
        left, payers = left - purse, payers - 1
    raise AssertionError("enough money, and nobody to pay")


def plain_run(options, papers, share, seed):
    """Winners at one share, by trying every option in every round."""
    purses = [Fraction(share)] * len(papers)
    fans = {option.code: [at for at, paper in enumerate(papers) if option.code in paper] for option in options}
    missing = {option.code: option.cost for option in options if fans[option.code]}
    won = []
    while True:
        prices = {}
        for code, cost in missing.items():
            each = plain_price(cost, [purses[at] for at in fans[code]])
            if each is not None:
                prices[code] = (each / cost, cost, -len(fans[code]), lot(seed, code)), each
        if not prices:
            return won
        code = min(prices, key=lambda code: prices[code][0])
        for at in fans[code]:
            purses[at] = max(purses[at] - prices[code][1], Fraction(0))
        won.append(code)
        del missing[code]


def plain_count(options, papers, rule):
    costs = {option.code: option.cost for option in options if any(option.code in paper for paper in papers)}
    share = Fraction(rule.budget, len(papers))
    best = plain_run(options, papers, share, rule.seed)
    while rule.completion != "none":
        left = rule.budget - sum(costs[code] for code in best)
        missing = [code for code in costs if code not in best]
        if not missing or (rule.stop == "exhaustive" and all(costs[code] > left for code in missing)):
            break
        share += rule.step
        won = plain_run(options, papers, share, rule.seed)
        if sum(costs[code] for code in won) > rule.budget:
            break
        best = won
    return best


def hostile_vote(chance):
    """Few costs, few budgets and copied papers: full of ties and of purses that come out empty."""
    costs = [chance.choice([1, 2, 3, 4, 6, 12, 20, 35]) * chance.choice([1, 10]) for _ in range(chance.randint(1, 8))]
    options = [Option(f"o{number}", cost) for number, cost in enumerate(costs)]
    codes = [option.code for option in options]
    kinds = [dict.fromkeys(chance.sample(codes, chance.randint(0, len(codes))), 1) for _ in range(5)]
    papers = [chance.choice(kinds) for _ in range(chance.randint(1, 14))]
    return options, papers, chance.choice([12, 24, 30, 60, 100, 7])


@pytest.mark.parametrize("stop", ["exhaustive", "overspend"])
def test_it_is_the_definition(stop):
    for number in range(400):
        chance = random.Random(f"{stop} {number}")
        options, papers, budget = hostile_vote(chance)
        rule = Rule("budget", budget=budget, completion="add1", stop=stop, step=chance.choice([1, 3]), seed=str(number))
        assert list(count(options, papers, rule).winners) == plain_count(options, papers, rule), number


def test_no_completion_is_one_run_at_the_first_share():
    for number in range(200):
        options, papers, budget = hostile_vote(random.Random(number))
        rule = Rule("budget", budget=budget, completion="none", step=1)
        assert list(count(options, papers, rule).winners) == plain_count(options, papers, rule), number


def test_what_floating_point_cannot_tell_apart_is_told_apart():
    """The prices differ by about one part in 10 ** 17: the third voter has a third of a penny less or more."""
    huge = 10**15
    options = [Option("a", huge), Option("b", huge + 1), Option("c", huge - 1)]
    papers = [{"a": 1}, {"b": 1}, {"c": 1}]
    won = count(options, papers, Rule("budget", budget=3 * huge, completion="none")).winners
    assert won == ("c", "a")  # b is one penny too dear for its only supporter


def test_equal_prices_go_to_the_cheaper_then_to_more_votes_then_to_the_lot():
    both = [{"a": 1, "b": 1}] * 2
    options = [Option("a", 8), Option("b", 6)]
    assert count(options, both, Rule("budget", budget=8, completion="none")).winners == ("b",)
    same = [Option("a", 6), Option("b", 6)]
    drawn = {seed: min("ab", key=lambda code: lot(seed, code)) for seed in "123456"}
    assert set(drawn.values()) == {"a", "b"}
    for seed, first in drawn.items():
        counted = count(same, both, Rule("budget", budget=8, completion="none", seed=seed))
        assert counted.winners == (first,)
        assert counted.working["winners"][0]["tied"] == 1


def test_outcomes_are_not_monotone_and_no_step_is_left_out():
    """Some share in between buys something that a larger one does not: each step is looked at all the same."""
    seen = 0
    for number in range(600):
        chance = random.Random(f"steps {number}")
        options, papers, budget = hostile_vote(chance)
        costs = {option.code: option.cost for option in options}
        totals = [
            sum(costs[code] for code in plain_run(options, papers, Fraction(budget, len(papers)) + raise_, ""))
            for raise_ in range(12)
        ]
        if totals == sorted(totals):
            continue
        seen += 1
        rule = Rule("budget", budget=budget, completion="add1", stop="overspend", step=1)
        assert list(count(options, papers, rule).winners) == plain_count(options, papers, rule), number
    assert seen > 1


def test_a_hundred_thousand_steps_do_not_take_a_hundred_thousand_runs():
    options = [Option("dear", 9_000_000), Option("cheap", 50_000)]
    papers = [{"dear": 1}, *[{"cheap": 1}] * 99]
    counted = count(options, papers, Rule("budget", budget=10_000_000, completion="add1", step=1))
    assert set(counted.winners) == {"dear", "cheap"}
    assert counted.working["shares"]["raises"] == 9_000_000 - 100_000
    assert counted.working["shares"]["last"] == "9000000/1"
