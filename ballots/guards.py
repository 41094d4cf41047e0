"""Locks and refusals that every action of this room begins with.

Order of locks: community (where a draft is started), proposals (by id), then ballot, then elector, then count, then (in
announce) the head of the record.
A vote shares the ballot's row with other votes; whatever moves the ballot on has it alone. So a vote that was taken
is in the count, and one that comes a moment later is refused.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from ballots import lifecycle
from ballots.exceptions import NotAllowed, NotNow
from ballots.models import Ballot, Elector, Option
from proposals.models import Proposal
from words.compiled import compiled, compiled_half_shared, compiled_shared, one_or_404

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


ASKED = ("state", "opens_at", "closes_at", "method", "most_choices")  # of a ballot, by whoever reads a vote


@dataclass(frozen=True)
class Address:
    """Where somebody looks for a ballot: enough for an action that reads the row anyway, locked."""

    community: str
    reference: str
    reader: User


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


def line_for_vote(ballot: Ballot | Address, person: User) -> Elector | None:
    """The person's line of the roll, alone until the transaction ends, with the `key` of the ballot, and with the
    ballot as `ballot_for_vote` gives it. All in one query: everybody votes in the last hour. None for whoever is not
    on the roll, and for a ballot that they may not see."""
    is_postgresql = connection.vendor == "postgresql"
    find: Any = _held_lines if is_postgresql else _lines
    at = vars(ballot) if isinstance(ballot, Address) else {"ballot": ballot.pk}
    found: list[Elector] = find(person=person.pk, **at)
    if not found:
        return None
    line = found[0]
    line.ballot.codes = line.codes if is_postgresql else list(_codes(line.ballot_id))
    return line


def line_to_read(ballot: Ballot | Address, person: User) -> Elector | None:
    """The same without a lock, on PostgreSQL, for a vote whose statement takes the locks by itself."""
    at = vars(ballot) if isinstance(ballot, Address) else {"ballot": ballot.pk}
    found: list[Elector] = _lines_with_codes(person=person.pk, **at)
    if not found:
        return None
    found[0].ballot.codes = found[0].codes
    return found[0]


@compiled
def _lines_with_codes(*, person: UUID, **at: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = _lines_at(person, **at).annotate(codes=ArraySubquery(_codes(OuterRef("ballot_id"))))
    return rows.only("ballot", "user", *(f"ballot__{name}" for name in ASKED))


@compiled_half_shared
def _held_lines(*, person: UUID, **at: Any) -> QuerySet[Any]:
    rows = _lines_at(person, **at).select_for_update(of=("self", "ballot"))
    found: QuerySet[Any] = rows.annotate(codes=ArraySubquery(_codes(OuterRef("ballot_id"))))
    return found


@compiled
def _lines(*, person: UUID, **at: Any) -> QuerySet[Any]:
    return _lines_at(person, **at)


def _lines_at(
    person: Any, *, ballot: Any = None, reader: Any = None, community: Any = None, reference: Any = None
) -> QuerySet[Any]:
    of_whom = {"ballot_id": ballot} if reader is None else {"ballot__in": _seen_at(reader, community, reference)}
    rows: QuerySet[Any] = Elector.objects.filter(user_id=person, **of_whom).select_related("ballot").order_by()
    found: QuerySet[Any] = rows.annotate(key=F("ballot__key__key"))
    return found


def pk_at(ballot: Ballot | Address) -> UUID:
    """Which ballot it is. 404 for an address that the person may not see."""
    pk: UUID = one_or_404(_pks(**vars(ballot))) if isinstance(ballot, Address) else ballot.pk
    return pk


@compiled
def _pks(*, reader: User, community: str, reference: str) -> QuerySet[Any]:
    return _seen_at(reader, community, reference).values_list("pk", flat=True)


def _seen_at(reader: Any, community: Any, reference: Any) -> QuerySet[Any]:
    return Ballot.objects.visible_to(reader).filter(community__slug=community, reference=reference).order_by()


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
