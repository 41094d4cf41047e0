"""The rows of home and of the waiting list: only the columns that a row shows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from communities.models import Community
from proposals.clocks import clock_of
from proposals.models import Ask, Proposal
from proposals.querysets import AskQuerySet
from words.drawn import drawn_once

_OF_ASK = (
    "working_days",
    "asked_on",
    "first_due_on",
    "due_on",
    "long_overdue_on",
    "answered_on",
    "answered_after_working_days",
)
_OF_PROPOSAL = ("title", "number", "slug", "area", "supports_count", "original_signatures")
_OF_COMMUNITY = ("slug", "name", "country", "subdivision")
_SHOWN = (
    *_OF_ASK,
    "organisation__name",
    *(f"proposal__{name}" for name in _OF_PROPOSAL),
    *(f"proposal__community__{name}" for name in _OF_COMMUNITY),
)


def waiting_rows(asks: AskQuerySet) -> Any:
    """The asks, with what a feed or a frame shows of each and what its clock needs."""
    return asks.select_related("organisation", "proposal__community").only(*_SHOWN, "extended_at")


def waiting_values(asks: AskQuerySet) -> QuerySet[Any]:
    """The same as values by name, for waiting_html: a page shows many and needs no models for them."""
    return asks.values_list("id", *_SHOWN, named=True)


def waiting_html(rows: Iterable[Any], today: date, *, show_community: bool = True) -> list[SafeString]:
    """The HTML of each row (from waiting_values): its clock, title, who must answer. No query but that of `rows`."""
    return [_drawn(tuple(row)[1:], today, show_community) for row in rows]


@drawn_once
def _drawn(values: tuple[Any, ...], today: date, show_community: bool) -> SafeString:
    of_ask, (organisation, *rest) = values[: len(_OF_ASK)], values[len(_OF_ASK) :]
    of_proposal, of_community = rest[: len(_OF_PROPOSAL)], rest[len(_OF_PROPOSAL) :]
    community = Community(**dict(zip(_OF_COMMUNITY, of_community, strict=True)))
    proposal = Proposal(community=community, **dict(zip(_OF_PROPOSAL, of_proposal, strict=True)))
    ask = Ask(**dict(zip(_OF_ASK, of_ask, strict=True)))
    context = {
        "ask": ask,
        "clock": clock_of(ask, today, community),
        "organisation": organisation,
        "proposal": proposal,
        "community": community,
        "show_community": show_community,
    }
    return render_to_string("includes/waiting_row.html", context)
