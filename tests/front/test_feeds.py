"""The feeds, read by two libraries of others: well formed, true, public only, and cheap."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import atoma
import feedparser
import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from communities.models import Community, Organisation
from decisions.models import Decision
from record import clock
from record.announcements import SYSTEM, announce
from record.checkpoints import make_checkpoint
from tests.front.conftest import MakeAsk, MakeDecision

FEEDS = ("decisions", "waiting", "overdue")


def atom(client: Client, address: str) -> Any:
    """The feed as feedparser reads it; atoma, which is strict, must be able to read it too."""
    response = client.get(f"{address}.atom")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    atoma.parse_atom_bytes(response.content)
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def as_json(client: Client, address: str) -> Any:
    response = client.get(f"{address}.json")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    atoma.parse_json_feed_bytes(response.content)
    document = response.json()
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    return document


@pytest.fixture
def story(community: Community, make_ask: MakeAsk, make_decision: MakeDecision) -> Decision:
    """One decision, one ask in time and one that is late."""
    make_ask(community, days_ago=3, title="Mend the lamp")
    make_ask(community, days_ago=60, title="Clear the drain")
    return make_decision(community, title="A bench on the green")


@pytest.mark.parametrize("what", FEEDS)
def test_an_empty_feed_is_a_feed_and_does_not_change(
    what: str, community: Community, landlord: Organisation, client: Client
) -> None:
    for place in ("", f"c/{community.slug}/", f"o/{landlord.slug}/"):
        address = f"/feeds/{place}{what}"
        assert atom(client, address).entries == []
        assert as_json(client, address)["items"] == []
        first = client.get(f"{address}.atom").content
        with clock.at(clock.now() + timedelta(hours=1)):
            assert client.get(f"{address}.atom").content == first


def test_what_is_in_each_feed(story: Decision, community: Community, landlord: Organisation, client: Client) -> None:
    for place in ("", f"c/{community.slug}/"):
        decided = atom(client, f"/feeds/{place}decisions").entries
        assert [entry.title for entry in decided] == ["A bench on the green"]
        assert decided[0].id == f"urn:uuid:{story.pk}"
        assert decided[0].link.endswith(story.get_absolute_url())
        assert f"{story.get_decided_by_display()}: Yes" in decided[0].summary
    for place in ("", f"c/{community.slug}/", f"o/{landlord.slug}/"):
        titles = [entry.title for entry in atom(client, f"/feeds/{place}waiting").entries]
        assert [title.partition(": ")[2] for title in titles] == ["Mend the lamp", "Clear the drain"]
        late = [item["title"] for item in as_json(client, f"/feeds/{place}overdue")["items"]]
        assert late == [f"{landlord.name} has not answered: Clear the drain"]


def test_a_decision_has_the_authors_that_its_page_names(
    story: Decision, landlord: Organisation, council: Organisation, client: Client
) -> None:
    """Who really decided, not the facilitator or the officer who signed it."""
    story.organisations.set([landlord, council])
    for decided_by in Decision.DecidedBy.values:
        Decision.objects.update(decided_by=decided_by, signed_role="facilitator")
        page = client.get(story.get_absolute_url()).text
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert found
        names = [author["name"] for author in json.loads(found[1])["author"]]
        assert len(names) == {"residents": 1, "together": 3}.get(decided_by, 2)
        written = atom(client, "/feeds/decisions").entries[0].authors
        assert [author.name for author in written] == names
        assert [author["name"] for author in as_json(client, "/feeds/decisions")["items"][0]["authors"]] == names


def test_more_time_is_news_of_the_same_item(community: Community, make_ask: MakeAsk, client: Client) -> None:
    """Its words name the new date, so whoever goes by the date of the last change must see a newer one."""
    ask = make_ask(community, days_ago=3, title="Mend the lamp")
    (before,) = as_json(client, "/feeds/waiting")["items"]
    ask.due_on, ask.extended_at = ask.due_on + timedelta(days=5), clock.now()
    ask.save()
    (after,) = as_json(client, "/feeds/waiting")["items"]
    assert after["title"] != before["title"]
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])
    assert after["date_modified"] > before["date_modified"]
    (entry,) = atom(client, "/feeds/waiting").entries
    assert entry.updated_parsed > entry.published_parsed


def test_another_organisation_and_another_community_have_their_own(
    story: Decision, council: Organisation, client: Client
) -> None:
    assert as_json(client, f"/feeds/o/{council.slug}/waiting")["items"] == []


def test_what_is_private_is_in_no_feed_even_for_its_members(
    story: Decision, community: Community, resident: User, client: Client
) -> None:
    Community.objects.update(is_public=False)
    client.force_login(resident)
    for what in FEEDS:
        assert as_json(client, f"/feeds/{what}")["items"] == []
        assert client.get(f"/feeds/c/{community.slug}/{what}.atom").status_code == 404
    assert "/feeds/c/" not in client.get(community.get_absolute_url()).text


def test_hostile_words_are_only_words(story: Decision, client: Client) -> None:
    title = "<script>alert(1)</script> & ]]> \x0b\ufffe “x”"
    Decision.objects.update(title=title, summary=title, reasons="[x](javascript:alert(1))")
    entry = atom(client, "/feeds/decisions").entries[0]
    item = as_json(client, "/feeds/decisions")["items"][0]
    for words in (entry.summary, item["content_html"]):
        assert "<script" not in words
        assert 'href="javascript' not in words
    assert item["title"] == title


@pytest.mark.parametrize("form", ["atom", "json"])
def test_unchanged_is_304_and_the_headers_say_who_may_read(form: str, story: Decision, client: Client) -> None:
    address = f"/feeds/decisions.{form}"
    response = client.get(address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert not client.cookies
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    Decision.objects.update(title="Another")
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "address", ["decisions.rss", "nothing.atom", "c/nowhere/decisions.atom", "o/nobody/waiting.json"]
)
def test_there_are_no_others(address: str, community: Community, client: Client) -> None:
    assert client.get(f"/feeds/{address}").status_code == 404


def test_checkpoints_are_a_feed_of_the_site(story: Decision, community: Community, client: Client) -> None:
    announce("agreement.changed", subject=story, community=community, actor=SYSTEM)
    checkpoint = make_checkpoint()
    assert checkpoint is not None
    entry = atom(client, "/feeds/checkpoints").entries[0]
    assert checkpoint.signature in unescape(entry.summary)
    assert checkpoint.root in unescape(entry.summary)
    assert checkpoint.root in as_json(client, "/feeds/checkpoints")["items"][0]["content_html"]
    assert client.get(f"/feeds/c/{community.slug}/checkpoints.atom").status_code == 404


def test_the_pages_name_their_feeds(
    story: Decision, community: Community, landlord: Organisation, client: Client
) -> None:
    for page, feed in {
        "/": "/feeds/decisions.atom",
        "/waiting/": "/feeds/waiting.atom",
        "/decisions/": "/feeds/decisions.json",
        "/feeds/": "/feeds/overdue.json",
        community.get_absolute_url(): f"/feeds/c/{community.slug}/overdue.atom",
        landlord.get_absolute_url(): f"/feeds/o/{landlord.slug}/waiting.atom",
    }.items():
        assert f'href="{feed}"' in client.get(page).text
        assert client.get(feed).status_code == 200


def test_the_page_of_the_feeds_names_each_that_it_shows(db: None, client: Client) -> None:
    page = client.get("/feeds/").text
    shown = re.findall(r'<a class="link"\s+href="(/feeds/[^"]+)"', page)
    assert sorted(shown) == sorted(re.findall(r'<link rel="alternate"[^>]+href="([^"]+)"', page))
    assert "/feeds/checkpoints.atom" in shown


def test_a_checkpoint_keeps_nobody_from_changing_the_record_but_from_hiding_it(db: None, client: Client) -> None:
    assert "nobody can change the record in secret" in client.get("/feeds/").text


@pytest.mark.parametrize(("what", "queries"), [("decisions", 2), ("waiting", 2), ("overdue", 2)])
def test_the_queries_do_not_grow(
    what: str,
    queries: int,
    community: Community,
    make_ask: MakeAsk,
    make_decision: MakeDecision,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make: list[Callable[..., Any]] = [make_ask, make_decision]
    for rows in (1, 19):
        for number in range(rows):
            make[0](community, days_ago=60)
            make[1](community, title=f"Decision {rows} {number}")
        with django_assert_num_queries(queries):
            client.get(f"/feeds/{what}.atom")


@pytest.mark.parametrize(
    "address",
    ["/feeds/decisions.json", "/feeds/checkpoints.atom", "/feeds/c/{place}/waiting.json", "/open-data/corrections.csv"],
)
def test_a_browser_may_ask_from_another_site_whether_it_changed(
    client: Client, community: Community, address: str
) -> None:
    """It asks beforehand whether it may send If-None-Match, and must be let see the validator."""
    address = address.format(place=community.slug)
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    allowed = client.options(address, headers=asked)
    assert allowed.status_code == 204
    for name in ("Origin", "Methods", "Headers"):
        assert (
            allowed[f"Access-Control-Allow-{name}"] == client.options("/api/v1/topics/")[f"Access-Control-Allow-{name}"]
        )
    response = client.get(address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert 'rel="license"' in response["Link"]
    assert client.post(address).status_code == 405
