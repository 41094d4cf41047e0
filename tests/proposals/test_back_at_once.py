"""One statement is a short cut of the rule, and no rule of its own: whatever it does, the long way would have done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from communities.models import Membership
from communities.seats import seats_of
from proposals.actions.backing import _back_in_turn, back_proposal
from proposals.actions.backing_at_once import back_at_once
from proposals.actions.ending import withdraw_proposal
from proposals.exceptions import NotNow
from proposals.guards import Address
from proposals.models import Ask, Proposal, Support
from record import clock
from record.exceptions import Refusal
from record.models import Event
from tests.races import Act, held, waits_or_ends

pytestmark = pytest.mark.postgres
ClientOf = Callable[[User], Client]
PEOPLE = ["neighbour", "newcomer", "professional", "facilitator", "outsider", "staff"]


@pytest.mark.django_db
@pytest.mark.parametrize("state", Proposal.State.values)
def test_in_no_state_does_it_more_than_the_long_way(tabled: Proposal, neighbour: User, state: str) -> None:
    """From nothing to beyond the threshold of three."""
    for count in range(5):
        Proposal.objects.filter(pk=tabled.pk).update(state=state, supports_count=count)
        same_as_the_long_way(tabled, neighbour)


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{"rule": None, "source_id": "s-1"}, {"rule": None}, {"original_signatures": 7}])
def test_nor_with_what_came_from_elsewhere(tabled: Proposal, neighbour: User, changed: dict[str, Any]) -> None:
    Proposal.objects.filter(pk=tabled.pk).update(**changed)
    same_as_the_long_way(tabled, neighbour)


@pytest.mark.django_db
@pytest.mark.parametrize("who", PEOPLE)
def test_nor_for_anybody(request: pytest.FixtureRequest, tabled: Proposal, who: str) -> None:
    same_as_the_long_way(tabled, request.getfixturevalue(who))


@pytest.mark.django_db
def test_nor_where_it_is_backed_already(tabled: Proposal, neighbour: User) -> None:
    back_proposal(proposal=tabled, acting_user=neighbour)
    same_as_the_long_way(tabled, neighbour)


@pytest.mark.django_db
def test_a_seat_that_has_ended_does_not_back(tabled: Proposal, neighbour: User) -> None:
    Membership.objects.filter(user=neighbour).update(ended_at=tabled.created_at)
    assert back_at_once(tabled, User.objects.get(pk=neighbour.pk)) is None


@pytest.mark.django_db
def test_the_plain_ones_are_done_so(tabled: Proposal, asked: Proposal, neighbours: list[User]) -> None:
    """Else all of the above could hold by doing nothing. By the address of the page, too; the session is read."""
    here = Address(asked.community.slug, asked.number or 0, neighbours[3])
    seats = neighbours[3].memberships.count()
    with CaptureQueriesContext(connection) as queries:
        fresh = back_at_once(here, neighbours[3])
    assert fresh is not None
    assert (fresh.supports_count, fresh.state, fresh.found_in) == (4, "awaiting_response", "awaiting_response")
    assert (len(queries), seats) == (2, 1)  # the seats, which come with the session on a page; and the statement
    assert back_at_once(Address("nowhere", asked.number or 0, neighbours[4]), neighbours[4]) is None
    assert back_at_once(Address(asked.community.slug, 999, neighbours[4]), neighbours[4]) is None


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 2**31, 2**62, 2**63, 10**30])
def test_an_address_that_no_proposal_has(client_of: ClientOf, tabled: Proposal, neighbour: User, number: int) -> None:
    address = f"/c/{tabled.community.slug}/proposals/{number}/any-words/back/"
    assert client_of(neighbour).post(address).status_code == 404


@pytest.mark.django_db
def test_a_row_never_seems_to_have_changed_earlier(asked: Proposal, neighbours: list[User]) -> None:
    """Its moment is from before the lock. A mirror asks for what changed since it read last, and must find this."""
    later = clock.now() + timedelta(seconds=5)
    for moment in (later, asked.updated_at):
        Proposal.objects.filter(pk=asked.pk).update(updated_at=moment)
        fresh = back_at_once(asked, neighbours.pop())
        assert fresh is not None
        changed = Proposal.objects.get(pk=asked.pk).updated_at
        assert changed == later if moment == later else asked.updated_at < changed < later


@pytest.mark.django_db(transaction=True)
def test_it_needs_no_transaction_around_it(asked: Proposal, neighbours: list[User]) -> None:
    """What it wrote is there for others as soon as it has answered. (It is put into SQL in one, the first time.)"""
    back_at_once(asked, neighbours[4])
    seats_of(neighbours[3])
    with CaptureQueriesContext(connection) as queries:
        assert back_at_once(asked, neighbours[3]) is not None
    assert queries[0]["sql"].startswith("WITH held")
    assert not connection.in_atomic_block
    other = Act(lambda: Support.objects.get(proposal=asked, user=neighbours[3]))
    assert other.ends() is None


@pytest.mark.django_db(transaction=True)
def test_the_threshold_that_is_reached_while_it_waits(tabled: Proposal, neighbours: list[User]) -> None:
    """The third of three asks, though one alone was there when its statement began."""
    back_proposal(proposal=tabled, acting_user=neighbours[0])
    with held(lambda: back_proposal(proposal=tabled, acting_user=neighbours[1])):
        third = Act(lambda: back_proposal(proposal=tabled, acting_user=neighbours[2]))
        waits_or_ends(third)
    assert third.ends() is None
    tabled.refresh_from_db()
    assert (tabled.state, tabled.supports_count, Support.objects.count()) == ("awaiting_response", 3, 3)
    assert Ask.objects.filter(proposal=tabled).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_proposal_that_leaves_the_table_while_it_waits(tabled: Proposal, resident: User, neighbour: User) -> None:
    with held(lambda: withdraw_proposal(proposal=tabled, acting_user=resident, reason="We found another way.")):
        late = Act(lambda: back_proposal(proposal=tabled, acting_user=neighbour))
        waits_or_ends(late)
    assert isinstance(late.ends(), NotNow)
    assert not Support.objects.exists()
    assert Proposal.objects.get(pk=tabled.pk).supports_count == 0


def same_as_the_long_way(proposal: Proposal, person: User) -> None:
    """Either it does what the long way does, or nothing; and nothing only where the long way refuses, or moves the
    proposal on, or has no rule to go by."""
    before = facts(proposal)
    long_way, refused = tried(proposal, person)
    proposal.refresh_from_db()
    assert facts(proposal) == before
    with transaction.atomic():
        fresh = back_at_once(proposal, person)
        short_way = facts(proposal)
        transaction.set_rollback(True)
    if fresh is None:
        assert short_way == before
        assert refused or long_way["state"] != before["state"] or proposal.rule_id is None
    else:
        assert not refused
        assert short_way == long_way
        assert (fresh.state, fresh.supports_count) == (long_way["state"], long_way["supports_count"])


def tried(proposal: Proposal, person: User) -> tuple[dict[str, Any], bool]:
    """What the long way leaves, and whether it refused; as if it had not been."""
    refused = False
    with transaction.atomic():
        try:
            with transaction.atomic():
                _back_in_turn(proposal, person)
        except Refusal:
            refused = True
        left = facts(proposal)
        transaction.set_rollback(True)
    return left, refused


def facts(proposal: Proposal) -> dict[str, Any]:
    row = Proposal.objects.values("state", "supports_count", "threshold", "comments_count").get(pk=proposal.pk)
    events = Event.objects.filter(kind="proposal.backed").order_by("id")
    columns = ("subject_type", "subject_id", "community", "actor", "payload", "once_key", "entry", "attempts")
    supports = Support.objects.filter(proposal=proposal).order_by("user")
    return row | {
        "supports": list(supports.values_list("user", "moved_from")),
        "events": list(
            events.values_list(*[f"{name}_id" if name in ("community", "actor") else name for name in columns])
        ),
    }
