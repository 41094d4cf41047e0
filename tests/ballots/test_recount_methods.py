"""The public's own count of each method: right by hand, right on real votes, and the same as the site's."""

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from ballots.counting import count
from ballots.counting.lots import lot
from ballots.counting.shapes import Option, Rule
from ballots.recount import recount
from tests.ballots.published_files import PABULIB, as_bytes, ballot_json, count_json, from_pabulib, papers_csv

APPROVALS = ballot_json("approval", {"a": 5, "b": 3, "c": 1}, seats=3)


def winners(ballot: Mapping[str, Any], papers: Sequence[Mapping[str, int]]) -> list[str]:
    sheet = papers_csv([option["code"] for option in ballot["options"]], papers)
    answer = recount.recount(as_bytes(count_json(ballot, sheet)), sheet)
    return list(answer["winners"])


# ── Worked out by hand ────────────────────────────────────────────────────────────────────────────────────────────────


def test_approval_most_ticks_then_the_cheaper_then_the_lot() -> None:
    papers = [{"a": 1, "b": 1}, {"a": 1, "b": 1}, {"c": 1}, {}]
    assert winners(APPROVALS, papers) == ["b", "a", "c"]
    assert winners(APPROVALS | {"min_share": 50}, papers) == ["b", "a"]
    assert winners(APPROVALS | {"min_share": 51}, papers) == []
    equal = ballot_json("approval", {"a": 0, "b": 0, "c": 0}, seed="any seed")
    assert winners(equal, [{"a": 1, "b": 1, "c": 1}]) == [min("abc", key=lambda code: lot("any seed", code))]


def test_score_the_mean_of_those_who_scored_then_the_fives() -> None:
    papers = [{"a": 5, "b": 4, "c": 5, "z": 0}, {"a": 2, "b": 4}, {"a": 2, "b": 1}, {}]
    ballot = ballot_json("score", dict.fromkeys("bacz", 0), seats=4)
    assert winners(ballot, papers) == ["c", "a", "b"]  # a and b have a mean of 3; nobody wants z
    assert winners(ballot | {"min_sample": 2}, papers) == ["a", "b"]
    assert winners(ballot | {"min_share": 75}, papers) == ["a", "b"]
    assert winners(ballot | {"min_share": 76}, papers) == []


RANKED = ballot_json("ranked", {"a": 0, "b": 0, "c": 0})


def ranking(codes: str) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes, start=1)}


def test_the_one_who_beats_all_others_wins_though_fewest_put_it_first() -> None:
    papers = [ranking("acb")] * 4 + [ranking("bca")] * 3 + [ranking("cab")] * 2
    assert winners(RANKED, papers) == ["c"]
    # What a paper leaves out comes last, and papers that compare neither side do not count.
    assert winners(RANKED, [ranking("a"), ranking("a"), ranking("b"), {}, {}, {}]) == ["a"]
    assert winners(RANKED, [{}, {}]) == []


def test_a_circle_goes_to_the_instant_runoff() -> None:
    assert winners(RANKED, [ranking("abc")] * 4 + [ranking("bca")] * 3 + [ranking("cab")] * 2) == ["a"]


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5", "6"])
def test_in_a_perfect_circle_the_last_in_the_lot_goes_out(seed: str) -> None:
    out = max("abc", key=lambda code: lot(seed, code))
    circle = [ranking("abc"), ranking("bca"), ranking("cab")]
    assert winners(RANKED | {"seed": seed}, circle) == [{"a": "b", "b": "c", "c": "a"}[out]]


@pytest.mark.parametrize("seed", ["1", "2", "3", "4"])
def test_one_against_one_and_equal_is_for_the_lot(seed: str) -> None:
    won = min("ab", key=lambda code: lot(seed, code))
    assert winners(ballot_json("ranked", {"a": 0, "b": 0}, seed=seed), [ranking("ab"), ranking("ba")]) == [won]


def test_a_seat_stays_empty_rather_than_going_to_what_nobody_named() -> None:
    assert winners(RANKED | {"seats": 3}, [ranking("ab"), ranking("a")]) == ["a", "b"]


def test_transferred_votes_are_cut_off_after_five_decimals() -> None:
    """13 papers, 3 seats: the quota is 4. A surplus of 2 over 6 papers makes 0.33333 each, so b stands at 3.99999.

    Exact thirds would elect b at the second stage; cut off, c overtakes with d's paper, and b fills the last seat.
    """
    ballot = ballot_json("ranked", {"a": 0, "b": 0, "c": 0, "d": 0}, seats=3)
    papers = [ranking("ab")] * 3 + [ranking("a")] * 3 + [ranking("b")] * 3 + [ranking("c")] * 3 + [ranking("dc")]
    assert winners(ballot, papers) == ["a", "c", "b"]


POTS = {"dear": 500_000, "p": 600, "q": 500, "free": 0, "unloved": 0}
POT_PAPERS = [{"dear": 1, "p": 1}, {"dear": 1, "p": 1}, {"dear": 1, "q": 1, "free": 1}]


def test_equal_shares_and_its_completion() -> None:
    """1,200 for three people is 400 each: p takes 300 from two of them, q has one supporter and needs 500."""
    ballot = ballot_json("budget", POTS, budget=1200)
    assert winners(ballot | {"completion": "none"}, POT_PAPERS) == ["free", "p"]
    assert winners(ballot | {"completion": "add1"}, POT_PAPERS) == ["free", "p", "q"]  # one raise by 1.00 is enough
    assert winners(ballot | {"min_share": 34}, POT_PAPERS) == ["p"]
    assert winners(ballot | {"budget_rule": "greedy", "budget": 1000}, POT_PAPERS) == ["free", "p"]
    assert winners(ballot | {"budget": 0}, POT_PAPERS) == ["free"]


def test_what_costs_more_than_there_is_ends_the_raising() -> None:
    """q has one supporter, who gets 800 only long after all three could overspend, as the definition has it."""
    ballot = ballot_json("budget", {"dear": 1200, "q": 800}, budget=900, completion="add1")
    assert winners(ballot, [{"dear": 1, "q": 1}, {"dear": 1}, {"dear": 1}]) == []


def test_the_lowest_price_is_bought_as_purses_stand_now() -> None:
    """100 for five people. p takes 8 from 1, 2 and 3, so q would take 18 from person 4, and r takes 16½: r is cheaper.

    At the start q and r had the same price, and q costs less.
    """
    ballot = ballot_json("budget", {"p": 24, "q": 42, "r": 45}, budget=100, completion="none")
    papers = [{"p": 1, "q": 1}, {"p": 1, "q": 1}, {"p": 1, "r": 1}, {"q": 1, "r": 1}, {"r": 1}]
    assert winners(ballot, papers) == ["p", "r"]


def test_a_purse_that_is_a_hair_too_small_is_emptied() -> None:
    """11 from two people is 5½ each: the one who has 5 gives 5, the other 6."""
    ballot = recount.read_ballot(ballot_json("budget", {"p": 1, "q": 1}, budget=9))
    papers = recount.Papers([({"p": 1}, 1), ({"p": 1, "q": 1}, 1)], 2)
    shares = recount.EqualShares(ballot, papers, ["p", "q"], {"p": 2, "q": 1})
    assert shares.split(11, [0, 1], [5, 20]) == (6, 1)
    assert shares.split(26, [0, 1], [5, 20]) is None


def test_what_fits_to_the_penny_still_fits() -> None:
    ballot = ballot_json("budget", {"p": 6, "q": 4}, budget=10, step=1, completion="add1")
    assert winners(ballot, [{"p": 1}, {"p": 1}, {"q": 1}]) == ["p", "q"]


def test_raising_ends_when_everything_is_bought() -> None:
    ballot = ballot_json("budget", {"p": 6, "q": 4}, budget=99, step=1, stop="overspend")
    assert winners(ballot, [{"p": 1}, {"p": 1}, {"q": 1}]) == ["p", "q"]


def test_the_step_that_a_rule_leaves_open() -> None:
    assert recount.default_step(3_000_000, 3) == 100
    assert recount.default_step(3_000_300, 3) == 10_001


@pytest.mark.parametrize(("stop", "won"), [("exhaustive", "a"), ("overspend", "b")])
def test_stopping_sooner_or_later_gives_different_winners(stop: str, won: str) -> None:
    """7 for three people. With 3⅓ each only a can be bought, and b no longer fits. With 4⅓ b is, at 3½ from two."""
    ballot = ballot_json("budget", {"a": 3, "b": 7}, budget=7, step=1, stop=stop)
    assert winners(ballot, [{"a": 1, "b": 1}, {"b": 1}, {}]) == [won]


# ── Two programs, one result ──────────────────────────────────────────────────────────────────────────────────────────


def random_election(method: str, chance: random.Random) -> tuple[dict[str, int], dict[str, Any], list[dict[str, int]]]:
    """Small, with few different numbers and often with equal papers, so that there are many ties."""
    codes = "abcdefg"[: chance.randint(1, 7)]
    costs = {code: chance.choice([0, 100, 250, 300, 300, 777]) for code in codes}
    rule: dict[str, Any] = {"min_share": chance.choice([0, 0, 10, 34]), "seed": str(chance.random())}
    if method == "budget":
        rule["budget"] = chance.choice([777, 1000, 2000, 4999])
        rule["budget_rule"] = chance.choice(["equal_shares"] * 4 + ["greedy"])
        rule["completion"] = chance.choice(["none", "add1", "add1u"])
        rule["stop"] = chance.choice(["exhaustive", "overspend"])
        rule["step"] = chance.choice([None, 1, 7, 100])
    else:
        rule["seats"], rule["min_sample"] = chance.choice([1, 1, 2, 3, 4]), chance.choice([0, 1, 2, 3])
    kinds = [random_paper(method, codes, chance) for _ in range(chance.choice([3, 5, 40]))]
    return costs, rule, [chance.choice(kinds) for _ in range(chance.choice([0, 1, 2, 5, 12, 20, 40]))]


def random_paper(method: str, codes: str, chance: random.Random) -> dict[str, int]:
    if method == "ranked":
        return ranking("".join(chance.sample(codes, chance.randint(0, len(codes)))))
    named = [code for code in codes if chance.random() < 0.5]
    return {code: chance.randint(0, 5) if method == "score" else 1 for code in named}


def differences(
    method: str, costs: Mapping[str, int], rule: Mapping[str, Any], papers: Sequence[Mapping[str, int]]
) -> list[str]:
    """What the script finds wrong with the count of the site."""
    options = [Option(code, cost) for code, cost in costs.items()]
    counted = count(options, papers, Rule(method=method, **rule))  # type: ignore[arg-type]
    sheet = papers_csv(list(costs), papers)
    stated = count_json(ballot_json(method, costs, **rule), sheet, counted.winners, counted.totals)
    return list(recount.recount(as_bytes(stated), sheet)["differences"])


@pytest.mark.parametrize("method", ["approval", "score", "ranked", "budget"])
def test_the_site_and_the_script_agree(method: str) -> None:
    for number in range(120):
        costs, rule, papers = random_election(method, random.Random(f"{method} {number}"))
        assert not differences(method, costs, rule, papers), (number, costs, rule, papers)


def test_the_site_and_the_script_agree_on_what_nobody_can_pay_for() -> None:
    papers = [{"dear": 1, "q": 1}, {"dear": 1}, {"dear": 1}]
    rule = {"budget": 900, "completion": "add1"}
    assert not differences("budget", {"dear": 1200, "q": 800}, rule, papers)


# ── Real votes ────────────────────────────────────────────────────────────────────────────────────────────────────────

VARIANTS = {
    "greedy": {"budget_rule": "greedy"},
    "mes_plain": {"completion": "none"},
    "mes_add1_stop_exhaustive": {"completion": "add1"},
    "mes_add1u_stop_exhaustive": {},
    "mes_add1_stop_infeasible": {"completion": "add1", "stop": "overspend"},
    "mes_add1u_stop_infeasible": {"stop": "overspend"},
}


@pytest.mark.skipif(
    not (PABULIB / "expected_results.json").is_file(),
    reason="the real budget votes are not here: set TOPTABLE_DATA to their folder",
)
@pytest.mark.parametrize(
    "place",
    ["Netherlands_Assen_2024", "Poland_Swiecie_2023", "France_Toulouse_2022", "Netherlands_Amsterdam_288"],
)
def test_real_budget_votes(place: str) -> None:
    expected = json.loads((PABULIB / "expected_results.json").read_text(encoding="utf-8"))[place]
    for variant, rule in VARIANTS.items():
        ballot, papers = from_pabulib(place, step=expected["step"] * 100, **rule)
        answer = recount.recount(as_bytes(count_json(ballot, papers)), papers)
        assert (variant, sorted(answer["winners"])) == (variant, expected[variant])
    if expected["official_selected"]:
        assert expected["official_selected"] == expected["mes_add1_stop_exhaustive"]
