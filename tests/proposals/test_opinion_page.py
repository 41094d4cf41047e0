"""The three buttons on a proposal's page."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from proposals.actions.opinions import give_opinion
from proposals.models import Opinion, Proposal

ClientOf = Callable[[User], Client]


def text_of(client: Client, proposal: Proposal) -> str:
    return str(client.get(proposal.get_absolute_url()).content.decode())


def test_a_resident_answers_and_finds_the_answer_marked(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    browser, url = client_of(neighbour), tabled.get_absolute_url()
    assert "Nobody has said so far" in text_of(browser, tabled)
    answer = browser.post(f"{url}opinion/", {"value": "disagree"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{url}#opinion")
    text = text_of(browser, tabled)
    assert 'value="disagree" aria-pressed="true"' in text
    assert "You said: disagree." in text
    assert "1 person disagrees" in text
    browser.post(f"{url}opinion/", {"value": "agree"})
    assert 'value="agree" aria-pressed="true"' in text_of(browser, tabled)
    browser.post(f"{url}opinion/", {"value": "none"})
    assert not Opinion.objects.exists()


def test_others_see_numbers_alone(
    client: Client, client_of: ClientOf, tabled: Proposal, neighbours: list[User], facilitator: User
) -> None:
    for neighbour, value in zip(neighbours, (1, 1, 1, -1, 0), strict=True):
        give_opinion(proposal=tabled, acting_user=neighbour, value=value)
    for browser in (client, client_of(facilitator)):
        text = text_of(browser, tabled)
        assert "3 of 5 people agree, 1 disagrees, 1 passes" in text
        assert "Neighbour" not in text
        assert "aria-pressed" not in text


def test_a_stranger_signs_in_first(client: Client, tabled: Proposal) -> None:
    url = tabled.get_absolute_url()
    assert f'href="{url}opinion/"' in text_of(client, tabled)
    assert "/account/" in client.get(f"{url}opinion/").headers["Location"]


@pytest.mark.parametrize("who", ["professional", "facilitator", "newcomer"])
def test_the_others_are_told_why_not(
    request: pytest.FixtureRequest, client_of: ClientOf, tabled: Proposal, who: str
) -> None:
    browser = client_of(request.getfixturevalue(who))
    assert "Residents who have joined with their code say whether they agree" in text_of(browser, tabled)
    assert browser.post(f"{tabled.get_absolute_url()}opinion/", {"value": "agree"}).status_code == 403


def test_an_outsider_of_a_private_community_finds_nothing(
    client_of: ClientOf, tabled: Proposal, outsider: User
) -> None:
    tabled.community.is_public = False
    tabled.community.save()
    browser = client_of(outsider)
    assert browser.post(f"{tabled.get_absolute_url()}opinion/", {"value": "agree"}).status_code == 404


@pytest.mark.parametrize("value", ["", "yes", "AGREE", "1", "\x00"])
def test_anything_else_changes_nothing(client_of: ClientOf, tabled: Proposal, neighbour: User, value: str) -> None:
    browser = client_of(neighbour)
    assert browser.post(f"{tabled.get_absolute_url()}opinion/", {"value": value}).status_code == 302
    assert browser.get(f"{tabled.get_absolute_url()}opinion/", {"value": "agree"}).status_code == 302
    assert not Opinion.objects.exists()


def test_it_closes_where_deciding_begins(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    give_opinion(proposal=tabled, acting_user=neighbour, value=1)
    Proposal.objects.filter(pk=tabled.pk).update(state="deciding")
    browser = client_of(neighbour)
    text = text_of(browser, tabled)
    assert "1 person agrees" in text  # it stays to be read
    assert "aria-pressed" not in text
    browser.post(f"{tabled.get_absolute_url()}opinion/", {"value": "disagree"}, follow=True)
    assert Opinion.objects.get().value == 1
