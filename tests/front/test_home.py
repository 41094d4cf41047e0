"""The first screen."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from communities.models import Community
from tests.front.conftest import MakeAsk, MakeDecision


def page(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_on_the_table_says_what_to_do(client: Client, db: None) -> None:
    html = page(client)
    assert "No answer is waited for just now." in html
    assert "Nothing waits for an answer just now" in html
    assert "Nothing is decided yet" in html
    assert 'href="/find/"' in html


def test_the_longest_wait_comes_first_and_late_is_said(client: Client, community: Community, make_ask: MakeAsk) -> None:
    make_ask(community, days_ago=3, title="New one")
    make_ask(community, days_ago=200, title="Old one")
    html = page(client)
    assert html.index("Old one") < html.index("New one")
    assert "1 answer is late" in html
    assert "and 1 more is due." in html
    assert "Long overdue" in html
    assert "of 20" in html


def test_who_decided_stands_beside_each_decision(
    client: Client, community: Community, make_decision: MakeDecision
) -> None:
    make_decision(community)
    html = page(client)
    assert "Decided together" in html
    assert "It starts on Monday." in html


def test_a_private_community_is_neither_shown_nor_counted(
    client: Client, private_community: Community, make_ask: MakeAsk, make_decision: MakeDecision
) -> None:
    make_ask(private_community, days_ago=200, title="Secret plan")
    make_decision(private_community, title="Secret choice")
    html = page(client)
    assert "Secret" not in html
    assert "No answer is waited for just now." in html


def test_a_member_sees_their_private_community(
    client: Client, private_community: Community, make_ask: MakeAsk, make_user: object
) -> None:
    member: User = make_user("Lena", private_community)  # type: ignore[operator]
    make_ask(private_community, title="Our plan")
    client.force_login(member)
    assert "Our plan" in page(client)


def test_a_resident_goes_straight_to_tabling(client: Client, community: Community, resident: User) -> None:
    client.force_login(resident)
    html = page(client)
    assert f'href="/c/{community.slug}/proposals/new/"' in html
    assert resident.display_name in html
    assert "Sign in" not in html


def test_what_is_new_in_the_inbox_is_counted(client: Client, resident: User) -> None:
    User.objects.filter(pk=resident.pk).update(unread_notifications=3)
    client.force_login(resident)
    assert '<span class="count">3' in page(client)


def test_only_reading(client: Client, db: None) -> None:
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_same_few_queries_for_one_row_and_for_twenty(
    client: Client,
    community: Community,
    resident: User,
    make_ask: MakeAsk,
    make_decision: MakeDecision,
    signed_in: bool,
) -> None:
    if signed_in:
        client.force_login(resident)
    counts = []
    for rows in (1, 19):
        for _row in range(rows):
            make_ask(community)
            make_decision(community)
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= (8 if signed_in else 5)
