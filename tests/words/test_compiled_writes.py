"""Several writes as one statement: all of them or none, and what each of them did."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import JSONObject
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from communities.models import Community, Membership
from proposals.models import Proposal, Support
from record import clock
from record.models import Event
from words.compiled_writes import Change, Delete, Held, Insert, Part, compiled_writes

pytestmark = pytest.mark.django_db
postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite takes one write at a time")


@compiled_writes
def add(*, proposal: UUID, person: UUID, now: Any) -> tuple[Part, ...]:
    return (
        Insert(Support(proposal_id=proposal, user_id=person, created_at=now), once=True),
        Change(Proposal.objects.filter(pk=proposal), {"supports_count": F("supports_count") + 1}, if_first=True),
    )


@compiled_writes
def take(*, proposal: UUID, person: UUID) -> tuple[Part, ...]:
    return (
        Delete(Support.objects.filter(proposal_id=proposal, user_id=person)),
        Change(Proposal.objects.filter(pk=proposal), {"supports_count": F("supports_count") - 1}, if_first=True),
    )


@compiled_writes
def insist(*, proposal: UUID, person: UUID, now: Any) -> tuple[Part, ...]:
    return (Insert(Support(proposal_id=proposal, user_id=person, created_at=now)),)


@compiled_writes
def write(*, name: str, homes: int, own: UUID, now: Any) -> tuple[Part, ...]:
    place = Community(id=own, name=name, slug="written", homes=homes, created_at=now, updated_at=now)
    return (Insert(place, unique=("slug",), changing=("name", "homes"), giving=("id", "name", "homes")),)


@compiled_writes
def tell(*, payload: dict[str, Any], once_key: str | None, now: Any) -> tuple[Part, ...]:
    return (Insert(Event(kind="user.erased", payload=payload, once_key=once_key, created_at=now), giving=("id",)),)


@compiled_writes
def add_and_tell(*, proposal: UUID, person: UUID, payload: dict[str, Any], now: Any) -> tuple[Part, ...]:
    event = Event(kind="proposal.backed", payload=payload, created_at=now)
    return (
        Insert(Support(proposal_id=proposal, user_id=person, created_at=now), once=True),
        Insert(event, giving=("id", "kind"), if_first=True),
    )


@compiled_writes
def add_to_held(*, number: int, person: UUID, now: Any, shape_shown: bool) -> tuple[Part, ...]:
    """An event of the proposal of this number, whose title is in its payload."""
    held = Held(Proposal.objects.filter(number=number).select_for_update(of=("self",)), is_shown=shape_shown)
    payload = JSONObject(title=held["title"], words=Value("an 'a' ) RETURNING 1; VALUES (2) %s"))
    event = Event(kind="proposal.backed", community_id=held["community_id"], created_at=now)
    event.payload = payload  # type: ignore[assignment]
    return (
        held,
        Insert(Support(proposal_id=held["id"], user_id=person, created_at=now), once=True),
        Change(Proposal.objects.filter(pk=held["id"]), {"supports_count": F("supports_count") + 1}, if_first=True),
        Delete(Membership.objects.filter(user_id=person)),
        Insert(event, giving=("id",), if_first=True),
    )


def test_a_row_and_the_count_of_it(tabled: Proposal, resident: User) -> None:
    """Twice is once, and no other proposal is counted."""
    pair = {"proposal": tabled.pk, "person": resident.pk}
    Support.objects.filter(proposal=tabled).delete()
    before = tabled.supports_count
    for outcome in ((1, 1), (0, 0), (0, 0)):
        assert add(**pair, now=clock.now()) == outcome
    tabled.refresh_from_db()
    assert tabled.supports_count == before + 1
    for outcome in ((1, 1), (0, 0)):
        assert take(**pair) == outcome
    tabled.refresh_from_db()
    assert tabled.supports_count == before
    assert not Support.objects.filter(proposal=tabled, user=resident).exists()


def test_a_row_that_hangs_on_the_first(tabled: Proposal, resident: User) -> None:
    """With a bracket and a VALUES in what it holds, which are not those of the statement."""
    Support.objects.filter(proposal=tabled).delete()
    hostile = {"words": "a ) RETURNING 1; VALUES (2) %s"}
    given = {"proposal": tabled.pk, "person": resident.pk, "payload": hostile, "now": clock.now()}
    done, (pk, kind) = add_and_tell(**given)
    assert (done, kind, Event.objects.get(pk=pk).payload) == (1, "proposal.backed", hostile)
    assert add_and_tell(**given) == (0, (None, None))
    assert Event.objects.filter(kind="proposal.backed", payload=hostile).count() == 1


def test_only_a_new_row_hangs_on_the_first(tabled: Proposal) -> None:
    row = Support(proposal=tabled, created_at=clock.now())
    with pytest.raises(TypeError, match="new one"):
        compiled_writes(lambda **_given: (Insert(row, once=True, if_first=True),))(pk=1)


def test_without_once_a_second_row_is_an_error(tabled: Proposal, resident: User) -> None:
    Support.objects.filter(proposal=tabled).delete()
    assert insist(proposal=tabled.pk, person=resident.pk, now=clock.now()) == (1,)
    with pytest.raises(IntegrityError), transaction.atomic():
        insist(proposal=tabled.pk, person=resident.pk, now=clock.now())


def test_a_row_that_is_there_is_changed_and_keeps_its_id() -> None:
    first, second = uuid4(), uuid4()
    now = clock.now()
    assert write(name="Heron House", homes=7, own=first, now=now) == ((first, "Heron House", 7),)
    assert write(name="Swan House", homes=8, own=second, now=now) == ((first, "Swan House", 8),)
    assert Community.objects.get(slug="written").name == "Swan House"


def test_json_and_what_is_missing() -> None:
    """A dict is JSON, whatever is in it; None is a query of its own."""
    hostile = {"words": "'); DROP TABLE record_event; -- %s {} \\ \u2028", "deep": [1, {"a": None}]}
    for key in (None, "a-key", None):
        ((pk,),) = tell(payload=hostile, once_key=key, now=clock.now())
        event = Event.objects.get(pk=pk)
        assert (event.payload, event.once_key, event.entry_id) == (hostile, key, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        tell(payload={}, once_key="a-key", now=clock.now())


@postgresql
def test_it_is_one_statement(tabled: Proposal, resident: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        add(proposal=tabled.pk, person=resident.pk, now=clock.now())
    assert len(asked) == 1


@pytest.mark.parametrize("part", [Delete, lambda rows: Change(rows, {"kind": "ballot.opened"})])
def test_a_whole_table_is_never_meant(part: Callable[[Any], Part]) -> None:
    with pytest.raises(TypeError, match="All rows"):
        compiled_writes(lambda **_given: (part(Event.objects.all()),))(pk=1)


def test_what_no_column_holds_is_refused(tabled: Proposal) -> None:
    with pytest.raises(TypeError, match="do not fit"):
        compiled_writes(lambda *, pk: (Delete(Event.objects.filter(pk=pk)),))(pk=2**63)


@postgresql
def test_what_is_held_is_locked_and_what_is_made_of_it(tabled: Proposal, resident: User) -> None:
    Support.objects.all().delete()
    before = tabled.supports_count
    given = {"number": tabled.number, "person": resident.pk, "now": clock.now(), "shape_shown": True}
    with CaptureQueriesContext(connection) as asked:
        held, supports, changed, ended, (event,) = add_to_held(**given)
    assert len(asked) == 1
    assert (held, held.title, held.supports_count) == (tabled, tabled.title, before)  # as it was found
    assert (supports, changed, ended) == (1, 1, 1)
    row = Event.objects.get(pk=event)
    assert (row.community_id, row.payload["title"]) == (tabled.community_id, tabled.title)
    assert row.payload["words"] == "an 'a' ) RETURNING 1; VALUES (2) %s"
    assert Proposal.objects.get(pk=tabled.pk).supports_count == before + 1
    held, *done, (event,) = add_to_held(**given)
    assert (held, done, event) == (tabled, [0, 0, 0], None)
    assert add_to_held(**(given | {"shape_shown": False}))[0] is True


@postgresql
@pytest.mark.parametrize("shown", [True, False])
def test_where_nothing_is_found_to_hold_nothing_is_done(tabled: Proposal, resident: User, shown: bool) -> None:
    Support.objects.all().delete()
    seats, events = Membership.objects.count(), Event.objects.count()
    outcome = add_to_held(number=999, person=resident.pk, now=clock.now(), shape_shown=shown)
    assert outcome == (None, 0, 0, 0, (None,))
    assert (Support.objects.count(), Membership.objects.count(), Event.objects.count()) == (0, seats, events)


@postgresql
def test_one_row_is_held_and_by_the_first_part(tabled: Proposal) -> None:
    held = Held(Proposal.objects.filter(pk=tabled.pk).select_for_update())
    with pytest.raises(TypeError, match="by its first part"):
        compiled_writes(lambda **_given: (Delete(Event.objects.filter(pk=1)), held))(pk=1)


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL takes it")
def test_sqlite_holds_no_row(tabled: Proposal, resident: User) -> None:
    with pytest.raises(TypeError, match="for PostgreSQL"):
        add_to_held(number=1, person=resident.pk, now=clock.now(), shape_shown=True)
