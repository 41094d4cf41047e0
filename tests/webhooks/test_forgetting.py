"""What is forgotten, and when; and what becomes of a person's webhooks when the person is erased."""

from datetime import timedelta

import pytest

from accounts.actions import erase_user
from accounts.erasure import data_of
from accounts.models import User
from record import clock
from tests.webhooks.conftest import MakeDelivery, MakeEndpoint
from webhooks.actions.sweeping import sweep
from webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db


def test_deliveries_after_thirty_days(make_endpoint: MakeEndpoint, make_delivery: MakeDelivery, tabled: object) -> None:
    now = clock.now()
    make_delivery(make_endpoint(), created_at=now - timedelta(days=31))
    young = make_delivery(make_endpoint(), created_at=now - timedelta(days=29))
    sweep()
    assert list(Delivery.objects.all()) == [young]


def test_wishes_that_nobody_confirmed_after_seven_days(make_endpoint: MakeEndpoint) -> None:
    old = clock.now() - timedelta(days=8)
    make_endpoint(state="unconfirmed", confirmed_at=None, created_at=old)
    kept = make_endpoint(state="unconfirmed", confirmed_at=None)
    active = make_endpoint(created_at=old)
    sweep()
    assert set(Endpoint.objects.all()) == {kept, active}


@pytest.mark.parametrize("state", ["disabled", "paused"])
def test_what_is_off_ends_after_ninety_days(state: str, make_endpoint: MakeEndpoint) -> None:
    now = clock.now()
    old = make_endpoint(state=state, state_at=now - timedelta(days=91))
    young = make_endpoint(state=state, state_at=now - timedelta(days=89))
    sweep()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, old.email) == ("ended", "")
    assert young.state == state


def test_a_person_takes_their_webhooks_along_and_away(make_endpoint: MakeEndpoint, resident: User) -> None:
    theirs, other = make_endpoint(email=resident.email), make_endpoint()
    (row,) = data_of(resident)["webhooks"]["endpoints"]
    assert row["url"] == theirs.url
    erase_user(user=resident, acting_user=resident)
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert (theirs.state, theirs.email, other.state) == ("ended", "", "active")
