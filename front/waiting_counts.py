"""How many answers are late and how many are due: counted up to a limit, so that the cost has one too."""

from dataclasses import dataclass
from datetime import date

from proposals.querysets import AskQuerySet

MOST = 100  # beyond this the pages say "more than 100"


@dataclass(frozen=True)
class WaitingCounts:
    """Open asks that a person may see. Each number stops at MOST."""

    late: int
    due: int

    @property
    def all(self) -> int:
        return self.late + self.due

    @property
    def late_is_more(self) -> bool:
        return self.late >= MOST

    @property
    def due_is_more(self) -> bool:
        return self.due >= MOST


def waiting_counts(asks: AskQuerySet, today: date) -> WaitingCounts:
    """Two queries along the index of open asks. `asks` are the open ones that the person may see."""
    return WaitingCounts(
        late=asks.filter(due_on__lt=today).order_by()[:MOST].count(),
        due=asks.filter(due_on__gte=today).order_by()[:MOST].count(),
    )


def waiting_in_all(asks: AskQuerySet) -> int:
    """How many of them there are, late or not: one query, which stops where those two would."""
    return asks.order_by()[: 2 * MOST].count()
