"""Locks and refusals that every action of this room begins with.

Order of locks: proposals (by id), then ballot, then elector, then count, then (in announce) the head of the record.
A vote shares the ballot's row with other votes; whatever moves the ballot on has it alone. So a vote that was taken
is in the count, and one that comes a moment later is refused.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ballots import lifecycle
from ballots.exceptions import NotAllowed, NotNow
from ballots.models import Ballot, Elector, Option
from proposals.models import Proposal
from words.compiled import compiled, compiled_shared

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CLOSED_STEPS: "dict[str, StrOrPromise]" = {
    Ballot.State.DRAFT: gettext_lazy("This ballot is still being prepared."),
    Ballot.State.ANNOUNCED: gettext_lazy("This ballot is announced. Nothing in it can change, and it is not open yet."),
    Ballot.State.OPEN: gettext_lazy("This ballot is open. Nothing in it can change now."),
    Ballot.State.CLOSED: gettext_lazy("This ballot is closed. The votes are being counted."),
    Ballot.State.COUNTED: gettext_lazy("This ballot is closed and counted."),
    Ballot.State.CERTIFIED: gettext_lazy("This ballot is over. Its result is certified."),
    Ballot.State.CANCELLED: gettext_lazy("This ballot was cancelled."),
}


def locked_ballot(pk: UUID) -> Ballot:
    """The row as it is now, alone until the transaction ends."""
    return Ballot.objects.select_for_update(of=("self",)).select_related("community", "topic", "rule").get(pk=pk)


def ballot_for_vote(pk: UUID) -> Ballot:
    """The row as it is now, with the `codes` of its options in their order, shared with other votes and kept from
    closing until the transaction ends. SQLite has one writer at a time, and needs no lock.
    """
    if connection.vendor == "postgresql":
        found: list[Ballot] = _shared(ballot=pk)
        if not found:
            raise Ballot.DoesNotExist
        return found[0]
    ballot = Ballot.objects.get(pk=pk)
    ballot.codes = list(_codes(ballot.pk))
    return ballot


@compiled_shared
def _shared(*, ballot: UUID) -> QuerySet[Any]:
    return Ballot.objects.select_for_update().filter(pk=ballot).annotate(codes=ArraySubquery(_codes(ballot)))  # type: ignore[no-redef]


def _codes(ballot: Any) -> QuerySet[Any]:
    return Option.objects.filter(ballot_id=ballot).order_by("position", "id").values_list("code", flat=True)


def locked_elector(ballot: Ballot, **which: object) -> Elector | None:
    """One line of the roll, alone until the transaction ends, with the `key` of the ballot, None where it is gone.
    Of two votes of one person one waits for the other."""
    found: list[Elector] = _locked_electors(ballot=ballot.pk, **which)
    return found[0] if found else None


@compiled
def _locked_electors(*, ballot: UUID, **which: Any) -> QuerySet[Any]:
    rows = Elector.objects.select_for_update(of=("self",)).filter(ballot_id=ballot, **which)
    return rows.annotate(key=F("ballot__key__key")).order_by()  # type: ignore[no-redef]


def locked_proposals(pks: list[UUID]) -> list[Proposal]:
    """Proposals in one order for everybody, each with what deciding needs."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("community", "rule", "topic__organisation")
    return list(rows.filter(pk__in=pks).order_by("pk"))


def require(allowed: bool, message: str) -> None:
    """Refuse a person who may not do this."""
    if not allowed:
        raise NotAllowed(message)


def require_step(ballot: Ballot, step: str) -> None:
    """Refuse a step that is closed in the ballot's state."""
    if not lifecycle.may(ballot, step):
        raise NotNow(CLOSED_STEPS.get(ballot.state, _("This step is not open now. Look at the page again.")))
