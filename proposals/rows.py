"""Proposals as rows of a list: each with the clock that speaks for it. What a row does not show is not read."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Community, Topic
from decisions.models import Decision
from proposals.agreement import agreement_in_words
from proposals.clocks import clock_of
from proposals.models import Ask, Proposal

SHOWN = (
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
    """The query with the columns of a row alone: half the time of a list is making what it never shows."""
    return proposals.only(*SHOWN).annotate(decided_by=F("decision__decided_by"))


def proposal_rows(
    proposals: Iterable[Proposal], community: Community, topics: Sequence[Topic], today: date
) -> list[Proposal]:
    """The proposals (from for_rows), each with its `url`, `topic`, `state_words`, `decided_words`, `agreement` (in
    words), `asked_names`, and `ask`: the open one that is due first, else the one answered last, else None.
    One query for any number of rows."""
    rows: list[Any] = list(proposals)
    asks = _asks_of(rows)
    base = reverse("proposals:list", args=[community.slug])
    topic_of = {topic.pk: topic for topic in topics}
    for row in rows:
        its_asks = asks.get(row.pk, [])
        row.community = community
        row.url = f"{base}{row.number}/{row.slug}/"
        row.topic = topic_of[row.topic_id]
        row.state_words = _("A statement to agree or disagree with") if row.is_statement else row.get_state_display()
        row.agreement = agreement_in_words(row)
        row.decided_words = Decision.DecidedBy(row.decided_by).label if row.decided_by else ""
        row.asked_names = ", ".join(ask.organisation_name for ask in its_asks)
        row.ask = _speaker(its_asks)
        if row.ask is not None:
            row.ask.clock = clock_of(row.ask, today, community)
    return rows


def _asks_of(rows: Iterable[Proposal]) -> dict[object, list[Any]]:
    """The asks of the rows that were asked, by proposal, the one due first before the others."""
    asks: dict[object, list[Any]] = {}
    asked = [row.pk for row in rows if row.asked_at]
    if asked:
        found = Ask.objects.filter(proposal__in=asked).only(*SHOWN_OF_ASKS)
        for ask in found.annotate(organisation_name=F("organisation__name")).order_by("due_on", "id"):
            asks.setdefault(ask.proposal_id, []).append(ask)
    return asks


def _speaker(asks: list[Any]) -> Any:
    waiting = [ask for ask in asks if ask.is_open]
    if waiting:
        return waiting[0]
    return max(asks, key=lambda ask: ask.answered_on or ask.asked_on, default=None)
