"""How many answers are late and how many are due: counted up to a limit, so that the cost has one too."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from proposals.models import Ask, CommitmentAsk, Proposal
from proposals.querysets import AskQuerySet, CommitmentAskQuerySet
from words.compiled import compiled_counts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST = 100  # beyond this the pages say "more than 100"


@dataclass(frozen=True)
class WaitingCounts:
    """Open asks that a person may see: for an answer to a proposal, and after a vote. Each number stops at MOST."""

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


def waiting_counts(
    reader: "User | AnonymousUser", today: date, organisation: UUID | None = None, community: UUID | None = None
) -> WaitingCounts:
    """Of what the person may see; of one organisation or community, where that is chosen. One query along the indexes
    of open asks, which counts what the waiting list shows."""
    asks_late, asks_due, votes_late, votes_due = _late_and_due(
        reader=reader, today=today, organisation=organisation, community=community, shape_most=MOST
    )
    return WaitingCounts(late=min(asks_late + votes_late, MOST), due=min(asks_due + votes_due, MOST))


@compiled_counts
def _late_and_due(
    *, reader: "User", today: date, organisation: UUID | None, community: UUID | None, shape_most: int
) -> tuple[QuerySet[Any], ...]:
    votes = open_vote_asks(reader, organisation, community)
    asks = _one_by_one(reader, organisation, community).order_by("due_on", "pk"), votes.order_by()
    return tuple(
        found.values_list("pk")[:shape_most]
        for rows in asks
        for found in (rows.filter(due_on__lt=today), rows.filter(due_on__gte=today))
    )


def _one_by_one(reader: "User", organisation: UUID | None, community: UUID | None) -> AskQuerySet:
    """The rows of `open_asks`, each looked at for itself, along the index of those without an answer. PostgreSQL thinks
    that few of their proposals wait, and would read every proposal that does, to count a hundred."""
    asks: AskQuerySet = Ask.objects.filter(answered_on=None)
    if organisation is not None:
        asks = asks.filter(organisation_id=organisation)
    waiting = Proposal.objects.visible_to(reader).filter(state=Proposal.State.AWAITING_RESPONSE)
    if community is not None:
        waiting = waiting.filter(community_id=community)
    itself = waiting.order_by().filter(pk=OuterRef("proposal_id")).values("pk")[:1]
    return asks.alias(itself=Subquery(itself)).filter(itself__isnull=False)


def open_asks(
    reader: "User | AnonymousUser", organisation: UUID | None = None, community: UUID | None = None
) -> AskQuerySet:
    """What waits, as the person may see it; where an organisation or a community is chosen, what waits for that one,
    and there."""
    asks: AskQuerySet = Ask.objects.visible_to(reader).open()
    if community is not None:
        asks = asks.filter(proposal__community_id=community)
    return asks if organisation is None else asks.filter(organisation_id=organisation)


def open_vote_asks(
    reader: "User | AnonymousUser", organisation: UUID | None = None, community: UUID | None = None
) -> CommitmentAskQuerySet:
    """Likewise what must be said after a vote."""
    asks: CommitmentAskQuerySet = CommitmentAsk.objects.visible_to(reader).open()
    if community is not None:
        asks = asks.filter(community_id=community)
    return asks if organisation is None else asks.filter(organisation_id=organisation)


def waiting_in_all(asks: AskQuerySet) -> int:
    """How many of them there are, late or not: one query, which stops where those two would."""
    return asks.order_by()[: 2 * MOST].count()
