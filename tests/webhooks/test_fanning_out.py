"""From the record to deliveries: everything that is public and asked for, once, and nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from communities.models import Community, Organisation
from notifications.tasks import relay_events
from proposals.actions.backing import back_proposal
from proposals.models import Proposal, Response
from record.announcements import SYSTEM, announce
from record.kinds import KINDS
from record.models import Entry
from tests.webhooks.conftest import MakeEndpoint
from webhooks.actions import fanning_out
from webhooks.actions.fanning_out import take_from_record
from webhooks.kinds import GROUPS
from webhooks.models import Delivery, Endpoint, message_id_of

pytestmark = pytest.mark.django_db
# What `announce` is told with public=False, always: these never stand in the record.
NEVER_PUBLIC = {
    "proposal.backed",
    "proposal.backing_withdrawn",
    "proposal.sent_to_vote",
    "ask.due_soon",
    "verdict.given",
    "commitment.checked",
    "commitment.due_soon",
    "ballot.closing_soon",
    "vote.entered",
    "opinions.imported",
    "user.erased",
    "opinion.given",
    "opinion.taken_back",
}


def kinds_for(endpoint: Endpoint) -> list[str]:
    return list(Delivery.objects.filter(endpoint=endpoint).order_by("id").values_list("entry__kind", flat=True))


def make_entries(community: Community, count: int, kind: str = "community.created") -> None:
    with transaction.atomic():
        for _number in range(count):
            announce(kind, subject=community, community=community, actor=SYSTEM)


def test_every_kind_of_the_record_can_be_chosen_or_is_never_public() -> None:
    listed = [kind for group in GROUPS.values() for kind in group.kinds]
    assert len(listed) == len(set(listed))
    assert set(listed) | NEVER_PUBLIC == set(KINDS)
    assert not set(listed) & NEVER_PUBLIC


def test_what_happens_is_put_on_its_way(make_endpoint: MakeEndpoint, tabled: Proposal, neighbours: list[User]) -> None:
    endpoint = make_endpoint()
    for neighbour in neighbours[:3]:
        back_proposal(proposal=tabled, acting_user=neighbour)
    assert take_from_record() == 1
    assert kinds_for(endpoint) == ["proposal.threshold_reached"]
    (delivery,) = Delivery.objects.all()
    assert delivery.message_id == message_id_of(endpoint, delivery.entry_id or 0)
    assert take_from_record() == 0


def test_what_was_before_the_confirmation_is_not_sent(tabled: Proposal, make_endpoint: MakeEndpoint) -> None:
    make_endpoint()
    assert take_from_record() == 0


def test_only_the_kinds_that_were_chosen(make_endpoint: MakeEndpoint, asked: Proposal) -> None:
    endpoint = make_endpoint(kinds=["proposal.tabled"], next_sequence=0)
    take_from_record()
    assert kinds_for(endpoint) == ["proposal.tabled"]


def test_only_one_community(make_endpoint: MakeEndpoint, community: Community, tabled: Proposal) -> None:
    other = Community.objects.create(name="Otherby", slug="otherby")
    make_entries(other, 1)
    here = make_endpoint(community=community, next_sequence=0)
    there = make_endpoint(community=other, next_sequence=0)
    take_from_record()
    assert kinds_for(here) == ["proposal.tabled"]
    assert kinds_for(there) == ["community.created"]


def test_only_one_organisation(
    make_endpoint: MakeEndpoint, response: Response, landlord: Organisation, council: Organisation
) -> None:
    theirs = make_endpoint(organisation=landlord, next_sequence=0)
    others = make_endpoint(organisation=council, next_sequence=0)
    take_from_record()
    assert {"proposal.threshold_reached", "response.published"} <= set(kinds_for(theirs))
    assert "response.published" not in kinds_for(others)


def test_nothing_of_a_private_community(make_endpoint: MakeEndpoint, private_community: Community) -> None:
    endpoint = make_endpoint()
    make_entries(private_community, 2)
    make_endpoint(community=private_community, next_sequence=0)
    assert take_from_record() == 0
    endpoint.refresh_from_db()
    assert endpoint.next_sequence == 2


def test_nothing_of_a_community_that_became_private(
    make_endpoint: MakeEndpoint, tabled: Proposal, community: Community
) -> None:
    make_endpoint(next_sequence=0)
    Community.objects.filter(pk=community.pk).update(is_public=False)
    assert take_from_record() == 0


@pytest.mark.parametrize("state", ["unconfirmed", "paused", "disabled"])
def test_only_endpoints_that_are_on(state: str, make_endpoint: MakeEndpoint, tabled: Proposal) -> None:
    make_endpoint(state=state, next_sequence=0)
    assert take_from_record() == 0


def test_a_round_that_is_cut_off_begins_again(
    make_endpoint: MakeEndpoint, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = make_endpoint()
    make_entries(community, 5)
    monkeypatch.setattr(fanning_out, "AT_ONCE", 2)

    def die(*_arguments: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(Endpoint, "save", die)
        with pytest.raises(KeyboardInterrupt):
            take_from_record()
    assert not Delivery.objects.exists()
    assert take_from_record() == 5
    assert len(set(kinds_for(endpoint))) == 1
    assert Delivery.objects.count() == 5


def test_the_relay_begins_it(
    make_endpoint: MakeEndpoint, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    published: list[Any] = []
    monkeypatch.setattr("webhooks.tasks.publish", published.append)
    relay_events()
    assert published == []
    make_endpoint()
    make_entries(community, 1)
    relay_events()
    assert [task.name for task in published] == ["webhooks.tasks.send_webhooks"]


def test_what_goes_wrong_here_holds_up_no_notification(
    monkeypatch: pytest.MonkeyPatch, asked: Proposal, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("notifications.relay._listeners", [lambda: 1 / 0])
    relay_events()
    assert "After the relay" in caplog.text


def test_without_endpoints_it_costs_one_query(tabled: Proposal, django_assert_num_queries: Any) -> None:
    from webhooks.tasks import poke

    with django_assert_num_queries(1):
        take_from_record()
    with django_assert_num_queries(1):
        poke()


@pytest.mark.parametrize("count", [1, 20])
def test_the_cost_does_not_grow_with_the_lines(
    count: int, make_endpoint: MakeEndpoint, community: Community, django_assert_num_queries: Any
) -> None:
    make_endpoint()
    make_entries(community, count)
    with django_assert_num_queries(8):  # with the transaction's own two
        assert take_from_record() == count


def test_the_body_is_the_line_and_nothing_else(
    make_endpoint: MakeEndpoint, tabled: Proposal, resident: User, make_delivery: Callable[..., Delivery]
) -> None:
    from webhooks.payload import body_of

    endpoint = make_endpoint()
    body = body_of(make_delivery(endpoint))
    said = json.loads(body)
    entry = Entry.objects.get(kind="proposal.tabled")
    assert set(said) == {"type", "timestamp", "data"}
    assert said["type"] == "proposal.tabled"
    assert said["timestamp"].endswith("Z")
    assert said["data"] == json.loads(entry.line) | {"url": f"http://127.0.0.1:8000/api/v1/proposals/{tabled.pk}/"}
    assert b"@" not in body
    assert body == body_of(Delivery.objects.get())
