"""The truth behind every kept column: what it counts, as a query. For the command that checks and rebuilds them.

The rooms above say in their AppConfig.ready which counts they keep: this room cannot look up.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from communities.models import Community, Membership, Organisation
from decisions.models import Decision
from proposals.models import Ask, Check, Comment, Commitment, Offer, Opinion, Proposal, Response, Support, Verdict
from record.models import Dated


@dataclass(frozen=True)
class KeptColumn:
    """One kept column and the rows that it counts, joined to its owner by `link`. `owners` is whose column is kept."""

    model: type[Dated]
    column: str
    counted: "models.QuerySet[Any]"
    link: str
    owners: Q | None = None  # None: of every row

    @property
    def label(self) -> str:
        return f"{self.model._meta.model_name}.{self.column}"

    def wrong(self) -> "models.QuerySet[Any]":
        """Rows whose column is not what is there, with the right number as `truth`."""
        rows = self.counted.filter(**{self.link: OuterRef("pk")}).order_by().values(self.link)
        truth = Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
        owners = self.model._default_manager.filter(self.owners or Q())
        return owners.annotate(truth=truth).exclude(**{self.column: F("truth")})


OPEN_PROMISE = ~Q(state__in=["confirmed", "dropped"])
OPINION_COLUMNS = {
    Opinion.Value.AGREE: "agree_count",
    Opinion.Value.DISAGREE: "disagree_count",
    Opinion.Value.PASS: "pass_count",
}
STILL_ASKED = Q(answered_on__isnull=False) | Q(proposal__state="awaiting_response")

_rooms: list[Callable[[], Iterable[KeptColumn]]] = []


def keeps_counts(columns: Callable[[], Iterable[KeptColumn]]) -> None:
    """A room above tells which counts it keeps."""
    if columns not in _rooms:
        _rooms.append(columns)


def kept_columns() -> Iterator[KeptColumn]:
    """Every count that is shown in a list or on a page and kept by an action, of every room."""
    yield from _own_columns()
    for columns in _rooms:
        yield from columns()


def _own_columns() -> Iterator[KeptColumn]:
    yield KeptColumn(Proposal, "supports_count", Support.objects.all(), "proposal")
    yield KeptColumn(Proposal, "comments_count", Comment.objects.filter(removed_at=None), "proposal")
    yield KeptColumn(Proposal, "offers_count", Offer.objects.filter(withdrawn_at=None), "proposal")
    for value, column in OPINION_COLUMNS.items():
        yield KeptColumn(Proposal, column, Opinion.objects.filter(value=value), "proposal")
    yield KeptColumn(Proposal, "open_asks_count", Ask.objects.open(), "proposal")
    public_asks = Ask.objects.filter(proposal__community__is_public=True)  # what an organisation is shown with
    yield KeptColumn(Organisation, "asks_count", public_asks.filter(STILL_ASKED), "organisation")
    answered = public_asks.filter(answered_on__isnull=False)
    yield KeptColumn(Organisation, "answers_count", answered, "organisation")
    yield KeptColumn(
        Organisation, "answers_on_time_count", answered.filter(answered_on__lte=F("due_on")), "organisation"
    )
    for model, link in ((Proposal, "proposal"), (Decision, "decision"), (Organisation, "organisation")):
        promises = Commitment.objects.all()
        if model is Organisation:
            promises = promises.filter(community__is_public=True)
        yield KeptColumn(model, "commitments_open", promises.filter(OPEN_PROMISE), link)
        yield KeptColumn(model, "commitments_kept", promises.filter(state="confirmed"), link)
        yield KeptColumn(model, "commitments_broken", promises.filter(broken_on__isnull=False), link)
    yield KeptColumn(Response, "answers_it_count", Verdict.objects.filter(answers_it=True), "response")
    yield KeptColumn(Response, "does_not_count", Verdict.objects.filter(answers_it=False), "response")
    this_round = Check.objects.filter(round=F("commitment__round"))
    yield KeptColumn(Commitment, "done_count", this_round.filter(done=True), "commitment")
    yield KeptColumn(Commitment, "not_done_count", this_round.filter(done=False), "commitment")
    yield KeptColumn(Community, "proposals_count", Proposal.objects.tabled(), "community")
    yield KeptColumn(Community, "residents_count", Membership.objects.residents(), "community")
