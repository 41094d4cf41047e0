"""Each message leads somewhere: to the thing, or the nearest thing that is in the open API, or its line."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community, Membership
from proposals.actions.talk import add_comment
from proposals.models import Proposal
from record import clock
from record.announcements import SYSTEM, announce
from record.models import Entry
from tests.webhooks.conftest import MakeDelivery, MakeEndpoint
from webhooks.payload import LISTS, body_of

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000/api/v1"


def entry_of(subject_type: str, community: Any = None, **payload: Any) -> Entry:
    """A line as the record has it, about a thing of this type."""
    pk = str(uuid4())
    line = {"subject": {"type": subject_type, "id": pk}, "community": community, "payload": payload}
    return Entry.objects.create(
        sequence=Entry.objects.count(),
        at=clock.now(),
        kind="comment.added",
        subject_type=subject_type,
        subject_id=pk,
        line=json.dumps(line),
    )


@pytest.fixture
def url_of(make_endpoint: MakeEndpoint, make_delivery: MakeDelivery) -> Any:
    return lambda entry: json.loads(body_of(make_delivery(make_endpoint(), entry)))["data"]["url"]


@pytest.mark.parametrize("about", ["ask", "comment", "offer"])
def test_what_is_in_no_list_leads_to_its_proposal(url_of: Any, about: str) -> None:
    proposal = str(uuid4())
    entry = entry_of(about, str(uuid4()), proposal=proposal, decision=str(uuid4()))
    own = f"{BASE}/{LISTS[about]}/{entry.subject_id}/" if about in LISTS else None
    assert url_of(entry) == own or url_of(entry) == f"{BASE}/proposals/{proposal}/"


def test_else_to_its_decision_or_its_community_or_the_line(url_of: Any) -> None:
    decision, community = str(uuid4()), str(uuid4())
    assert url_of(entry_of("something", community, decision=decision, proposal=None)) == f"{BASE}/decisions/{decision}/"
    assert url_of(entry_of("something", community, decision=None)) == f"{BASE}/communities/{community}/"
    entry = entry_of("something")
    assert url_of(entry) == f"{BASE}/record/{entry.pk}/"


def test_a_comment_and_a_seat_of_real_life_lead_to_what_is_there(
    url_of: Any, tabled: Proposal, neighbour: User, community: Community, client: Client
) -> None:
    add_comment(proposal=tabled, acting_user=neighbour, body="Yes please", submission=uuid4())
    seat = Membership.objects.filter(community=community)[0]
    announce("membership.ended", subject=seat, community=community, actor=SYSTEM)
    for kind, place in (("comment.added", "proposals"), ("membership.ended", "communities")):
        found = url_of(Entry.objects.filter(kind=kind).latest("pk"))
        assert f"/{place}/" in found
        assert client.get(found).status_code == 200


def test_a_sealed_line_leads_to_nothing_but_itself(url_of: Any, private_community: Community) -> None:
    said = announce("community.created", subject=private_community, community=private_community, actor=SYSTEM)
    assert url_of(said.entry) == f"{BASE}/record/{said.entry.pk}/"
