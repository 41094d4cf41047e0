"""What an organisation decided alone, said in public."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community, Topic
from decisions.models import Decision

SignIn = Callable[[User], Client]
URL = "/decisions/new/larkfield/"


def notice(browser: Client, **changed: str) -> Any:
    words = {"title": "Rents", "outcome": "accepted", "summary": "Rents rise.", "reasons": "Costs rose."}
    return browser.post(URL, words | {"submission": str(uuid.uuid4())} | changed)


def test_it_is_public_and_says_alone(professional: User, topic: Topic, client_of: SignIn) -> None:
    browser = client_of(professional)
    page = browser.get(URL).content.decode()
    assert "Organisation decided alone" in page
    answer = notice(browser, topic=str(topic.pk))
    decision = Decision.objects.get()
    assert answer["Location"] == decision.get_absolute_url()
    assert (decision.decided_by, decision.topic) == ("organisation_alone", topic)
    assert decision.signed_role == "housing manager, Penhale Homes"


def test_two_taps_are_one_decision(professional: User, client_of: SignIn) -> None:
    mark = str(uuid.uuid4())
    for _tap in range(2):
        assert notice(client_of(professional), submission=mark).status_code == 302
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("person", ["resident", "facilitator", "outsider", "staff"])
def test_others_do_not(person: str, community: Community, request: pytest.FixtureRequest, client_of: SignIn) -> None:
    browser = client_of(request.getfixturevalue(person))
    assert browser.get(URL).status_code == 403
    assert notice(browser).status_code == 403
    assert not Decision.objects.exists()


def test_strangers(community: Community, private_community: Community, professional: User, client_of: SignIn) -> None:
    assert Client().get(URL).status_code == 302
    assert notice(Client()).status_code == 302
    assert client_of(professional).get("/decisions/new/marrow-ward/").status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"summary": "\x00"},
        {"reasons": "  "},
        {"reasons": "x" * 9000},
        {"outcome": "noted"},
        {"topic": "not-a-uuid"},
        {"topic": str(uuid.uuid4())},
        {"title": "x" * 500},
    ],
)
def test_what_is_wrong_is_said_and_kept(wrong: dict[str, str], professional: User, client_of: SignIn) -> None:
    page = notice(client_of(professional), **wrong)
    assert page.status_code == 200
    content = page.content.decode()
    assert "<title>Error:" in content
    assert not Decision.objects.exists()


def test_a_topic_of_another_community_is_refused(
    professional: User, private_community: Community, client_of: SignIn
) -> None:
    other = Topic.objects.filter(community=private_community).first()
    assert other is not None
    assert notice(client_of(professional), topic=str(other.pk)).status_code == 200
    assert not Decision.objects.exists()
