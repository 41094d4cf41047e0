"""A choice in an address that no list knows is left out, and each list says so in the same words."""

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Organisation
from front.views import waiting

LISTS = [
    ("/decisions/", "by"),
    ("/decisions/", "community"),
    ("/decisions/", "topic"),
    ("/c/larkfield/proposals/", "topic"),
    ("/c/larkfield/proposals/", "state"),
    ("/c/larkfield/proposals/", "sort"),
    ("/waiting/", "organisation"),
    ("/ballots/", "now"),
    ("/c/larkfield/ballots/", "now"),
    ("/o/penhale-homes/answers/", "when"),
    ("/o/penhale-homes/promises/", "state"),
    ("/c/larkfield/facilitate/members/", "role"),
    ("/desk/promises/", "show"),
]
SAID = "We do not know “zzz&lt;b&gt;”, so the list leaves that choice out."


@pytest.mark.parametrize(("path", "name"), LISTS)
def test_every_list_says_what_it_does_not_know(
    path: str, name: str, client: Client, community, landlord, professional: User, facilitator: User
) -> None:
    client.force_login(facilitator if "facilitate" in path else professional)
    answer = client.get(path, {name: "zzz<b>"})
    assert answer.status_code == 200
    assert SAID in answer.text
    assert "We do not know" not in client.get(path).text
    assert "We do not know" not in client.get(path, {name: ""}).text
    long = client.get(path, {name: "y" * 5000}).text
    assert "y" * 40 + "…”" in long
    assert "y" * 41 not in long.split("We do not know")[1].split("</p>")[0]


def test_what_one_may_not_see_is_as_unknown_as_what_never_was(
    client: Client, client_of, private_community, landlord, outsider: User
) -> None:
    for path in ("/waiting/?organisation=penhale-homes", f"/decisions/?community={private_community.slug}"):
        assert "We do not know" in client.get(path).text
        assert "We do not know" not in client_of(outsider).get(path).text


def test_what_the_page_cannot_offer_can_be_asked_for(
    client: Client, community, landlord: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "ORGANISATIONS_SHOWN", 0)
    html = client.get("/waiting/?organisation=penhale-homes").text
    assert "We do not know" not in html
    assert f"Waiting for {landlord.name}" in html
