"""Sending: once where it arrives, again where it does not, and never more than was asked for."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils.http import http_date

from communities.models import Community
from proposals.models import Proposal
from record import clock
from record.announcements import SYSTEM, announce
from record.models import Entry
from tests.webhooks.conftest import MakeDelivery, MakeEndpoint
from tests.webhooks.receiver import Receiver
from webhooks.actions import sending
from webhooks.actions.fanning_out import take_from_record
from webhooks.actions.managing import end_endpoint, pause, resume
from webhooks.actions.sending import send_due_deliveries
from webhooks.actions.settling import DISABLE_AFTER, WAITS, wait_after
from webhooks.models import Delivery, Endpoint, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(community: Community, make_delivery: MakeDelivery) -> Callable[[Endpoint, int], None]:
    """queue(endpoint, count): so many deliveries on their way to it."""

    def make(endpoint: Endpoint, count: int) -> None:
        for _number in range(count):
            said = announce("community.created", subject=community, community=community, actor=SYSTEM)
            make_delivery(endpoint, said.entry)

    return make


def test_it_arrives_once(delivery: Delivery, receiver: Receiver, endpoint: Endpoint) -> None:
    receiver.status, receiver.answer = 200, b"got it"
    assert send_due_deliveries() == 1
    assert send_due_deliveries() == 0
    (hit,) = receiver.hits
    assert hit.headers["content-type"] == "application/json"
    assert hit.headers["user-agent"].startswith("TopTable-Webhooks/1")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.status_code, delivery.said) == ("delivered", 1, 200, "got it")
    assert delivery.duration_ms is not None
    endpoint.refresh_from_db()
    assert endpoint.last_tried_at is not None


def test_a_failure_is_tried_again_later_and_later(delivery: Delivery, receiver: Receiver) -> None:
    receiver.status, receiver.answer = 503, b"busy"
    waits = []
    for _attempt in WAITS:
        delivery.refresh_from_db()
        with clock.at(max(delivery.next_at, clock.now())):
            assert send_due_deliveries() == 0
            before = clock.now()
        delivery.refresh_from_db()
        assert delivery.state == "failed"
        waits.append(delivery.next_at - before)
    for wait, planned in zip(waits, WAITS, strict=True):
        assert planned <= wait <= planned * 1.1
    with clock.at(delivery.next_at):
        send_due_deliveries()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.said) == ("dead", len(WAITS) + 1, "busy")
    assert set(receiver.ids) == {delivery.message_id}


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("600", 600), ("999999999999", 24 * 3600), ("soon", 0), ("-5", 0), ("1.5", 0), ("", 0)],
)
def test_a_server_that_asks_for_time_gets_it(delivery: Delivery, receiver: Receiver, asked: str, seconds: int) -> None:
    receiver.status, receiver.headers = 429, {"Retry-After": asked}
    before = clock.now()
    send_due_deliveries()
    delivery.refresh_from_db()
    least = max(timedelta(seconds=seconds), WAITS[0])
    assert least <= delivery.next_at - before <= least * 1.1 + timedelta(seconds=20)


def test_it_may_name_the_moment(delivery: Delivery, receiver: Receiver) -> None:
    until = clock.now() + timedelta(hours=2)
    receiver.status, receiver.headers = 503, {"Retry-After": http_date(until.timestamp())}
    send_due_deliveries()
    delivery.refresh_from_db()
    assert abs(delivery.next_at - until) < timedelta(seconds=20)


def test_waits_have_some_chance_in_them() -> None:
    assert len({wait_after(5) for _time in range(50)}) > 5


def test_it_recovers(delivery: Delivery, receiver: Receiver, endpoint: Endpoint) -> None:
    receiver.status = 500
    send_due_deliveries()
    endpoint.refresh_from_db()
    assert endpoint.failing_since is not None
    receiver.status = 204
    with clock.at(clock.now() + timedelta(seconds=10)):
        assert send_due_deliveries() == 1
    endpoint.refresh_from_db()
    assert endpoint.failing_since is None
    assert len(set(receiver.ids)) == 1
    assert len(receiver.ids) == 2
    assert receiver.hits[0].body == receiver.hits[1].body


def test_410_switches_it_off_at_once(
    endpoint: Endpoint, receiver: Receiver, queue: Callable[[Endpoint, int], None]
) -> None:
    queue(endpoint, 3)
    receiver.status = 410
    send_due_deliveries()
    send_due_deliveries()
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.why_disabled, len(receiver.hits)) == ("disabled", "gone", 1)
    assert Letter.objects.get().kind == "disabled"


def test_what_said_410_can_be_switched_on_again_as_the_page_says(
    delivery: Delivery, receiver: Receiver, endpoint: Endpoint, client: Client
) -> None:
    receiver.status = 410
    send_due_deliveries()
    resume(endpoint=endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.why_disabled) == ("active", "")
    words = client.get("/api/webhooks/").text
    assert "for good" not in words + Endpoint.Why.GONE.label
    assert "You can switch it on again from its page" in words


def test_five_days_of_failure_switch_it_off(delivery: Delivery, receiver: Receiver, endpoint: Endpoint) -> None:
    receiver.status = 500
    began = clock.now()
    Endpoint.objects.update(failing_since=began - DISABLE_AFTER + timedelta(minutes=1), last_tried_at=began)
    send_due_deliveries()
    endpoint.refresh_from_db()
    assert endpoint.state == "active"
    with clock.at(began + timedelta(minutes=2)):
        send_due_deliveries()
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.why_disabled) == ("disabled", "failing")
    assert Letter.objects.get().kind == "disabled"


def test_a_failure_of_long_ago_is_not_one_with_that_of_today(
    delivery: Delivery, receiver: Receiver, endpoint: Endpoint
) -> None:
    receiver.status = 500
    long_ago = clock.now() - timedelta(days=20)
    Endpoint.objects.update(failing_since=long_ago, last_tried_at=long_ago)
    send_due_deliveries()
    endpoint.refresh_from_db()
    assert endpoint.state == "active"
    assert endpoint.failing_since is not None
    assert endpoint.failing_since > long_ago


def test_a_worker_that_died_while_it_called_loses_nothing(
    delivery: Delivery, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The receiver took it, and we died before we could write that down: the same webhook-id comes again."""

    def die(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(sending, "settle", die)
        with pytest.raises(KeyboardInterrupt):
            send_due_deliveries()
    assert len(receiver.hits) == 1
    assert send_due_deliveries() == 0  # its claim still stands
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert send_due_deliveries() == 1
    assert receiver.ids == [delivery.message_id] * 2
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 2)


@pytest.mark.parametrize("change", [pause, end_endpoint])
def test_what_was_stopped_meanwhile_is_not_called(
    change: Callable[..., object],
    endpoint: Endpoint,
    receiver: Receiver,
    queue: Callable[[Endpoint, int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Stopped between the claim and the call."""
    queue(endpoint, 2)
    real = sending._call_round

    def stop_first(*arguments: Any) -> Any:
        change(endpoint=endpoint)
        monkeypatch.setattr(sending, "_call_round", real)
        return real(*arguments)

    monkeypatch.setattr(sending, "_call_round", stop_first)
    assert send_due_deliveries() == 0
    assert receiver.hits == []
    assert not Delivery.objects.exclude(attempts=0, claimed_until=None).exists()


def test_what_became_private_meanwhile_is_not_sent(delivery: Delivery, receiver: Receiver, tabled: Proposal) -> None:
    Community.objects.filter(pk=tabled.community_id).update(is_public=False)
    assert send_due_deliveries() == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said) == ("dead", "It is not public any more.")
    assert receiver.hits == []


def test_one_that_fails_costs_one_call_and_holds_up_nobody(
    endpoint: Endpoint, receiver: Receiver, make_endpoint: MakeEndpoint, queue: Callable[[Endpoint, int], None]
) -> None:
    broken = make_endpoint(url="http://localhost:1/")
    queue(broken, 12)
    queue(endpoint, 25)
    assert send_due_deliveries() == 25
    tried = Delivery.objects.filter(endpoint=broken, attempts__gt=0)
    assert [row.state for row in tried] == ["failed"]
    assert len(set(receiver.ids)) == 25


def test_an_internal_address_is_a_failure_that_is_told(delivery: Delivery, receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOK_LOOPBACK = False
    send_due_deliveries()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status_code, receiver.connections) == ("failed", None, 0)
    assert delivery.said.startswith("Give the name of a server")


@pytest.mark.parametrize("count", [1, 10])
def test_the_cost_of_a_call(
    count: int,
    endpoint: Endpoint,
    queue: Callable[[Endpoint, int], None],
    django_assert_num_queries: Any,
) -> None:
    """A claim and a look at what is public: ten. Each delivery: what its endpoint is now, and writing it down: six."""
    queue(endpoint, count)
    with django_assert_num_queries(10 + 6 * count):
        assert send_due_deliveries() == count


@pytest.fixture
def _nothing_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under test a commit would relay, and send, at once."""
    monkeypatch.setattr("notifications.relay.publish", lambda _task: None)


@pytest.mark.postgres
@pytest.mark.usefixtures("_nothing_by_itself")
@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_deliver_once_each(
    receiver: Receiver, make_endpoint: MakeEndpoint, community: Community, make_delivery: MakeDelivery
) -> None:
    here, there = make_endpoint(url=receiver.url), make_endpoint(url=receiver.url)
    with transaction.atomic():
        for number in range(60):
            said = announce("community.created", subject=community, community=community, actor=SYSTEM)
            make_delivery(here if number % 2 else there, said.entry)
    start = threading.Barrier(2)
    arrived: list[int] = []

    def send() -> None:
        start.wait()
        arrived.append(send_due_deliveries())
        connection.close()

    threads = [threading.Thread(target=send) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(arrived) == 60
    assert len(receiver.ids) == len(set(receiver.ids)) == 60
    assert set(Delivery.objects.values_list("state", "attempts")) == {("delivered", 1)}


@pytest.mark.postgres
@pytest.mark.usefixtures("_nothing_by_itself")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_each_line_once(make_endpoint: MakeEndpoint, community: Community) -> None:
    make_endpoint()
    with transaction.atomic():
        for _number in range(30):
            announce("community.created", subject=community, community=community, actor=SYSTEM)
    start = threading.Barrier(3)
    made: list[int] = []

    def take() -> None:
        start.wait()
        made.append(take_from_record())
        connection.close()

    threads = [threading.Thread(target=take) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    take_from_record()
    assert sum(made) == 30
    assert Delivery.objects.count() == Entry.objects.count() == 30
