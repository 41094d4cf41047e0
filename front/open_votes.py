"""The votes of home and of a community's page: only the columns that a row shows, none of which a vote moves."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from ballots.models import Ballot
from ballots.querysets import BallotQuerySet
from words.compiled import compiled

_SHOWN = (
    "reference",
    "question",
    "state",
    "electorate",
    "electorate_area",
    "electorate_since",
    "options_count",
    "opens_at",
    "closes_at",
    "community__slug",
    "community__name",
)
VOTES_SHOWN = 3


@compiled
def open_votes(*, reader: User, now: datetime) -> QuerySet[Any]:
    """Those that take votes now, the soonest to close first. By the time of day, not by when a worker comes."""
    return _shown(Ballot.objects.visible_to(reader).open().filter(opens_at__lte=now, closes_at__gt=now))


def votes_now(ballots: BallotQuerySet, now: datetime) -> list[Any]:
    """The open ones, and those that are announced: whatever closes soonest first."""
    rows = ballots.filter(state__in=[Ballot.State.ANNOUNCED, Ballot.State.OPEN], closes_at__gt=now)
    return list(_shown(rows))


def _shown(rows: BallotQuerySet) -> BallotQuerySet:
    return rows.order_by("closes_at", "id").select_related("community").only(*_SHOWN)[:VOTES_SHOWN]
