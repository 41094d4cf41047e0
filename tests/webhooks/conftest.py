"""A receiver, and endpoints in the states that tests begin from."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from record import clock
from record.models import Entry, RecordHead
from tests.webhooks.receiver import Receiver
from webhooks.models import Delivery, Endpoint, message_id_of

MakeEndpoint = Callable[..., Endpoint]
MakeDelivery = Callable[..., Delivery]


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """A server of this machine, which only these tests may call."""
    settings.WEBHOOK_PLAIN_HTTP = settings.WEBHOOK_LOOPBACK = True
    receiver = Receiver()
    server = receiver.serve()
    yield receiver
    server.shutdown()
    server.server_close()


@pytest.fixture
def make_endpoint(db: None) -> MakeEndpoint:
    """make_endpoint(state=…, kinds=[…]): confirmed, and up to date with the record."""

    def make(**fields: Any) -> Endpoint:
        head = RecordHead.objects.filter(pk=1).first()
        given = {
            "url": "https://hooks.example.org/in",
            "email": "sub@example.org",
            "state": "active",
            "confirmed_at": clock.now(),
            "next_sequence": head.sequence_count if head else 0,
        }
        return Endpoint.objects.create(**given | fields)

    return make


@pytest.fixture
def endpoint(make_endpoint: MakeEndpoint, receiver: Receiver) -> Endpoint:
    """One that goes to the receiver."""
    return make_endpoint(url=receiver.url)


@pytest.fixture
def make_delivery() -> MakeDelivery:
    """make_delivery(endpoint, entry): on its way."""

    def make(endpoint: Endpoint, entry: Entry | None = None, **fields: Any) -> Delivery:
        entry = entry or Entry.objects.order_by("-sequence")[0]
        key = message_id_of(endpoint, entry.sequence)
        return Delivery.objects.create(endpoint=endpoint, entry=entry, message_id=key, **fields)

    return make


@pytest.fixture
def delivery(endpoint: Endpoint, tabled: object, make_delivery: MakeDelivery) -> Delivery:
    """A proposal that was tabled, on its way to the receiver."""
    return make_delivery(endpoint)
