"""The list of proposals: found, filtered, sorted, page by page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from proposals.actions.backing import back_proposal
from proposals.models import Proposal
from proposals.search import searched
from record import clock

ClientOf = Callable[[User], Client]
URL = "/c/larkfield/proposals/"


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(URL + query)
    assert response.status_code == 200
    return [proposal.title for proposal in response.context["proposals"]]


@pytest.fixture
def three(make_proposal: Any, neighbours: list[User]) -> list[Proposal]:
    """A bench with one backer, bins with two, and a lamp that waits for its answer."""
    bench = make_proposal(title="A bench on Mill Lane", outcome_wanted="Sit down on the way.", case="It is steep.")
    bins = make_proposal(title="Bigger bins", outcome_wanted="No rubbish outside.", case="Foxes open the bags.")
    lamp = make_proposal(title="Mend the lamp")
    for proposal, times in ((bench, 1), (bins, 2), (lamp, 3)):
        for neighbour in neighbours[:times]:
            back_proposal(proposal=proposal, acting_user=neighbour)
    return [bench, bins, lamp]


def test_everyone_reads_it_most_backed_first(client: Client, three: list[Proposal]) -> None:
    assert titles(client) == ["Mend the lamp", "Bigger bins", "A bench on Mill Lane"]


def test_the_other_orders(client: Client, three: list[Proposal]) -> None:
    assert titles(client, "?sort=newest") == ["Mend the lamp", "Bigger bins", "A bench on Mill Lane"]
    assert titles(client, "?sort=waiting") == ["Mend the lamp"]


def test_filters(client: Client, three: list[Proposal]) -> None:
    assert titles(client, "?state=tabled") == ["Bigger bins", "A bench on Mill Lane"]
    assert titles(client, "?topic=green") == []
    assert len(titles(client, "?topic=lighting")) == 3
    assert len(titles(client, "?state=nonsense&topic=nonsense&sort=nonsense")) == 3
    assert titles(client, "?state=draft") == titles(client)


def test_search_finds_other_forms_of_a_word(client: Client, three: list[Proposal]) -> None:
    assert titles(client, "?q=benches") == ["A bench on Mill Lane"]
    assert titles(client, "?q=foxes+bags") == ["Bigger bins"]
    assert titles(client, "?q=foxes+lamp") == []
    assert titles(client, "?q=mend&state=tabled") == []


def test_search_finds_a_proposal_by_its_reference(client: Client, three: list[Proposal]) -> None:
    bench, bins, _lamp = three
    bench.case = f"It goes with {bins.reference}."
    bench.save()
    for typed in (bins.reference, str(bins.reference).lower(), f" {bins.reference} "):
        assert titles(client, f"?q={quote(typed)}") == ["Bigger bins"]
        answer = client.get("/api/v1/proposals/", {"q": typed}).json()["results"]
        assert [row["title"] for row in answer] == ["Bigger bins"]
    assert titles(client, "?q=P-1999-0001") == []
    assert titles(client, f"?q={bins.reference}&state=awaiting_response") == []


def test_the_search_by_a_reference_goes_by_its_index(three: list[Proposal]) -> None:
    index = "(reference=?)"  # SQLite names its own indexes by number
    if connection.vendor == "postgresql":
        index = "one_proposal_per_reference"
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in searched(Proposal.objects.all(), str(three[0].reference)).explain()


def test_search_follows_words_that_change(client: Client, three: list[Proposal]) -> None:
    """On PostgreSQL the words stand in a table beside, which the database keeps."""
    changed = Proposal.objects.filter(pk=three[0].pk)
    changed.update(title="Mend the zebra crossing", outcome_wanted="", case="")
    assert titles(client, "?q=zebras") == ["Mend the zebra crossing"]
    changed.update(supports_count=3)
    assert titles(client, "?q=zebras") == ["Mend the zebra crossing"]
    changed.update(title="Mend the pavement")
    assert titles(client, "?q=zebras") == []
    assert titles(client, "?q=pavements") == ["Mend the pavement"]


def test_search_finds_nothing_that_is_hidden(
    client: Client, client_of: ClientOf, three: list[Proposal], make_draft: Any, resident: User, outsider: User
) -> None:
    make_draft(title="Secret garden")
    assert titles(client, "?q=secret") == []
    assert titles(client_of(resident), "?q=secret") == []
    three[0].community.is_public = False
    three[0].community.save()
    assert client.get(URL + "?q=bench").status_code == 404
    assert client_of(outsider).get(URL + "?q=bench").status_code == 404


def test_the_empty_table_says_what_to_do(client: Client, community: Any) -> None:
    assert "The table is empty just now" in client.get(URL).content.decode()
    assert "Try fewer words" in client.get(URL + "?q=bench").content.decode()


def test_only_residents_are_asked_to_table(
    client: Client, client_of: ClientOf, resident: User, professional: User
) -> None:
    assert client_of(resident).get(URL).context["may_table"]
    assert not client_of(professional).get(URL).context["may_table"]
    assert not client.get(URL).context["may_table"]


@pytest.mark.parametrize("query", ["", "?sort=newest", "?sort=waiting"])
def test_pages_hold_each_proposal_once(client: Client, make_proposal: Any, neighbours: list[User], query: str) -> None:
    for n in range(23):
        proposal = make_proposal(title=f"Number {n}")
        for neighbour in neighbours[:3]:
            back_proposal(proposal=proposal, acting_user=neighbour)
    first = client.get(URL + query)
    second = client.get(URL + first.context["page"].next_url)
    shown = [proposal.id for page in (first, second) for proposal in page.context["proposals"]]
    assert len(shown) == len(set(shown)) == 23
    back = client.get(URL + second.context["page"].previous_url)
    assert [p.id for p in back.context["proposals"]] == shown[:20]


@pytest.mark.parametrize(
    "cursor", ["x", "-1", "99999999999999999999", "NaN", "%00", "%ff", "WyJuIl0", "W1tbW1tb", "é", "a" * 5000]
)
def test_absurd_pages_are_refused(client: Client, three: list[Proposal], cursor: str) -> None:
    assert client.get(f"{URL}?page={cursor}").status_code == 400


@pytest.mark.parametrize(
    "words",
    [
        "\x00",
        "\ud800",
        "\u202egnp.exe",
        "' OR 1=1 --",
        '"',
        "a & | ! ( :*",
        "%_\\",
        "😀",
        "a" * 10000,
        "the",
        "<->",
        "-",
    ],
)
def test_absurd_words_find_nothing_and_break_nothing(client: Client, three: list[Proposal], words: str) -> None:
    response = client.get(URL + "?q=" + quote(words.encode("utf-8", "surrogatepass")))
    assert response.status_code == 200
    assert "<script" not in response.content.decode().split('id="q"')[1][:300]


def _waiting(make_proposal: Any, neighbours: list[User], number: int) -> None:
    for n in range(number):
        proposal = make_proposal(title=f"Waits {n}")
        for neighbour in neighbours[:3]:
            back_proposal(proposal=proposal, acting_user=neighbour)


@pytest.mark.parametrize("signed", [False, True])
def test_queries_do_not_grow(
    client: Client,
    client_of: ClientOf,
    make_proposal: Any,
    neighbours: list[User],
    django_assert_num_queries: Any,
    signed: bool,
) -> None:
    browser = client_of(neighbours[0]) if signed else client
    _waiting(make_proposal, neighbours, 1)
    with django_assert_num_queries(5 if signed else 4):
        browser.get(URL)
    _waiting(make_proposal, neighbours, 19)
    with django_assert_num_queries(5 if signed else 4):
        browser.get(URL)


def test_late_ones_say_so(client: Client, three: list[Proposal]) -> None:
    with clock.at(clock.now() + timedelta(days=40)):
        assert "working days overdue" in client.get(URL + "?sort=waiting").content.decode()
