"""The demo loads once, whole and in order, and every page of it can be looked at."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from ballots.models import Ballot, Elector, Paper
from communities.models import Agreement, Community, Membership
from decisions.models import Decision
from notifications.models import Delivery
from proposals.models import Ask, Commitment, CommonGround, Opinion, Proposal, Response
from record import clock
from record.models import Entry, Event
from tests.told_demo import tell_the_demo

pytestmark = pytest.mark.once

PEOPLE = ("resident", "chair", "officer", "nhs", "facilitator")


@pytest.fixture(scope="module")
def told(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    testrun_uid: str,
) -> Iterator[None]:
    """The story, told for this file, and taken away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell_the_demo(tmp_path_factory, testrun_uid)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def story(told: None, db: None) -> None:
    """Each test looks at the story in a transaction of its own."""


def test_the_place_is_peopled() -> None:
    larkfield = Community.objects.get()
    seats = Membership.objects.filter(community=larkfield, ended_at=None)
    assert larkfield.residents_count == seats.filter(role="resident", verified_at__isnull=False).count() == 120
    assert seats.filter(role="professional").count() == 12
    assert sorted(larkfield.organisations.values_list("sector", flat=True)) == ["council", "health", "housing"]
    assert list(Agreement.objects.values_list("version", flat=True)) == [3, 2, 1]
    assert not User.objects.filter(email__isnull=False).exclude(email__endswith="@demo.toptable.example").exists()
    assert not User.objects.filter(is_active=True, is_staff=True).exists()


def test_there_is_a_proposal_in_every_state() -> None:
    assert Proposal.objects.exclude(state="draft").count() >= 42
    assert set(Proposal.objects.values_list("state", flat=True)) == set(Proposal.State.values)


def test_what_people_share_is_on_a_map(client: Client) -> None:
    ground = CommonGround.objects.get()
    assert (ground.people, len(ground.groups), len(ground.points)) == (35, 2, 35)
    page = client.get("/c/larkfield/proposals/common-ground/").content.decode()
    assert "They fall into 2 groups" in page
    assert not Opinion.objects.filter(user__email="resident@demo.toptable.example").exists()


def test_clocks_stand_where_the_story_says() -> None:
    today = clock.today()
    late = Ask.objects.overdue(today)
    assert late.count() == 2
    assert [ask.proposal.title for ask in Ask.objects.long_overdue(today)] == [
        "Ring back within a week when we report damp"
    ]
    assert Ask.objects.filter(extended_at__isnull=False).count() == 1
    assert Proposal.objects.exclude(called_in_reason="").count() == 1
    assert Proposal.objects.filter(is_contested=True).count() == 1
    assert Response.objects.filter(ask__answered_on__gt=clock.today()).count() == 0


def test_decisions_were_made_in_all_five_ways() -> None:
    assert set(Decision.objects.values_list("decided_by", flat=True)) == set(Decision.DecidedBy.values)
    assert Decision.objects.filter(is_overruled=True).count() == 1


def test_promises_fared_in_every_way() -> None:
    states = set(Commitment.objects.values_list("state", flat=True))
    assert states == set(Commitment.State.values)
    assert Commitment.objects.late(clock.today()).exists()
    assert Commitment.objects.filter(broken_on__isnull=False).exclude(state="dropped").exists()
    assert Commitment.objects.filter(organisation=None, state="confirmed").exists()
    assert set(Commitment.objects.exclude(confirmed_how="").values_list("confirmed_how", flat=True)) == set(
        Commitment.ConfirmedHow.values
    )


def test_a_second_run_changes_nothing() -> None:
    before = (Entry.objects.count(), User.objects.count(), Proposal.objects.count())
    said = StringIO()
    call_command("demo", stdout=said)
    assert "Nothing was changed" in said.getvalue()
    assert (Entry.objects.count(), User.objects.count(), Proposal.objects.count()) == before


def test_the_record_reads_in_the_order_in_which_it_happened() -> None:
    previous, last = "0" * 64, ""
    for at, entry in enumerate(Entry.objects.order_by("sequence")):
        facts = json.loads(entry.line)
        assert entry.sequence == facts["sequence"] == at
        assert facts["previous"] == previous
        assert facts["at"] >= last
        previous, last = hashlib.sha256(entry.line.encode()).hexdigest(), facts["at"]


def test_every_kept_count_is_right() -> None:
    call_command("check_counts", stdout=StringIO())


def test_inboxes_look_lived_in_and_nobody_gets_nine_months_of_mail() -> None:
    assert not Event.objects.filter(relayed_at=None).exists()
    for name in PEOPLE:
        user = User.objects.get(email=f"{name}@demo.toptable.example")
        inbox = user.notifications.filter(in_inbox=True)
        assert inbox.exists()
        assert user.unread_notifications == inbox.filter(read_at=None).count()
        assert Delivery.objects.filter(notification__user=user).count() <= 10


def test_every_page_that_anybody_can_reach_can_be_looked_at(client: Client) -> None:
    seen = _crawl(client, "/", most=300)
    for proposal in Proposal.objects.exclude(state="draft").select_related("community"):
        assert proposal.get_absolute_url() in seen or client.get(proposal.get_absolute_url()).status_code == 200
    for decision in Decision.objects.all():
        assert decision.get_absolute_url() in seen or client.get(decision.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_that_they_can_reach_can_be_looked_at(name: str, client_of: Callable[[User], Client]) -> None:
    user = User.objects.get(email=f"{name}@demo.toptable.example")
    _crawl(client_of(user), "/", most=70)


def _crawl(client: Client, start: str, *, most: int) -> set[str]:
    """Look at up to `most` pages that are linked from each other."""
    waiting, seen = [start], set[str]()
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code in (200, 302), f"{path} answered {response.status_code}"
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            links = re.findall(r'href="(/[^"#]*)', response.content.decode())
            waiting += [unescape(link) for link in links if not link.startswith(("/static/", "/admin/", "/demo/"))]
    return seen


def test_there_is_a_vote_in_every_state_that_a_reader_meets() -> None:
    votes = {ballot.question: ballot for ballot in Ballot.objects.all()}
    spring = votes["How shall we spend the £30,000 spring pot?"]
    garden = votes["What shall we call the new garden?"]
    winter = votes["How shall we spend the £12,000 winter pot?"]
    assert (spring.state, garden.state, winter.state) == ("certified", "certified", "open")
    assert {ballot.state for ballot in votes.values()} >= {"announced", "open", "certified", "draft"}
    assert 112 <= spring.eligible_count <= 120
    assert min(spring.online_count, spring.paper_count, spring.phone_count) > 0
    assert spring.decision is not None
    assert spring.decision.decided_by == "residents"
    assert spring.decision.commitments_open + spring.decision.commitments_kept >= 3
    assert set(spring.count.winners) != set(spring.count.working["other"]["winners"])
    assert Elector.objects.filter(ballot=winter, user__email="resident@demo.toptable.example", channel="").exists()
    assert not Paper.objects.exclude(ballot=winter).exists()
