"""Sending again from a point of the record, under the same ids."""

from datetime import timedelta

import pytest
from django.test import Client

from communities.models import Community
from record import clock
from record.announcements import SYSTEM, announce
from record.models import Entry
from tests.webhooks.conftest import MakeEndpoint
from tests.webhooks.receiver import Receiver
from webhooks.actions import fanning_out, managing
from webhooks.actions.fanning_out import take_from_record
from webhooks.actions.sending import send_due_deliveries
from webhooks.models import Delivery, Endpoint, message_id_of
from webhooks.tokens import manage_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(endpoint: Endpoint, community: Community) -> None:
    """Ten lines, one an hour, all of them sent."""
    now = clock.now()
    for number in range(10):
        with clock.at(now - timedelta(hours=10 - number)):
            announce("community.created", subject=community, community=community, actor=SYSTEM)
    take_from_record()
    assert send_due_deliveries() == 10


def press(client: Client, endpoint: Endpoint, since: str) -> str:
    text = client.post(f"{manage_path(endpoint)}replay/", {"since": since}, follow=True).text
    endpoint.refresh_from_db()
    return text


def test_from_a_line(client: Client, endpoint: Endpoint, receiver: Receiver, start: None) -> None:
    first_time = receiver.ids[:]
    assert first_time == [message_id_of(endpoint, number) for number in range(10)]
    said = press(client, endpoint, "6")
    assert "Lines 6 to 9" in said
    assert "At line 6 of the record, up to line 9" in " ".join(said.split())
    assert "For more" not in said  # there are none
    take_from_record()
    assert send_due_deliveries() == 4
    assert receiver.ids[10:] == first_time[6:]
    assert Delivery.objects.count() == 10


def test_from_a_moment(client: Client, endpoint: Endpoint, receiver: Receiver, start: None) -> None:
    moment = Entry.objects.get(sequence=7).at
    press(client, endpoint, moment.isoformat().replace("+00:00", "Z"))
    assert (endpoint.replay_next, endpoint.replay_end) == (7, 10)
    take_from_record()
    assert send_due_deliveries() == 3


def test_what_was_swept_is_made_anew_under_its_id(
    client: Client, endpoint: Endpoint, receiver: Receiver, start: None
) -> None:
    first_time = set(receiver.ids)
    Delivery.objects.all().delete()
    press(client, endpoint, "0")
    take_from_record()
    send_due_deliveries()
    assert len(receiver.ids) == 20
    assert set(receiver.ids) == first_time


def test_in_parts(client: Client, endpoint: Endpoint, start: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanning_out, "AT_ONCE", 3)
    press(client, endpoint, "0")
    take_from_record()
    endpoint.refresh_from_db()
    assert (endpoint.replay_next, endpoint.replay_end) == (None, None)
    assert Delivery.objects.filter(state="waiting").count() == 10


def test_at_most_so_many(client: Client, endpoint: Endpoint, start: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(managing, "MOST_REPLAYED", 4)
    assert "go on from 6" in press(client, endpoint, "2")
    assert (endpoint.replay_next, endpoint.replay_end) == (2, 6)


def test_what_is_on_its_way_keeps_its_waits(
    client: Client, endpoint: Endpoint, start: None, receiver: Receiver
) -> None:
    later = clock.now() + timedelta(hours=2)
    Delivery.objects.filter(entry=9).update(state="failed", attempts=4, next_at=later)
    Delivery.objects.filter(entry=8).update(state="dead", attempts=10)
    press(client, endpoint, "8")
    take_from_record()
    rows = Delivery.objects.filter(entry__in=[8, 9]).order_by("entry").values_list("state", "attempts")
    assert list(rows) == [("waiting", 0), ("failed", 4)]


@pytest.mark.parametrize("since", ["", "soon", "-1", "NaN", "9" * 30, "٣", "2026-13-45", "9999-12-31T00:00:00Z", "10"])
def test_a_point_that_is_none(since: str, client: Client, endpoint: Endpoint, start: None) -> None:
    assert 'class="errors"' in press(client, endpoint, since)
    assert endpoint.replay_next is None


def test_one_at_a_time(client: Client, endpoint: Endpoint, start: None) -> None:
    press(client, endpoint, "3")
    page = press(client, endpoint, "1")
    assert "under way" in page
    assert 'value="1"' in page  # what was typed stays in its box
    assert endpoint.replay_next == 3


def test_not_while_it_is_off(client: Client, make_endpoint: MakeEndpoint, start: None) -> None:
    endpoint = make_endpoint(state="paused")
    assert "You have paused it. Switch it on first." in press(client, endpoint, "0")
