"""What is forgotten, and when; and what becomes of a person's webhooks when the person is erased."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.actions import erase_user
from accounts.erasure import data_of
from accounts.models import User
from record import clock
from tests.webhooks.conftest import MakeDelivery, MakeEndpoint
from tests.webhooks.receiver import Receiver
from webhooks.actions import sweeping
from webhooks.actions.managing import pause, resume
from webhooks.actions.sending import send_due_deliveries
from webhooks.actions.subscribing import confirm
from webhooks.actions.sweeping import sweep
from webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["delivered", "dead"])
def test_deliveries_after_thirty_days(
    state: str, make_endpoint: MakeEndpoint, make_delivery: MakeDelivery, tabled: object
) -> None:
    now = clock.now()
    make_delivery(make_endpoint(), state=state, created_at=now - timedelta(days=31))
    young = make_delivery(make_endpoint(), state=state, created_at=now - timedelta(days=29))
    sweep()
    assert list(Delivery.objects.all()) == [young]


def test_what_waited_at_a_pause_follows_however_long_it_was(
    endpoint: Endpoint, delivery: Delivery, receiver: Receiver
) -> None:
    pause(endpoint=endpoint)
    with clock.at(clock.now() + timedelta(days=31)):
        sweep()
        resume(endpoint=endpoint)
        assert send_due_deliveries() == 1
    assert receiver.ids == [delivery.message_id]


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


@pytest.mark.parametrize(("state", "press"), [("paused", resume), ("disabled", resume), ("unconfirmed", confirm)])
def test_what_its_owner_switches_on_while_it_is_swept_goes_on(
    state: str, press: Callable[..., Endpoint], make_endpoint: MakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = clock.now() - timedelta(days=91)
    endpoint = make_endpoint(state=state, state_at=old, created_at=old, confirmed_at=None)
    held = sweeping._held

    def pressed_meanwhile(*given: Any) -> Endpoint | None:
        press(endpoint=endpoint)
        return held(*given)

    monkeypatch.setattr(sweeping, "_held", pressed_meanwhile)
    assert sweep() == 0
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.email) == ("active", "sub@example.org")


def test_a_person_takes_their_webhooks_along_and_away(make_endpoint: MakeEndpoint, resident: User) -> None:
    theirs, other = make_endpoint(email=resident.email), make_endpoint()
    (row,) = data_of(resident)["webhooks"]["endpoints"]
    assert row["url"] == theirs.url
    erase_user(user=resident, acting_user=resident)
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert (theirs.state, theirs.email, other.state) == ("ended", "", "active")
