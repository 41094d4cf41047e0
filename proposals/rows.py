"""Proposals as rows of a list: each with the clock that speaks for it."""

from collections.abc import Iterable
from datetime import date

from communities.models import Community
from proposals.clocks import clock_of
from proposals.models import Ask, Proposal

# What a row does not show is not read.
NOT_IN_ROWS = (
    "outcome_wanted",
    "case",
    "we_can",
    "need_help_with",
    "only_they_can",
    "called_in_reason",
    "ended_reason",
)


def proposal_rows(proposals: Iterable[Proposal], community: Community, today: date) -> list[Proposal]:
    """The proposals, each with `ask`: the open one that is due first, else the one answered last, else None; and
    `asked_names`. One query, whatever the number of rows."""
    rows = list(proposals)
    asks: dict[object, list[Ask]] = {}
    asked = [row.pk for row in rows if row.asked_at]
    if asked:
        for ask in Ask.objects.filter(proposal__in=asked).select_related("organisation").order_by("due_on", "id"):
            asks.setdefault(ask.proposal_id, []).append(ask)
    for row in rows:
        row.community = community
        its_asks = asks.get(row.pk, [])
        row.ask = _speaker(its_asks)  # type: ignore[attr-defined]
        if row.ask is not None:  # type: ignore[attr-defined]
            row.ask.clock = clock_of(row.ask, today, community)  # type: ignore[attr-defined]
        row.asked_names = ", ".join(ask.organisation.name for ask in its_asks)  # type: ignore[attr-defined]
    return rows


def _speaker(asks: list[Ask]) -> Ask | None:
    waiting = [ask for ask in asks if ask.is_open]
    if waiting:
        return waiting[0]
    return max(asks, key=lambda ask: ask.answered_on or ask.asked_on, default=None)
