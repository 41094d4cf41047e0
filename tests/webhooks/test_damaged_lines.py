"""Whoever can write to the database can damage a line of the record. Webhooks go on around it."""

import json
from typing import Any

import pytest

from communities.models import Organisation
from proposals.models import Response
from record.models import Entry
from tests.webhooks.conftest import MakeDelivery, MakeEndpoint
from tests.webhooks.receiver import Receiver
from webhooks.actions import fanning_out
from webhooks.actions.fanning_out import take_from_record
from webhooks.actions.sending import send_due_deliveries
from webhooks.models import Delivery, Endpoint
from webhooks.payload import body_of

pytestmark = pytest.mark.django_db
DAMAGED = ['{"broken', "[]", "null", "", '{"n":1.5}', '{"half":"\\ud800"}']
ODD: list[dict[str, Any]] = [
    {},
    {"subject": None, "payload": None, "community": None},
    {"subject": {"type": [], "id": {}}, "payload": {"proposal": "one"}, "community": 7},
    {"subject": {"type": "proposal", "id": "one"}, "payload": [], "community": "here"},
]


def damage(entry: Entry, line: str) -> Entry:
    Entry.objects.filter(pk=entry.pk).update(line=line)
    entry.refresh_from_db()
    return entry


@pytest.mark.parametrize("line", DAMAGED)
def test_one_that_cannot_be_read_is_given_up_and_the_others_arrive(
    line: str, response: Response, receiver: Receiver, make_endpoint: MakeEndpoint, make_delivery: MakeDelivery
) -> None:
    one, other = make_endpoint(url=receiver.url), make_endpoint(url=receiver.url)
    whole, damaged = Entry.objects.order_by("sequence")[:2]
    given_up = make_delivery(one, damage(damaged, line))
    behind_it, elsewhere = make_delivery(one, whole), make_delivery(other, whole)
    assert send_due_deliveries() == 2
    assert set(receiver.ids) == {behind_it.message_id, elsewhere.message_id}
    given_up.refresh_from_db()
    assert (given_up.state, given_up.claimed_until) == ("dead", None)
    assert "could not write" in given_up.said
    one.refresh_from_db()
    assert one.failing_since is None


@pytest.mark.parametrize("line", [*DAMAGED, *map(json.dumps, ODD)])
def test_an_organisation_hears_of_everything_around_it(
    line: str, response: Response, landlord: Organisation, make_endpoint: MakeEndpoint
) -> None:
    theirs = make_endpoint(organisation=landlord, next_sequence=0)
    first = Entry.objects.order_by("sequence")[0]
    damage(first, line)
    take_from_record()
    theirs.refresh_from_db()
    assert theirs.next_sequence == Entry.objects.count()
    assert Delivery.objects.filter(endpoint=theirs).exclude(entry=first).exists()


@pytest.mark.parametrize("line", ODD)
def test_one_that_can_be_read_is_sent_as_it_stands_and_leads_to_its_line(
    line: dict[str, Any], response: Response, make_endpoint: MakeEndpoint, make_delivery: MakeDelivery
) -> None:
    entry = damage(Entry.objects.order_by("sequence")[0], json.dumps(line))
    data = json.loads(body_of(make_delivery(make_endpoint(), entry)))["data"]
    assert data.pop("url").endswith(f"/api/v1/record/{entry.pk}/")
    assert data == line


def test_what_falls_over_one_endpoint_holds_up_nobody_else(
    response: Response, make_endpoint: MakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = make_endpoint(next_sequence=0), make_endpoint(next_sequence=0)
    wanted = fanning_out._wanted

    def falls(endpoint: Endpoint, first: int, until: int) -> list[Entry]:
        if endpoint.pk == bad.pk:
            raise ZeroDivisionError
        return wanted(endpoint, first, until)

    monkeypatch.setattr(fanning_out, "_wanted", falls)
    assert take_from_record() == Entry.objects.count() > 0
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.next_sequence, good.next_sequence) == (0, Entry.objects.count())
