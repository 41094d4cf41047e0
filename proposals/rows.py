"""Proposals as rows of a list: each with the clock that speaks for it. What a row does not show is not read, and a
row that was drawn for one reader is not drawn again for the next."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communities.models import Community, Topic
from decisions.models import Decision
from proposals.agreement import agreement_in_words
from proposals.clocks import clock_of
from proposals.models import Ask, Proposal
from words.compiled import compiled, padded
from words.drawn import drawn_once

SHOWN = (
    "id",
    "number",
    "slug",
    "title",
    "state",
    "waits_for",
    "threshold",
    "supports_count",
    "original_signatures",
    "agree_count",
    "disagree_count",
    "pass_count",
    "common_ground",
    "source_id",
    "rule_id",
    "is_contested",
    "area",
    "tabled_at",
    "gather_until",
    "asked_at",
    "next_due_on",
    "community_id",
    "topic_id",
)
# The long texts, for lists that show some other columns.
NOT_IN_ROWS = (
    "outcome_wanted",
    "case",
    "we_can",
    "need_help_with",
    "only_they_can",
    "called_in_reason",
    "ended_reason",
)
SHOWN_OF_ASKS = (
    "proposal_id",
    "organisation_id",
    "working_days",
    "asked_on",
    "first_due_on",
    "due_on",
    "long_overdue_on",
    "answered_on",
    "answered_after_working_days",
)


def for_rows(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """The values of a row alone, by name: half the time of a list was making what it never shows."""
    of_decision = {"decided_by": F("decision__decided_by"), "overruled_on": F("decision__overruled_by__decided_on")}
    return proposals.annotate(**of_decision).values_list(*SHOWN, *of_decision, named=True)


def proposal_rows(
    rows: Sequence[Any], community: Community, topics: Sequence[Topic], today: date, *, with_agreement: bool = False
) -> list[SafeString]:
    """The HTML of each row (from for_rows). `with_agreement`: with how many agree, in words. One query for any
    number of rows."""
    asks = _asks_of(rows)
    names = {topic.pk: topic.name for topic in topics}
    place = (community.slug, community.country, community.subdivision)
    return [_drawn(tuple(row), asks.get(row.id, ()), place, names[row.topic_id], today, with_agreement) for row in rows]


def _asks_of(rows: Sequence[Any]) -> dict[object, tuple[tuple[Any, ...], ...]]:
    """The values of the asks of the rows that were asked, by proposal, the one due first before the others."""
    asks: dict[object, tuple[tuple[Any, ...], ...]] = {}
    asked = [row.id for row in rows if row.asked_at]
    if asked:
        for values in _asks(proposals=padded(asked)):
            asks[values[0]] = (*asks.get(values[0], ()), values)
    return asks


@compiled
def _asks(*, proposals: Sequence[Any]) -> QuerySet[Any]:
    found = Ask.objects.filter(proposal__id__in=proposals).order_by("due_on", "id")
    return found.values_list(*SHOWN_OF_ASKS, "organisation__name")


@drawn_once
def _drawn(
    values: tuple[Any, ...],
    asks: tuple[tuple[Any, ...], ...],
    place: tuple[str, str, str],
    topic: str,
    today: date,
    with_agreement: bool,
) -> SafeString:
    """`values` as for_rows names them; `asks` as _asks_of reads them; `place`: slug, country, subdivision."""
    slug, country, subdivision = place
    *of_proposal, decided_by, overruled_on = values
    row: Any = Proposal(**dict(zip(SHOWN, of_proposal, strict=True)))
    community = Community(slug=slug, country=country, subdivision=subdivision)
    ask = _speaker([Ask(**dict(zip(SHOWN_OF_ASKS, each[:-1], strict=True))) for each in asks])
    context = {
        "proposal": row,
        "url": f"{reverse('proposals:list', args=[slug])}{row.number}/{row.slug}/",
        "topic": topic,
        "state_words": _("A statement to agree or disagree with") if row.is_statement else row.get_state_display(),
        "agreement": agreement_in_words(row) if with_agreement or row.is_statement else "",
        "decided_words": Decision.DecidedBy(decided_by).label if decided_by else "",
        "overruled_on": overruled_on,
        "asked_names": ", ".join(each[-1] for each in asks),
        "ask": ask,
        "clock": clock_of(ask, today, community) if ask else None,
    }
    return render_to_string("proposals/proposal_row.html", context)


def _speaker(asks: list[Ask]) -> Ask | None:
    """The open ask that is due first, else the one answered last."""
    waiting = [ask for ask in asks if ask.is_open]
    if waiting:
        return waiting[0]
    return max(asks, key=lambda ask: ask.answered_on or ask.asked_on, default=None)
