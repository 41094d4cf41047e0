import json
import subprocess
import sys

import pytest
from django.conf import settings

from ballots.counting import count
from ballots.counting.shapes import Option, Rule
from ballots.counting.steps import default_step

STREET = [Option("trees", 600), Option("benches", 300), Option("lamp", 300), Option("pond", 900)]
# Six like trees and benches, three like the lamp, one wants the pond and the lamp, and two say nothing.
PAPERS = [{"trees": 1, "benches": 1}] * 6 + [{"lamp": 1}] * 3 + [{"pond": 1, "lamp": 1}, {}, {}]


def spend(budget=1200, options=STREET, papers=PAPERS, **rule):
    return count(options, papers, Rule("budget", budget=budget, **rule))


def row(counted, code):
    return next(row for row in counted.working["winners"] + counted.working["losers"] if row["code"] == code)


def test_greedy_takes_most_votes_first_and_passes_over_what_does_not_fit():
    counted = spend(1000, budget_rule="greedy")
    assert counted.winners == ("benches", "trees")
    assert counted.totals == {"trees": 6, "benches": 6, "lamp": 4, "pond": 1}
    assert row(counted, "lamp") == {"code": "lamp", "votes": 4, "cost": 300, "why": "budget", "left": 100}
    assert counted.working["shares"] is None
    later = spend(
        1000,
        [Option("a", 800), Option("b", 400), Option("c", 150)],
        [{"a": 1}] * 3 + [{"b": 1}] * 2 + [{"c": 1}],
        budget_rule="greedy",
    )
    assert later.winners == ("a", "c")


def test_equal_shares_serves_the_smaller_group_too():
    counted = spend(1200, completion="none")
    assert counted.papers == 12
    assert counted.winners == ("benches", "lamp")
    lamp = row(counted, "lamp")
    assert (lamp["phase"], lamp["paid_each"], lamp["paid_full"], lamp["paid_less"]) == ("shares", "75/1", 4, 0)
    assert counted.working["shares"] == {"first": "100/1", "last": "100/1", "step": 100, "raises": 0, "tried": 0}
    trees = row(counted, "trees")
    assert (trees["why"], trees["supporters_left"], trees["supporters_short"]) == ("supporters", "300/1", "300/1")
    assert (counted.working["spent"], counted.working["unspent"]) == (600, 600)
    assert counted.working["voters_with_a_pick"] == counted.working["naming"] == 10


def test_add1_raises_the_share_until_nothing_fits():
    counted = spend(1200, completion="add1", step=10)
    assert set(counted.winners) == {"benches", "lamp", "trees"}
    assert counted.working["shares"] == {"first": "100/1", "last": "150/1", "step": 10, "raises": 5, "tried": 5}
    assert row(counted, "pond")["why"] == "budget"


def test_what_is_left_is_filled_by_votes():
    options = [Option("a", 100), Option("b", 90), Option("c", 10)]
    papers = [{"a": 1}] * 9 + [{"b": 1, "c": 1}]
    plain = spend(110, options, papers, completion="add1", step=1000)
    filled = spend(110, options, papers, completion="add1u", step=1000)
    assert plain.winners == ("c",) or plain.winners == ()
    assert set(filled.winners) == {"a", "c"}
    assert row(filled, "a")["phase"] == "greedy"


def test_a_purse_that_runs_short_gives_all_it_has():
    options = [Option("a", 30), Option("b", 30)]
    counted = spend(75, options, [{"a": 1, "b": 1}, {"a": 1}, {"b": 1}], completion="none")
    first, second = counted.working["winners"]
    assert (first["paid_each"], first["paid_full"], first["paid_less"], first["tied"]) == ("15/1", 2, 0, 1)
    assert (second["paid_each"], second["paid_full"], second["paid_less"], second["paid_nothing"]) == ("20/1", 1, 1, 0)


def test_an_empty_purse_pays_nothing():
    """Everybody has 10. Three of them give all of it for a, so one of b’s two supporters pays for b alone."""
    options = [Option("a", 30), Option("b", 10)]
    papers = [{"a": 1, "b": 1}, {"a": 1}, {"a": 1}, {"b": 1}]
    counted = spend(40, options, papers, completion="none")
    assert counted.winners == ("a", "b")
    assert row(counted, "b")["paid_nothing"] == 1
    assert (row(counted, "b")["paid_full"], row(counted, "b")["paid_each"]) == (1, "10/1")


def test_the_other_rule_is_told_beside():
    counted = spend(1000, completion="none")
    assert counted.working["other"] == {
        "rule": "greedy",
        "winners": ["benches", "trees"],
        "spent": 900,
        "voters_with_a_pick": 6,
    }
    assert spend(1000, budget_rule="greedy", completion="none").working["other"]["rule"] == "equal_shares"


def test_a_minimum_share_of_the_papers():
    counted = spend(5000, min_share=34)
    assert set(counted.winners) == {"trees", "benches"}
    assert (row(counted, "lamp")["why"], row(counted, "pond")["why"]) == ("share", "share")


def test_what_costs_nothing_and_what_nobody_names():
    options = [Option("free", 0), Option("gift", 0), Option("dust", 5), Option("gold", 10**12)]
    for rule in ("equal_shares", "greedy"):
        counted = spend(100, options, [{"free": 1}, {"gold": 1}], budget_rule=rule)
        assert counted.winners == ("free",)
        assert row(counted, "free")["phase"] == "free"
        assert (row(counted, "gift")["why"], row(counted, "dust")["why"]) == ("unnamed", "unnamed")
        assert row(counted, "gold")["why"] == "budget"


@pytest.mark.parametrize("papers", [[], [{}, {}]])
def test_nobody_names_anything(papers):
    counted = spend(papers=papers)
    assert (counted.winners, counted.papers) == ((), len(papers))


def test_no_money():
    assert spend(0).winners == ()


def test_points_are_ticks_and_the_order_of_papers_is_nothing():
    pointed = [dict.fromkeys(paper, 5) for paper in reversed(PAPERS)]
    assert spend(papers=pointed).working == spend().working


@pytest.mark.parametrize("papers", [[{"moon": 1}], [{"trees": 0}]])
def test_papers_of_another_ballot_are_refused(papers):
    with pytest.raises(ValueError, match=r"code|point"):
        spend(papers=papers)


@pytest.mark.parametrize("rule", [{"budget": -1}, {"step": 0}, {"options": [Option("a", -1)], "papers": []}])
def test_negative_money_is_refused(rule):
    with pytest.raises(ValueError, match="money"):
        spend(**rule)


def test_the_working_is_plain_json():
    def plain(value):
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(each) for key, each in value.items())
        if isinstance(value, list):
            return all(plain(each) for each in value)
        return value is None or (isinstance(value, (int, str)))

    working = spend(1000).working
    assert plain(working)
    assert json.loads(json.dumps(working)) == working


def test_progress_only_grows_and_ends():
    told = []
    count(STREET, PAPERS, Rule("budget", budget=1200, step=1), told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 100)


def test_the_step_where_the_rule_names_none():
    assert default_step(1_000_000, 10) == 100
    assert default_step(10_000_00 * 10, 10) == 100
    assert default_step(10_001_00 * 10, 10) == 100_01


def test_numpy_is_loaded_by_a_count_and_by_nothing_else():
    script = "import sys, ballots.counting, ballots.counting.budget, ballots.pabulib; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
