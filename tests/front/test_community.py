"""The page of one community."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities.models import Community
from tests.front.conftest import MakeAsk, MakeDecision


def test_what_waits_what_was_decided_and_who_decides_what(
    client: Client, community: Community, make_ask: MakeAsk, make_decision: MakeDecision
) -> None:
    make_ask(community, days_ago=200, title="Ring back about damp")
    make_decision(community, title="A new way to book a repair")
    html = client.get("/c/larkfield/").content.decode()
    for words in ("Ring back about damp", "Long overdue", "A new way to book a repair", "Decided together"):
        assert words in html
    assert "Version 1, agreed by residents’ vote" in html
    assert "Join with your code" in html


def test_empty_says_what_to_do(client: Client, community: Community) -> None:
    html = client.get("/c/larkfield/").content.decode()
    assert "Nothing waits for an answer just now" in html
    assert "Nothing is gathering backing just now" in html
    assert "Nothing is decided yet" in html


def test_a_community_without_agreement_or_anything(client: Client, db: None) -> None:
    Community.objects.create(name="New", slug="new")
    assert client.get("/c/new/").status_code == 200


def test_another_communitys_things_are_not_here(
    client: Client, community: Community, private_community: Community, make_ask: MakeAsk, make_decision: MakeDecision
) -> None:
    make_ask(private_community, title="Secret plan")
    make_decision(private_community, title="Secret choice")
    assert "Secret" not in client.get("/c/larkfield/").content.decode()


def test_a_private_community_is_not_there_for_others(client, client_of, private_community, resident, outsider) -> None:
    assert client.get("/c/marrow-ward/").status_code == 404
    assert client_of(resident).get("/c/marrow-ward/").status_code == 404
    assert client_of(outsider).get("/c/marrow-ward/").status_code == 200


@pytest.mark.parametrize(
    ("who", "button"),
    [("resident", "Table a proposal"), ("facilitator", "Facilitate"), ("professional", "Your desk")],
)
def test_each_role_has_its_own_first_button(request, client_of, community, who, button) -> None:
    html = client_of(request.getfixturevalue(who)).get("/c/larkfield/").content.decode()
    assert f">{button}</a>" in html
    assert "Join with your code" not in html


def test_a_resident_backs_from_here_and_then_sees_the_next_one(client_of, neighbour, tabled) -> None:
    browser = client_of(neighbour)
    html = browser.get("/c/larkfield/").content.decode()
    assert tabled.title in html
    assert f"{tabled.get_absolute_url()}back/" in html
    browser.post(f"{tabled.get_absolute_url()}back/")
    assert tabled.title not in browser.get("/c/larkfield/").content.decode()


def test_professionals_are_not_asked_to_back(client_of, professional, tabled) -> None:
    assert "Back this" not in client_of(professional).get("/c/larkfield/").content.decode()


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_same_few_queries_for_one_row_and_for_twenty(
    client, community, resident, neighbour, make_proposal, make_ask, make_decision, signed_in
) -> None:
    if signed_in:
        client.force_login(neighbour)
    Community.objects.update(last_proposal_number=1000)  # make_ask numbers its own from one
    counts = []
    for rows in (1, 19):
        for n in range(rows):
            make_proposal(title=f"Row {rows} {n}")
            make_ask(community)
            make_decision(community)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/c/larkfield/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
