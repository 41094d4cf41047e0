"""What facilitators do with proposals: calling in, joining, the scrutiny list, meetings."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from communities.models import Community, Organisation, Topic
from decisions.models import Decision
from proposals.actions.backing import back_proposal
from proposals.actions.verdicts import give_verdict
from proposals.models import Ask, Proposal, Response
from record import clock

SignIn = Callable[[User], Client]
HOME = "/c/larkfield/facilitate"
PAGES = ("call-in/", "merge/", "scrutiny/", "meeting/")


@pytest.fixture
def browser(facilitator: User, client_of: SignIn) -> Client:
    return client_of(facilitator)


def green(community: Community) -> Topic:
    return Topic.objects.select_related("rule").get(community=community, slug="green")


@pytest.mark.parametrize("page", PAGES)
def test_only_facilitators(
    page: str, resident: User, professional: User, outsider: User, client: Client, client_of: SignIn
) -> None:
    url = f"{HOME}/{page}"
    assert client.get(url).status_code == 302
    for person in (resident, professional, outsider):
        assert client_of(person).get(url).status_code == 403
    assert client_of(outsider).get(url.replace("larkfield", "nowhere")).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_private_community_is_not_there_for_others(
    page: str, facilitator: User, private_community: Community, client_of: SignIn
) -> None:
    assert client_of(facilitator).get(f"/c/marrow-ward/facilitate/{page}").status_code == 404


def test_one_finds_a_proposal_by_number_and_by_words(tabled: Proposal, browser: Client) -> None:
    for question in ("", str(tabled.number), "path lamp"):
        assert tabled.title in browser.get(f"{HOME}/call-in/", {"q": question}).content.decode()
    for question in ("999", "zebra", "9" * 100, "\x00", "'; drop table", "%", "²"):
        page = browser.get(f"{HOME}/call-in/", {"q": question})
        assert page.status_code == 200


def test_call_in_starts_the_clock_in_public(tabled: Proposal, landlord: Organisation, browser: Client) -> None:
    url = f"{HOME}/call-in/{tabled.number}/"
    assert "as if enough neighbours" in browser.get(url).content.decode()
    said = {"organisations": [str(landlord.pk)], "reason": "Somebody fell."}
    for _tap in range(2):
        assert browser.post(url, said)["Location"] == tabled.get_absolute_url()
    ask = Ask.objects.get()
    assert ask.organisation_id == landlord.pk
    assert Proposal.objects.get(pk=tabled.pk).called_in_reason == "Somebody fell."
    assert browser.get(url)["Location"] == tabled.get_absolute_url()


@pytest.mark.parametrize(
    "hostile",
    [{"reason": " "}, {"organisations": []}, {"organisations": ["x"]}, {"organisations": [str(uuid.uuid4())]}],
)
def test_call_in_needs_a_reason_and_somebody_here(
    hostile: dict[str, Any], tabled: Proposal, landlord: Organisation, browser: Client
) -> None:
    said = {"organisations": [str(landlord.pk)], "reason": "Somebody fell."} | hostile
    assert browser.post(f"{HOME}/call-in/{tabled.number}/", said).status_code == 200
    assert not Ask.objects.exists()


def test_merge_shows_both_and_moves_each_voice_once(
    make_proposal: Callable[..., Proposal], neighbours: list[User], browser: Client
) -> None:
    duplicate, into = make_proposal(title="A lamp"), make_proposal(title="Light the path")
    for neighbour in neighbours[:2]:
        back_proposal(proposal=duplicate, acting_user=neighbour)
    back_proposal(proposal=into, acting_user=neighbours[0])
    assert "A lamp" in browser.get(f"{HOME}/merge/").content.decode()
    second = browser.get(f"{HOME}/merge/{duplicate.number}/").content.decode()
    assert f"{HOME}/merge/{duplicate.number}/{into.number}/" in second
    assert f"{HOME}/merge/{duplicate.number}/{duplicate.number}/" not in second
    url = f"{HOME}/merge/{duplicate.number}/{into.number}/"
    page = browser.get(url)
    assert page.context["moving"] == 1
    assert "A lamp" in page.content.decode()
    assert "Say why they are the same." in browser.post(url, {"reason": ""}).content.decode()
    for _tap in range(2):
        assert browser.post(url, {"reason": "Both ask for light."})["Location"] == into.get_absolute_url()
    into.refresh_from_db()
    assert into.supports_count == 2
    assert browser.get(url)["Location"] == Proposal.objects.get(pk=duplicate.pk).get_absolute_url()


def test_a_proposal_is_not_joined_to_itself(tabled: Proposal, browser: Client) -> None:
    assert browser.get(f"{HOME}/merge/{tabled.number}/{tabled.number}/").status_code == 404
    assert browser.get(f"{HOME}/merge/{tabled.number}/{10**30}/").status_code == 404
    assert browser.get(f"{HOME}/merge/{10**30}/").status_code == 404


@pytest.mark.parametrize("person", ["resident", "professional"])
def test_single_pages_are_for_facilitators_too(
    person: str, tabled: Proposal, request: pytest.FixtureRequest, client_of: SignIn
) -> None:
    browser = client_of(request.getfixturevalue(person))
    for page in (f"call-in/{tabled.number}/", f"merge/{tabled.number}/", f"meeting/{tabled.number}/"):
        assert browser.get(f"{HOME}/{page}").status_code == 403
        assert browser.post(f"{HOME}/{page}", {"reason": "x"}).status_code in (403, 405)
    assert not Ask.objects.exists()


def test_the_scrutiny_list(response: Response, neighbours: list[User], browser: Client) -> None:
    assert "No answer is contested" in browser.get(f"{HOME}/scrutiny/").content.decode()
    for neighbour in neighbours[:3]:
        give_verdict(response=response, acting_user=neighbour, answers_it=False)
    page = browser.get(f"{HOME}/scrutiny/").content.decode()
    assert response.proposal.title in page
    assert "3 said that it does not" in page


MEETING = {
    "meeting_label": "Residents’ meeting",
    "outcome": "accepted",
    "summary": "Plant two trees.",
    "reasons": "Shade.",
    "residents_present": "14",
    "professionals_present": "0",
    "votes_for": "11",
    "votes_against": "2",
}


def meeting(**changed: str) -> dict[str, str]:
    return MEETING | {"held_on": clock.today().isoformat(), "submission": str(uuid.uuid4())} | changed


def test_a_meeting_decides_what_is_residents(
    community: Community, make_proposal: Callable[..., Proposal], browser: Client
) -> None:
    proposal = make_proposal(topic=green(community))
    url = f"{HOME}/meeting/{proposal.number}/"
    assert proposal.title in browser.get(f"{HOME}/meeting/").content.decode()
    assert "Residents decided" in browser.get(url).content.decode()
    said = meeting()
    for _tap in range(2):
        assert browser.post(url, said).status_code == 302
    assert Decision.objects.get().decided_by == "residents"
    assert browser.get(url)["Location"] == Proposal.objects.get(pk=proposal.pk).get_absolute_url()


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes_for": "40"},
        {"votes_for": "1"},
        {"residents_present": "0"},
        {"residents_present": "-1"},
        {"residents_present": "NaN"},
        {"residents_present": "9" * 300},
        {"held_on": "2001-01-01"},
        {"held_on": "2099-01-01"},
        {"outcome": "noted"},
        {"reasons": ""},
        {"meeting_label": "\x00"},
    ],
)
def test_meetings_that_cannot_have_been(
    wrong: dict[str, str], community: Community, make_proposal: Callable[..., Proposal], browser: Client
) -> None:
    proposal = make_proposal(topic=green(community))
    page = browser.post(f"{HOME}/meeting/{proposal.number}/", meeting(**wrong))
    assert page.status_code == 200
    assert "<title>Error:" in page.content.decode()
    assert not Decision.objects.exists()


def test_what_the_organisation_decides_is_not_for_a_meeting(tabled: Proposal, browser: Client) -> None:
    url = f"{HOME}/meeting/{tabled.number}/"
    assert tabled.title not in browser.get(f"{HOME}/meeting/").content.decode()
    assert browser.get(url)["Location"] == tabled.get_absolute_url()
    assert browser.post(url, meeting())["Location"] == tabled.get_absolute_url()
    Proposal.objects.filter(pk=tabled.pk).update(rule=None)
    assert browser.post(url, meeting()).status_code == 302
    assert not Decision.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_queries_do_not_grow(
    page: str,
    make_proposal: Callable[..., Proposal],
    community: Community,
    browser: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(20):
        proposal = make_proposal(title=f"Lamp {number}", topic=green(community))
        Proposal.objects.filter(pk=proposal.pk).update(is_contested=True)
    with django_assert_max_num_queries(6):
        browser.get(f"{HOME}/{page}")
