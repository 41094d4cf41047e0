import json

import pytest

from ballots.counting import count
from ballots.counting.shapes import Option, Rule

OPTIONS = [Option("A", 100), Option("B", 200)]
PAPERS = [{"A": 1, "B": 2}, {"A": 1}, {}]
RULES = [
    Rule("approval", seed="s"),
    Rule("score", seed="s"),
    Rule("ranked", seed="s"),
    Rule("ranked", seats=2, seed="s"),
    Rule("budget", budget=100, seed="s"),
    Rule("budget", budget=100, budget_rule="greedy", seed="s"),
]
EACH = pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.method}-{rule.seats}-{rule.budget_rule}")


@EACH
def test_one_door_for_every_method(rule):
    counted = count(OPTIONS, iter(PAPERS), rule)
    assert counted.winners[0] == ("B" if rule.method == "score" else "A")
    assert counted.papers == 3
    assert set(counted.totals) == {"A", "B"}


@EACH
def test_the_working_is_plain_json_without_floats(rule):
    def refuse(number):
        raise AssertionError(f"{number} is no whole number")

    working = count(OPTIONS, PAPERS, rule).working
    assert json.loads(json.dumps(working), parse_float=refuse) == working


@EACH
def test_it_says_how_far_it_is(rule):
    told = []
    count(OPTIONS, PAPERS, rule, told.append)
    assert told == sorted(told)
    assert told
    assert 0 <= told[0] <= told[-1] == 100


@EACH
def test_a_code_that_is_not_on_the_ballot_is_named(rule):
    with pytest.raises(ValueError, match="nowhere"):
        count(OPTIONS, [{"nowhere": 1}], rule)


@EACH
def test_neither_options_nor_papers_break_it(rule):
    assert count([], [], rule).winners == ()
    assert count([], [{}], rule).papers == 1
    assert count(OPTIONS, [], rule).winners == ()


def test_a_method_that_there_is_not():
    with pytest.raises(ValueError, match="dice"):
        count(OPTIONS, PAPERS, Rule("dice"))
