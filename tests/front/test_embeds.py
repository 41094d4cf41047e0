"""What other sites show inside theirs, and what they read of a page by machine."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from communities.models import Community, Organisation
from decisions.models import Decision
from record import clock
from tests.front.conftest import MakeAsk, MakeDecision


@pytest.fixture
def decided(community: Community, make_decision: MakeDecision) -> Decision:
    return make_decision(community, title="A bench on the green")


def test_a_decision_in_a_frame(decided: Decision, client: Client) -> None:
    response = client.get(f"/embed/decisions/{decided.reference}/")
    assert response.status_code == 200
    text = response.text
    assert "A bench on the green" in text
    assert decided.get_decided_by_display() in text
    assert f"{settings.SITE_URL}{decided.get_absolute_url()}" in text
    assert "X-Frame-Options" not in response
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "default-src 'none'" in policy
    assert not response.cookies
    assert "<script" not in text
    assert "<form" not in text
    assert "Cookie" not in response.get("Vary", "")


def test_no_other_page_may_be_framed(decided: Decision, client: Client) -> None:
    for page in ("/", "/waiting/", decided.get_absolute_url(), "/account/login/"):
        response = client.get(page)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_what_waits_in_a_frame(
    community: Community, make_ask: MakeAsk, landlord: Organisation, council: Organisation, client: Client
) -> None:
    make_ask(community, days_ago=60, title="Clear the drain")
    for query in ({}, {"community": community.slug}, {"organisation": landlord.slug}):
        assert "Clear the drain" in client.get("/embed/waiting/", query).text
    assert "Nothing waits" in client.get("/embed/waiting/", {"organisation": council.slug}).text
    assert client.get("/embed/waiting/", {"community": "nowhere"}).status_code == 404


def test_a_frame_that_does_not_show_all_says_so(community: Community, make_ask: MakeAsk, client: Client) -> None:
    for day in range(3):
        make_ask(community, days_ago=60 + day, title=f"Clear drain {day}")
    assert "late the longest" not in client.get("/embed/waiting/").text
    make_ask(community, days_ago=90, title="The oldest")
    page = client.get("/embed/waiting/").text
    assert "The 3 that are late the longest, or due next." in page
    assert "The oldest" in page
    assert "Clear drain 0" not in page


def test_what_is_private_is_in_no_frame_even_for_its_members(
    decided: Decision, community: Community, make_ask: MakeAsk, resident: User, client: Client
) -> None:
    make_ask(community, title="Clear the drain")
    Community.objects.update(is_public=False)
    client.force_login(resident)
    assert client.get(f"/embed/decisions/{decided.reference}/").status_code == 404
    assert "Clear the drain" not in client.get("/embed/waiting/").text
    assert client.get("/oembed/", {"url": settings.SITE_URL + decided.get_absolute_url()}).status_code == 404
    page = client.get(decided.get_absolute_url()).text
    assert "embed" not in page[page.index("<main") :]


def test_oembed(decided: Decision, client: Client) -> None:
    page = settings.SITE_URL + decided.get_absolute_url()
    response = client.get("/oembed/", {"url": page, "maxwidth": "320"})
    document = response.json()
    assert (document["version"], document["type"], document["width"]) == ("1.0", "rich", 320)
    assert "max-width: 100%" in document["html"]  # its width is a number, and a phone may have less
    source = re.search(r'src="([^"]+)"', document["html"])
    assert source is not None
    assert client.get(source[1].removeprefix(settings.SITE_URL)).status_code == 200
    assert client.get("/oembed/", {"url": f"{settings.SITE_URL}/waiting/"}).json()["title"] == "Waiting for an answer"
    link = re.search(r'type="application/json\+oembed"[^>]*href="([^"]+)"', client.get(decided.get_absolute_url()).text)
    assert link is not None
    assert client.get(unescape(link[1]).removeprefix(settings.SITE_URL)).json()["title"] == decided.title


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 404),
        ({"url": "https://elsewhere.example/decisions/D-1/"}, 404),
        ({"url": f"{settings.SITE_URL}/account/login/"}, 404),
        ({"url": f"{settings.SITE_URL}/decisions/nothing/"}, 404),
        ({"url": f"{settings.SITE_URL}/\x00"}, 404),
        ({"url": f"{settings.SITE_URL}/waiting/", "format": "xml"}, 501),
        ({"url": f"{settings.SITE_URL}/waiting/", "maxwidth": "-5", "maxheight": "NaN"}, 200),
        ({"url": f"{settings.SITE_URL}/waiting/", "maxwidth": "٣٤٥"}, 200),
    ],
)
def test_oembed_refuses_what_is_not_ours(asked: dict[str, str], status: int, client: Client, db: None) -> None:
    assert client.get("/oembed/", asked).status_code == status


def test_another_format_is_refused_and_is_no_error_of_ours(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    """Else anybody could fill the log of errors."""
    caplog.set_level("INFO")
    address = f"{settings.SITE_URL}/waiting/"
    assert client.get("/oembed/", {"url": address, "format": "xml"}).status_code == 501
    assert {record.levelname for record in caplog.records} <= {"INFO"}


@pytest.mark.parametrize(("most", "given"), [("50", 50), ("90000", 0), ("0", 0)])
def test_oembed_is_no_bigger_than_the_room_for_it(client: Client, db: None, most: str, given: int) -> None:
    """0 here: as high and as wide as where nothing is asked."""
    address = {"url": f"{settings.SITE_URL}/waiting/"}
    free = client.get("/oembed/", address).json()
    made = client.get("/oembed/", address | {"maxheight": most, "maxwidth": most}).json()
    assert (made["height"], made["width"]) == (given or free["height"], given or free["width"])
    assert f'height="{made["height"]}"' in made["html"]


def test_a_frame_opened_by_itself_has_its_icon(client: Client, db: None) -> None:
    assert 'rel="icon"' in client.get("/embed/waiting/").text


def linked(client: Client, decided: Decision) -> Any:
    text = client.get(decided.get_absolute_url()).text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_a_decision_in_the_words_of_schema_org(decided: Decision, client: Client) -> None:
    document = linked(client, decided)
    assert (document["@context"], document["@type"]) == ("https://schema.org", "Article")
    assert document["headline"] == decided.title
    assert document["datePublished"] == decided.decided_on.isoformat()
    assert document["identifier"] == decided.reference
    page = client.get(decided.get_absolute_url()).text
    assert 'property="og:image"' in page
    assert 'property="og:description"' in page


@pytest.mark.parametrize(
    ("decided_by", "authors"),
    [
        ("residents", ["Larkfield Estate"]),
        ("together", ["Larkfield Estate", "Penhale Homes"]),
        ("organisation_after_consulting", ["Penhale Homes"]),
        ("organisation_alone", ["Penhale Homes"]),
        ("organisation_overruling_residents", ["Penhale Homes"]),
    ],
)
def test_its_authors_are_who_decided(
    decided: Decision, landlord: Organisation, client: Client, decided_by: str, authors: list[str]
) -> None:
    decided.organisations.add(landlord)
    Decision.objects.update(decided_by=decided_by)
    assert [author["name"] for author in linked(client, decided)["author"]] == authors


def test_what_was_overruled_says_so_to_machines_and_in_a_shared_card(
    decided: Decision, community: Community, make_decision: MakeDecision, client: Client
) -> None:
    assert not {"creativeWorkStatus", "correction"} & set(linked(client, decided))
    assert "overruled" not in client.get(decided.get_absolute_url()).text
    over = make_decision(community, title="No bench")
    Decision.objects.filter(pk=over.pk).update(
        overrules=decided, decided_by=Decision.DecidedBy.OVERRULING, decided_on=clock.today()
    )
    Decision.objects.filter(pk=decided.pk).update(is_overruled=True)
    document = linked(client, decided)
    assert document["creativeWorkStatus"] == "This decision was overruled later."
    assert document["correction"]["url"] == settings.SITE_URL + over.get_absolute_url()
    card = re.search(r'property="og:description" content="([^"]*)"', client.get(decided.get_absolute_url()).text)
    assert card is not None
    assert "This decision was overruled later. It starts on Monday." in card[1]


def test_hostile_words_end_no_element(decided: Decision, client: Client) -> None:
    title = "</script><script>alert(1)</script> \u2028 </textarea> \" ' &"
    Decision.objects.update(title=title)
    assert linked(client, decided)["headline"] == title
    for page in (decided.get_absolute_url(), f"/embed/decisions/{decided.reference}/"):
        text = client.get(page).text
        assert "<script>alert" not in text
        assert "</textarea> " not in text.replace("</textarea>\n", "")


@pytest.mark.parametrize("rows", [1, 20])
def test_the_frames_take_the_same_few_queries(
    rows: int,
    community: Community,
    decided: Decision,
    make_ask: MakeAsk,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _row in range(rows):
        make_ask(community)
    with django_assert_num_queries(1):
        client.get("/embed/waiting/")
    with django_assert_num_queries(1):
        client.get(f"/embed/decisions/{decided.reference}/")


def test_the_frame_of_the_waiting_list_leads_to_the_same_list(
    client: Client, community: Community, landlord: Organisation
) -> None:
    whole = re.search(r'href="([^"]*)" target="_blank"[^>]*>\s*Read it all on', client.get("/embed/waiting/").text)
    assert whole is not None
    assert whole[1] == f"{settings.SITE_URL}/waiting/"
    one = client.get(f"/embed/waiting/?organisation={landlord.slug}").text
    assert f'href="{settings.SITE_URL}/waiting/?organisation={landlord.slug}"' in one
    there = client.get(f"/embed/waiting/?community={community.slug}").text
    assert f'href="{settings.SITE_URL}/waiting/?community={community.slug}"' in there
    assert "Waiting for an answer: Larkfield Estate" in there


@pytest.mark.parametrize(
    ("query", "name"), [("organisation=penhale-homes", "Penhale Homes"), ("community=larkfield", "Larkfield Estate")]
)
def test_oembed_keeps_what_it_is_narrowed_to(
    client: Client, community: Community, make_ask: MakeAsk, query: str, name: str
) -> None:
    """Given by hand, and by the page's own link."""
    make_ask(community)
    path = f"/waiting/?{query}"
    page = client.get(path).text
    link = re.search(r'type="application/json\+oembed"[^>]*href="([^"]+)"', page)
    assert link is not None
    for response in (
        client.get("/oembed/", {"url": settings.SITE_URL + path}),
        client.get(unescape(link[1]).removeprefix(settings.SITE_URL)),
    ):
        document = response.json()
        assert document["title"] == f"Waiting for an answer: {name}"
        assert f'src="{settings.SITE_URL}/embed{path}"' in document["html"]
        assert f'title="Waiting for an answer: {name}"' in document["html"]
    code = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert code is not None
    assert f'title="Waiting for an answer: {name}"' in unescape(code[1])


@pytest.mark.parametrize("query", ["organisation=nobody", "organisation=%00", "a=&" * 501])
def test_oembed_of_a_list_that_is_not_there(client: Client, db: None, query: str) -> None:
    assert client.get("/oembed/", {"url": f"{settings.SITE_URL}/waiting/?{query}"}).status_code in (200, 404)


def test_the_waiting_list_says_in_which_order_it_is(client: Client, community: Community) -> None:
    card = re.search(r'property="og:description" content="([^"]*)"', client.get("/waiting/").text)
    assert card is not None
    assert card[1] == "Every proposal that waits for a public answer: the most late first, then what is due next."


def test_the_line_to_copy_has_a_label_and_a_frame(client: Client, community: Community) -> None:
    """A bare box had half the width and the browser's own border."""
    field = re.search(r'<div class="field">\s*<label for="embed-code">', client.get("/waiting/").text)
    assert field is not None


def height_of(line: str) -> int:
    found = re.search(r'height="(\d+)"', unescape(line))
    assert found is not None
    return int(found[1])


def line_on(client: Client, page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get(page).text, re.DOTALL)
    assert found is not None
    return found[1]


def test_a_frame_is_as_high_as_its_words_need(
    decided: Decision, community: Community, make_ask: MakeAsk, client: Client
) -> None:
    page = decided.get_absolute_url()
    short = height_of(line_on(client, page))
    assert 300 <= short <= 420
    Decision.objects.update(title="A bench on the green " * 4, summary="We will put it there. " * 9)
    long = height_of(line_on(client, page))
    assert short + 200 < long < 700
    Decision.objects.update(is_overruled=True)
    assert height_of(line_on(client, page)) > long
    empty = height_of(line_on(client, "/waiting/"))
    make_ask(community, title="Clear the drain")
    one = height_of(line_on(client, "/waiting/"))
    for _ask in range(4):
        make_ask(community, title="Clear the drain")
    assert empty <= one + 60
    assert one + 200 < height_of(line_on(client, "/waiting/")) < 750


def test_oembed_says_the_same_height(
    decided: Decision, community: Community, landlord: Organisation, make_ask: MakeAsk, client: Client
) -> None:
    make_ask(community, title="Clear the drain")
    for page in (decided.get_absolute_url(), "/waiting/", f"/waiting/?organisation={landlord.slug}"):
        document = client.get("/oembed/", {"url": settings.SITE_URL + page}).json()
        assert document["height"] == height_of(document["html"]) == height_of(line_on(client, page))
