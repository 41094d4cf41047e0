"""How an organisation answers and keeps its promises, over the rows that a person may see: each number has its rows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from proposals.models import Ask, Commitment, CommitmentAsk

ANSWERED = Q(answered_on__isnull=False)
ON_TIME = ANSWERED & Q(answered_on__lte=F("due_on"))
LATE_ANSWER = ANSWERED & Q(answered_on__gt=F("due_on"))
WAITING = Q(answered_on=None, proposal__state="awaiting_response")
OPEN = ~Q(state__in=["confirmed", "dropped"])


@dataclass(frozen=True)
class PlaceFigures:
    """One community's asks of one organisation: for answers, and after votes."""

    slug: str
    name: str
    late: int  # waiting past the date
    due: int  # waiting, not past it
    on_time: int
    answered: int


@dataclass(frozen=True)
class AskFigures:
    """All of them together, and each community that is behind them, by name."""

    places: list[PlaceFigures]

    @property
    def late(self) -> int:
        return sum(place.late for place in self.places)

    @property
    def due(self) -> int:
        return sum(place.due for place in self.places)

    @property
    def waiting(self) -> int:
        return self.late + self.due

    @property
    def on_time(self) -> int:
        return sum(place.on_time for place in self.places)

    @property
    def answered(self) -> int:
        return sum(place.answered for place in self.places)


def ask_figures(asks: "QuerySet[Ask]", votes: "QuerySet[CommitmentAsk]", today: date) -> AskFigures:
    """Two queries. `asks` are one organisation's, and `votes` what it was asked after votes, as the person may see
    them: what waits counts of both, as in the waiting list."""
    answers = {"on_time": Count("pk", filter=ON_TIME), "answered": Count("pk", filter=ANSWERED)}
    rows = [
        *_by_place(asks, "proposal__community", WAITING, today).annotate(**answers),
        *_by_place(votes, "community", Q(answered_on=None), today),
    ]
    found: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        found.setdefault((row.pop("name"), row.pop("slug")), Counter()).update(row)
    numbers = ("late", "due", "on_time", "answered")
    return AskFigures(
        [
            PlaceFigures(slug=slug, name=name, **{number: counted[number] for number in numbers})
            for (name, slug), counted in sorted(found.items())
        ]
    )


def _by_place(rows: "QuerySet[Any]", community: str, waits: Q, today: date) -> "QuerySet[Any, dict[str, Any]]":
    places = rows.order_by().values(slug=F(f"{community}__slug"), name=F(f"{community}__name"))
    return places.annotate(
        late=Count("pk", filter=waits & Q(due_on__lt=today)), due=Count("pk", filter=waits & Q(due_on__gte=today))
    )


def promises_that_are(state: str, today: date) -> Q | None:
    """Which promises a word of the organisation's page stands for; None for a word that it does not know."""
    return {
        "kept": Q(state="confirmed"),
        "open": OPEN,
        "late": OPEN & ~Q(state="claimed_done") & Q(due_on__lt=today),
        "disputed": Q(state="disputed"),
        "broken": Q(broken_on__isnull=False),
    }.get(state)


PROMISE_STATES = ("kept", "open", "late", "disputed", "broken")


def promise_figures(promises: "QuerySet[Commitment]", today: date) -> dict[str, int]:
    """{"kept": …, "open": …, "late": …, "disputed": …, "broken": …}. One query."""
    counted = {state: Count("pk", filter=promises_that_are(state, today)) for state in PROMISE_STATES}
    figures: dict[str, int] = promises.order_by().aggregate(**counted)
    return figures
