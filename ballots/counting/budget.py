"""Spend a budget: by the Method of Equal Shares, or by most votes first (greedy)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ballots.counting.greedy import fill, most_votes_first
from ballots.counting.merging import lot_places
from ballots.counting.shapes import Count, Option, Papers, Progress, Rule

if TYPE_CHECKING:  # numpy is loaded by a running count and by nothing else
    from ballots.counting.crowd import Crowd
    from ballots.counting.equal_shares import Outcome

FINEST = 1_000  # parts of a minor unit: finer fractions are rounded where they are only told


@dataclass(frozen=True)
class Spending:
    """What one rule buys, in order, and how."""

    bought: list[int]
    shares: Outcome | None = None  # how Equal Shares went, where it did
    free: frozenset[int] = frozenset()  # options that cost nothing
    passed_over: dict[int, int] = field(default_factory=dict)  # by greedy: the money that was left at its turn


@dataclass(frozen=True)
class Election:
    """The options by position, and what both rules need to know of them."""

    options: Sequence[Option]
    crowd: Crowd
    rule: Rule
    costs: list[int]
    lots: list[int]
    standing: list[int]  # ticked by one paper at least and by `min_share` percent, most votes first

    def cost(self, bought: Sequence[int]) -> int:
        return sum(self.costs[at] for at in bought)


def count_budget(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None = None) -> Count:
    """What the budget buys. Options that cost nothing win first; options that nobody ticked never win.

    Equal prices: the lowest cost, then the most votes, then the lot. Money is in minor units; a fraction with a large
    denominator is told to the nearest thousandth of one.
    working: {"rule", "naming": papers with a tick, "spent", "unspent", "voters_with_a_pick",
    "shares": None (greedy) or {"first", "last": "n/d" for each voter, "step", "raises", "tried": raises looked at},
    "winners": in order, {"code", "votes", "cost", "phase": "free", "shares" or "greedy", and in "shares"
    "paid_each": "n/d" by each full payer, "paid_full", "paid_less", "paid_nothing": how many voters, "tied": how many
    others had the same price},
    "losers": most votes first, {"code", "votes", "cost", "why": "unnamed", "share" (too few papers), "budget" (more
    than what was left) or "supporters" (they had too little), "left": the money left over then, and under Equal Shares
    "supporters_left", "supporters_short": "n/d", what its supporters had left together and lacked},
    "other": {"rule", "winners", "spent", "voters_with_a_pick"}: what the other rule would have bought}.
    """
    from ballots.counting.crowd import gather

    tell = progress or (lambda _percent: None)
    tell(0)
    election = _election(options, gather(options, papers), rule)
    tell(10)
    by_shares = _by_equal_shares(election, lambda percent: tell(10 + percent * 8 // 10))
    by_votes = _by_votes(election)
    tell(90)
    chosen, other = (by_shares, by_votes) if rule.budget_rule == "equal_shares" else (by_votes, by_shares)
    totals = {option.code: election.crowd.votes[at] for at, option in enumerate(options)}
    working = _working(election, chosen, other)
    tell(100)
    return Count(_codes(election, chosen.bought), totals, election.crowd.papers, working)


def _election(options: Sequence[Option], crowd: Crowd, rule: Rule) -> Election:
    if rule.budget < 0 or any(option.cost < 0 for option in options) or (rule.step is not None and rule.step < 1):
        raise ValueError("money is never negative, and a step is 1 or more")
    costs, lots = [option.cost for option in options], lot_places(options, rule.seed)
    able = [at for at, votes in enumerate(crowd.votes) if votes and votes * 100 >= rule.min_share * crowd.papers]
    return Election(options, crowd, rule, costs, lots, most_votes_first(able, crowd.votes, costs, lots))


def _by_votes(election: Election) -> Spending:
    free = [at for at in election.standing if not election.costs[at]]
    priced = [at for at in election.standing if election.costs[at]]
    bought, passed_over = fill(priced, election.costs, election.rule.budget)
    return Spending(free + bought, free=frozenset(free), passed_over=dict(passed_over))


def _by_equal_shares(election: Election, tell: Progress) -> Spending:
    from ballots.counting.equal_shares import EqualShares

    free = [at for at in election.standing if not election.costs[at]]
    if len(free) == len(election.standing):
        return Spending(free, free=frozenset(free))
    votes, costs, lots = election.crowd.votes, election.costs, election.lots
    tie_order = sorted(election.standing, key=lambda at: (costs[at], -votes[at], lots[at]))
    outcome = EqualShares(election.crowd, costs, tie_order, election.rule).count(tell)
    bought = free + outcome.bought
    if election.rule.completion == "add1u":
        missing = [at for at in election.standing if at not in set(bought)]
        bought += fill(missing, costs, election.rule.budget - election.cost(bought))[0]
    return Spending(bought, outcome, frozenset(free))


def _codes(election: Election, positions: Sequence[int]) -> tuple[str, ...]:
    return tuple(election.options[at].code for at in positions)


def _working(election: Election, chosen: Spending, other: Spending) -> dict[str, Any]:
    names = ("equal_shares", "greedy")
    spent = election.cost(chosen.bought)
    return {
        "rule": election.rule.budget_rule,
        "naming": election.crowd.naming,
        "spent": spent,
        "unspent": election.rule.budget - spent,
        "voters_with_a_pick": election.crowd.with_a_pick(chosen.bought),
        "shares": _shares(chosen.shares),
        "winners": _winners(election, chosen),
        "losers": _losers(election, chosen, election.rule.budget - spent),
        "other": {
            "rule": names[1] if election.rule.budget_rule == names[0] else names[0],
            "winners": list(_codes(election, other.bought)),
            "spent": election.cost(other.bought),
            "voters_with_a_pick": election.crowd.with_a_pick(other.bought),
        },
    }


def _shares(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    return {
        "first": told(outcome.first_share),
        "last": told(outcome.share),
        "step": outcome.step,
        "raises": outcome.raises,
        "tried": outcome.tried,
    }


def _winners(election: Election, chosen: Spending) -> list[dict[str, Any]]:
    purchases = {purchase.position: purchase for purchase in chosen.shares.purchases} if chosen.shares else {}
    rows = []
    for at in chosen.bought:
        phase = "free" if at in chosen.free else "shares" if at in purchases else "greedy"
        row: dict[str, Any] = _row(election, at) | {"phase": phase}
        if at in purchases:
            purchase = purchases[at]
            row |= {
                "paid_each": told(purchase.each),
                "paid_full": purchase.full,
                "paid_less": purchase.less,
                "paid_nothing": purchase.nothing,
                "tied": purchase.tied,
            }
        rows.append(row)
    return rows


def _losers(election: Election, chosen: Spending, unspent: int) -> list[dict[str, Any]]:
    votes, costs, lots = election.crowd.votes, election.costs, election.lots
    bought, standing = set(chosen.bought), set(election.standing)
    rows = []
    for at in most_votes_first([at for at in range(len(votes)) if at not in bought], votes, costs, lots):
        row: dict[str, Any] = _row(election, at)
        if at not in standing:
            rows.append(row | {"why": "share" if votes[at] else "unnamed"})
            continue
        left = chosen.passed_over.get(at, unspent)
        row |= {"why": "budget" if costs[at] > left else "supporters", "left": left}
        if chosen.shares:
            had = chosen.shares.left[at]
            row |= {"supporters_left": told(had), "supporters_short": told(max(costs[at] - had, Fraction(0)))}
        rows.append(row)
    return rows


def _row(election: Election, at: int) -> dict[str, Any]:
    return {"code": election.options[at].code, "votes": election.crowd.votes[at], "cost": election.costs[at]}


def told(amount: Fraction) -> str:
    """An amount as "n/d": exact where d is small, else to the nearest thousandth (a half goes to the even one)."""
    if amount.denominator > FINEST:
        amount = Fraction(round(amount * FINEST), FINEST)
    return f"{amount.numerator}/{amount.denominator}"
