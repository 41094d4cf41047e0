"""Open votes on the first screen and on a community's page; and that nothing there moves when somebody votes."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from ballots.actions.voting import cast_vote, keep_choices
from ballots.models import Ballot
from communities.models import Community
from notifications.actions.relaying import relay_waiting_events
from record import clock
from record.models import Entry, RecordHead
from tests.ballots.conftest import green, make_ballot, make_open, open_vote
from tests.front.conftest import MakeVote

__all__ = ["green", "make_ballot", "make_open", "open_vote"]  # fixtures of the votes, for this room too

pytestmark = pytest.mark.django_db
SECRET = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|name="submission"\s+value="[^"]+"')


def page(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_open_votes_stand_on_the_first_screen_the_soonest_to_close_first(
    client: Client, community: Community, make_vote: MakeVote
) -> None:
    make_vote(community, "Closes last?", 9)
    make_vote(community, "Closes third?", 5)
    make_vote(community, "Closes second?", 3)
    first = make_vote(community, "Closes first?", 1)
    html = page(client)
    assert html.index("Closes first?") < html.index("Closes second?") < html.index("Closes third?")
    assert "Closes last?" not in html
    assert "Votes that are open" in html
    assert first.get_absolute_url() in html
    assert 'href="/ballots/"' in html
    assert community.name in html


def test_only_what_takes_votes_now_is_open(client: Client, community: Community, make_vote: MakeVote) -> None:
    now = clock.now()
    make_vote(community, "Announced?", state="announced", opens_at=now + timedelta(days=1))
    make_vote(community, "Over by the clock?", -0.1)
    make_vote(community, "Closed?", state="closed")
    make_vote(community, "Draft?", state="draft")
    make_vote(community, "Called off?", state="cancelled", cancel_reason="Wrong")
    html = page(client)
    assert "Votes that are open" not in html
    for question in ("Announced?", "Over by the clock?", "Closed?", "Draft?", "Called off?"):
        assert question not in html


def test_a_community_shows_its_votes_now_and_soon(
    client: Client, community: Community, private_community: Community, make_vote: MakeVote
) -> None:
    make_vote(community, "Open one?", 2, electorate="area", electorate_area="Heron House")
    make_vote(community, "Coming one?", 8, state="announced", opens_at=clock.now() + timedelta(days=1))
    make_vote(community, "Draft?", state="draft")
    make_vote(private_community, "Secret one?")
    html = page(client, "/c/larkfield/")
    assert html.index("Open one?") < html.index("Coming one?")
    assert "Open until " in html
    assert "Opens on " in html
    assert "Heron House" in html
    assert "Draft?" not in html
    assert "Secret one?" not in html
    assert 'href="/c/larkfield/ballots/"' in html


def test_a_private_vote_is_shown_to_members_alone(
    client: Client,
    client_of: Callable[[User], Client],
    private_community: Community,
    make_vote: MakeVote,
    outsider: User,
) -> None:
    make_vote(private_community, "Secret one?")
    assert "Secret one?" not in page(client)
    assert "Secret one?" in page(client_of(outsider))


@pytest.mark.parametrize(("address", "most"), [("/", 8), ("/c/larkfield/", 12)])
def test_the_same_few_queries_for_one_vote_and_for_twenty(
    client: Client, community: Community, resident: User, make_vote: MakeVote, address: str, most: int
) -> None:
    client.force_login(resident)
    counts = []
    for rows in (1, 19):
        for n in range(rows):
            make_vote(community, f"Vote {rows} {n}?")
        with CaptureQueriesContext(connection) as queries:
            page(client, address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= most


def test_no_byte_of_any_page_moves_when_somebody_votes(
    client: Client,
    client_of: Callable[[User], Client],
    open_vote: Ballot,
    neighbours: list[User],
    facilitator: User,
    tabled: object,
) -> None:
    """Nor the record, nor an inbox: not for strangers, not for those who may vote, not for a facilitator."""
    relay_waiting_events()
    browsers = [client, client_of(neighbours[4]), client_of(facilitator)]
    addresses = [
        "/",
        "/c/larkfield/",
        "/c/larkfield/proposals/",
        "/decisions/",
        "/waiting/",
        "/o/",
        "/ballots/",
        "/c/larkfield/ballots/",
        "/find/",
    ]

    addresses.append(open_vote.get_absolute_url())

    def seen() -> list[str]:
        pages = [SECRET.sub("", page(browser, address)) for browser in browsers for address in addresses]
        inboxes = [SECRET.sub("", page(browser, "/inbox/")) for browser in browsers[1:]]
        return pages + inboxes

    def kept() -> tuple[list[str], object]:
        return list(Entry.objects.values_list("line", flat=True)), RecordHead.objects.values().get()

    with clock.at(clock.now() + timedelta(minutes=5)):
        before = seen(), kept()
        keep_choices(ballot=open_vote, acting_user=neighbours[0], choices={"1": 1})
        cast_vote(ballot=open_vote, acting_user=neighbours[1], choices={"1": 1})
        cast_vote(ballot=open_vote, acting_user=neighbours[1], choices={"3": 1})
        cast_vote(ballot=open_vote, acting_user=neighbours[2], choices={})
        relay_waiting_events()
        assert (seen(), kept()) == before
