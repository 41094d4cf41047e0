"""A count as a page tells it: plain values for the template of each method, made from `Count.working`."""

from collections.abc import Callable, Sequence
from typing import Any

from ballots.models import Ballot, Count, Option
from ballots.result import approval, budget, ranked, score, totals, transfers

Tell = Callable[[Ballot, Sequence[Option], Count], dict[str, Any]]


def told(ballot: Ballot, options: Sequence[Option], count: Count) -> dict[str, Any]:
    """What the template of the ballot's method needs, under names that it documents. `template` says which it is."""
    if not count.papers_published:
        return totals.told(ballot, options, count)
    tell: dict[str, Tell] = {
        "budget": budget.told,
        "approval": approval.told,
        "score": score.told,
        "ranked": transfers.told if "stages" in count.working else ranked.told,
    }
    return tell[ballot.method](ballot, options, count)
