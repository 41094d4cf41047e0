"""Overruling residents: shown and counted for ever."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community, Topic
from decisions.models import Decision
from proposals.actions.deciding import decide_at_meeting
from proposals.models import Proposal
from record import clock

SignIn = Callable[[User], Client]


@pytest.fixture
def residents_decision(community: Community, make_proposal: Callable[..., Proposal], facilitator: User) -> Decision:
    proposal = make_proposal(topic=Topic.objects.select_related("rule").get(community=community, slug="green"))
    return decide_at_meeting(
        proposal=proposal,
        acting_user=facilitator,
        held_on=clock.today(),
        meeting_label="Residents’ meeting",
        outcome="accepted",
        summary="Plant two trees.",
        reasons="Shade.",
        residents_present=14,
        professionals_present=0,
        votes_for=11,
        votes_against=2,
        submission=uuid.uuid4(),
    )


def url_of(decision: Decision) -> str:
    return f"/decisions/{decision.reference}/overrule/"


def overrule(browser: Client, decision: Decision, **changed: str) -> Any:
    words = {"title": "No trees", "summary": "We plant none.", "reasons": "Pipes.", "understood": "on"}
    return browser.post(url_of(decision), words | {"submission": str(uuid.uuid4())} | changed)


def test_it_warns_and_stands_for_ever(residents_decision: Decision, professional: User, client_of: SignIn) -> None:
    browser = client_of(professional)
    page = browser.get(url_of(residents_decision)).content.decode()
    assert "This shows for ever, and it is counted" in page
    assert "Organisation overruled residents" in page
    mark = str(uuid.uuid4())
    for _tap in range(2):
        answer = overrule(browser, residents_decision, submission=mark)
    made = Decision.objects.get(overrules=residents_decision)
    assert answer["Location"] == made.get_absolute_url()
    assert made.decided_by == "organisation_overruling_residents"
    residents_decision.refresh_from_db()
    assert residents_decision.is_overruled


def test_once_only(residents_decision: Decision, professional: User, client_of: SignIn) -> None:
    overrule(client_of(professional), residents_decision)
    assert client_of(professional).get(url_of(residents_decision)).status_code == 302
    assert "overruled already" in overrule(client_of(professional), residents_decision).content.decode()
    assert Decision.objects.filter(overrules=residents_decision).count() == 1


@pytest.mark.parametrize("wrong", [{"reasons": " "}, {"understood": ""}, {"summary": "\x00"}, {"title": ""}])
def test_reasons_and_the_tick_are_needed(
    wrong: dict[str, str], residents_decision: Decision, professional: User, client_of: SignIn
) -> None:
    words = {"title": "No trees", "summary": "We plant none.", "reasons": "Pipes.", "understood": "on"} | wrong
    if not words["understood"]:
        del words["understood"]
    page = client_of(professional).post(url_of(residents_decision), words)
    assert page.status_code == 200
    assert "<title>Error:" in page.content.decode()
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("person", ["resident", "facilitator", "outsider"])
def test_others_do_not(
    person: str, residents_decision: Decision, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    browser = client_of(request.getfixturevalue(person))
    assert browser.get(url_of(residents_decision)).status_code == 403
    assert overrule(browser, residents_decision).status_code == 403
    assert Decision.objects.count() == 1


def test_strangers(residents_decision: Decision, outsider: User, client_of: SignIn) -> None:
    assert Client().get(url_of(residents_decision)).status_code == 302
    Community.objects.filter(pk=residents_decision.community_id).update(is_public=False)
    assert client_of(outsider).get(url_of(residents_decision)).status_code == 404


def test_what_the_organisation_decided_itself_is_not_overruled(
    decided: Proposal, professional: User, client_of: SignIn
) -> None:
    assert decided.decision is not None
    assert client_of(professional).get(url_of(decided.decision)).status_code == 403
