"""What a count takes and gives. Plain values: no Django, no database, no clock, no chance but the published lot."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Method = Literal["approval", "score", "ranked", "budget"]
BudgetRule = Literal["equal_shares", "greedy"]
Completion = Literal["none", "add1", "add1u"]
Stop = Literal["exhaustive", "overspend"]

# One paper: the code of each option that it names → what it gives it.
# approval, budget: 1 (or points, which count as a tick). score: 0 to 5. ranked: the place, 1 first.
Choices = Mapping[str, int]
Papers = Iterable[Choices]

# Called now and then while a count runs, with how much of the work is done, 0 to 100.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Option:
    """One line of the ballot paper. `cost` is in minor units of the currency (pence); 0 where there is none."""

    code: str
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """How it is counted: fixed and published before the ballot opens.

    seats: the most options that may win (approval, score, ranked).
    budget: the money to spend, in minor units (budget).
    budget_rule, completion, stop: which budget rule; see counting.md. They do nothing for the other methods.
    step: minor units by which add1 raises each voter's share; None lets the rule choose as counting.md says.
    min_share: the least share of papers that must name an option (approval, budget) or score it (score), in percent.
    min_sample: how many people must have scored an option before its mean counts (score).
    seed: the lot, drawn and published before the opening. It decides what nothing else does.
    """

    method: Method
    seats: int = 1
    budget: int = 0
    budget_rule: BudgetRule = "equal_shares"
    completion: Completion = "add1u"
    stop: Stop = "exhaustive"
    step: int | None = None
    min_share: int = 0
    min_sample: int = 1
    seed: str = ""


@dataclass(frozen=True)
class Count:
    """The result. `working` is JSON: integers, strings, lists and objects; a fraction is the string "n/d"."""

    winners: tuple[str, ...]  # in the order in which they won
    totals: dict[str, int]  # approval, budget: ticks; score: sum of scores; ranked: first places
    papers: int  # how many were counted, empty ones too
    working: dict[str, Any] = field(default_factory=dict)
