"""The page of the common ground: map, table, words, and the next one to answer."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from communities.models import Community
from proposals.actions.opinions import give_opinion
from proposals.models import Opinion, Proposal
from proposals.tasks import find_common_ground
from tests.stage import Camps

ClientOf = Callable[[User], Client]
URL = "/c/larkfield/proposals/common-ground/"


def text_of(client: Client, query: str = "") -> str:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_nobody_answered_yet(client: Client, community: Community) -> None:
    text = text_of(client)
    assert "Nobody has said yet what they agree with" in text
    assert '<svg class="ground' not in text


def test_a_few_answers_make_a_table_and_no_map(client: Client, tabled: Proposal, neighbours: list[User]) -> None:
    for neighbour in neighbours[:3]:
        give_opinion(proposal=tabled, acting_user=neighbour, value=1)
    find_common_ground()
    text = text_of(client)
    assert "It is drawn from 20 people on" in text
    assert "3 of 3 people agree" in text
    assert '<svg class="ground' not in text


def test_groups_have_a_letter_a_shape_and_a_row_in_the_table(client: Client, camps: Camps) -> None:
    camps(14, 11)
    find_common_ground()
    text = text_of(client)
    assert "They fall into 2 groups who often answer alike" in text
    assert "With 1 of 8 proposals, most people of every group agree" in text
    assert re.search(r"<title id=\"map-title\">.+</title>", text)
    assert "Group A has 14 people. Group B has 11 people." in " ".join(text.split())
    assert text.count('class="g g0"') == text.count('class="g g1"') == 2  # on the map and in the table
    heads = re.findall(r'<th scope="col">\s*(Group .)\s*</th>', text)
    assert heads == ["Group A", "Group B"] * 2  # of both tables
    first_row = text[text.index("Most common ground first") :]
    assert first_row.index("Thing 0") < first_row.index("Thing 1")
    assert "100% agree" in first_row
    assert "Where the groups differ most" in text
    assert not re.search(r"First \d|Second \d", text)


def test_where_groups_are_not_stable_the_page_says_so(client: Client, camps: Camps) -> None:
    camps(14, 9)  # one of them is too small
    find_common_ground()
    text = text_of(client)
    assert "No groups are named." in text
    assert '<svg class="ground' in text
    assert "Group A" not in text
    assert "Where the groups differ most" not in text


def test_one_after_the_other_is_answered(
    client_of: ClientOf, make_proposal: Any, neighbour: User, resident: User
) -> None:
    proposals = [make_proposal(title=f"Thing {n}") for n in range(3)]
    give_opinion(proposal=proposals[0], acting_user=resident, value=1)
    browser = client_of(neighbour)
    seen = []
    for value in ("agree", "pass", "disagree"):
        shown = browser.get(URL).context["turn"]
        assert (shown.answered, shown.of) == (len(seen), 3)
        seen.append(shown.proposal.title)
        answer = browser.post(f"{shown.proposal.get_absolute_url()}opinion/", {"value": value, "then": "next"})
        assert answer.headers["Location"] == f"{URL}#next"
    assert seen == ["Thing 1", "Thing 2", "Thing 0"]  # the fewest answers first
    assert "You have answered all that are open" in text_of(browser)
    assert Opinion.objects.filter(user=neighbour).count() == 3


def test_what_is_closed_is_not_asked(client_of: ClientOf, tabled: Proposal, neighbour: User) -> None:
    Proposal.objects.filter(pk=tabled.pk).update(state="deciding")
    assert "No proposal is open just now" in text_of(client_of(neighbour))


def test_only_residents_are_asked(client: Client, client_of: ClientOf, tabled: Proposal, professional: User) -> None:
    assert "aria-pressed" not in text_of(client)
    theirs = text_of(client_of(professional))
    assert "aria-pressed" not in theirs
    assert "Only residents say agree, disagree or pass" in theirs


def test_a_private_community_shows_it_to_its_own(
    client: Client, client_of: ClientOf, community: Community, outsider: User, neighbour: User
) -> None:
    community.is_public = False
    community.save()
    assert client.get(URL).status_code == client_of(outsider).get(URL).status_code == 404
    assert client_of(neighbour).get(URL).status_code == 200


def test_the_list_sorts_by_it_and_says_it_in_words(client: Client, camps: Camps) -> None:
    camps(14, 11)
    find_common_ground()
    answer = client.get("/c/larkfield/proposals/?sort=common")
    text = answer.content.decode()
    assert answer.context["proposals"][0].title == "Thing 0"
    assert "25 of 25 people agree" in text
    assert URL in text
    assert "25 people agree" not in client.get("/c/larkfield/proposals/").content.decode()


def test_the_sort_goes_with_filters_and_pages(client: Client, make_proposal: Any, neighbours: list[User]) -> None:
    for n in range(30):
        proposal = make_proposal(title=f"Thing {n}")
        for neighbour in neighbours[: n % 5]:
            give_opinion(proposal=proposal, acting_user=neighbour, value=1 if n % 2 else -1)
    find_common_ground()
    first = client.get("/c/larkfield/proposals/?sort=common&state=tabled&topic=lighting")
    second = client.get("/c/larkfield/proposals/" + first.context["page"].next_url)
    found = [row.common_ground for row in [*first.context["proposals"], *second.context["proposals"]]]
    assert len(found) == 24  # what nobody answered is not in it
    assert found == sorted(found, reverse=True)
    assert client.get("/c/larkfield/proposals/?sort=common&state=decided").context["proposals"] == []


@pytest.mark.parametrize("query", ["?page=x", "?page=%00"])
def test_a_broken_cursor_is_no_error_of_ours(client: Client, community: Community, query: str) -> None:
    assert client.get(URL + query).status_code == 400


@pytest.mark.parametrize("signed", [False, True])
def test_queries_do_not_grow(
    client: Client,
    client_of: ClientOf,
    camps: Camps,
    make_proposal: Any,
    neighbours: list[User],
    resident: User,
    django_assert_num_queries: Any,
    signed: bool,
) -> None:
    browser = client_of(neighbours[0]) if signed else client
    camps(14, 11)
    find_common_ground()
    with django_assert_num_queries(7 if signed else 4):
        browser.get(URL)
    for n in range(20):
        give_opinion(proposal=make_proposal(title=f"More {n}"), acting_user=resident, value=1)
    find_common_ground()
    with django_assert_num_queries(7 if signed else 4):
        browser.get(URL)
