"""What was overruled says so wherever it is named, and an overruling never reads as its own opposite."""

import json
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from decisions.actions import overrule_decision, record_notice
from decisions.models import Decision

TITLE = "The drying room will close"
SAID = "Overruled on Wednesday 18 November 2026"


def overrule(decision, professional):
    Decision.objects.filter(pk=decision.pk).update(decided_by="residents")
    decision.refresh_from_db()
    words = {"title": TITLE, "summary": "It closes in May.", "reasons": "Money."}
    made = overrule_decision(decision=decision, acting_user=professional, submission=uuid.uuid4(), **words)
    Decision.objects.filter(pk=made.pk).update(decided_on=date(2026, 11, 18))
    return made


@pytest.fixture
def over(decided, professional):
    """What overruled the decision on a proposal."""
    return overrule(Decision.objects.get(), professional)


def words_of(client, url):
    return " ".join(strip_tags(client.get(url).text).split())


def test_the_page_of_the_proposal_says_so_beside_who_decided_and_in_its_story(client: Client, decided, over):
    url = decided.get_absolute_url()
    html = client.get(url).text
    who = html.index("Who decided</h2>")
    assert over.get_absolute_url() in html[who : who + 3000]
    words = words_of(client, url)
    assert SAID in words
    assert "overruled on Wednesday 18 November 2026" in words


def test_its_row_among_proposals_says_so(client: Client, decided, over):
    html = client.get(f"/c/{decided.community.slug}/proposals/").text
    assert f'<span class="tag tag--late">{SAID}</span>' in html


def test_its_row_among_decisions_says_so_and_leads_there(client: Client, decided, over):
    for page in ("/decisions/", "/", decided.community.get_absolute_url()):
        html = client.get(page).text
        assert '<span class="tag tag--late">Overruled</span>' in html
        assert SAID in words_of(client, page)
        assert html.count(over.get_absolute_url()) == 2  # its own row, and the one that it overruled


def test_the_feed_says_so_first(client: Client, decided, over):
    items = {item["url"]: item for item in json.loads(client.get("/feeds/decisions.json").text)["items"]}
    before = next(item for url, item in items.items() if over.reference not in url)["content_html"]
    assert before.index(SAID) < before.index("</p>", before.index(SAID))
    assert over.get_absolute_url() in before
    assert SAID in client.get("/feeds/decisions.atom").text


def test_more_rows_that_were_overruled_cost_no_more_queries(client: Client, community, professional, decided):
    def queries(page):
        with CaptureQueriesContext(connection) as made:
            client.get(page)
        return len(made)

    pages = ("/decisions/", "/", community.get_absolute_url(), "/feeds/decisions.json", "/c/larkfield/proposals/")
    counts = []
    for number in range(3):
        notice = record_notice(
            community=community,
            acting_user=professional,
            topic=None,
            title=f"Notice {number}",
            summary="From January.",
            reasons="It is cheaper.",
            outcome="accepted",
            submission=uuid.uuid4(),
        )
        overrule(notice, professional)
        for page in pages if not number else ():
            client.get(page)  # what is asked once, and kept
        counts.append([queries(page) for page in pages])
    assert counts[0] == counts[2]


@pytest.mark.parametrize("page", ["/decisions/", "/", "/c/larkfield/", "/embed{url}", "{url}", "/feeds/decisions.json"])
def test_an_overruling_says_neither_yes_nor_no(client: Client, over, page):
    """Below “The drying room will close” a “No” says that it stays open."""
    html = client.get(page.format(url=over.get_absolute_url())).text
    assert TITLE in html
    assert "Organisation overruled residents" in html
    for no in ('<span class="tag">No</span>', "<span>No</span>", "residents: No", '"No"'):
        assert no not in html


def test_who_overruled_is_named_in_a_sentence(client: Client, over):
    (url,) = (one.get_absolute_url() for one in Decision.objects.filter(is_overruled=True))
    name = over.signed_name
    assert f"By {name}, housing manager, Penhale Homes, on Wednesday 18 November 2026." in words_of(client, url)
    Decision.objects.filter(pk=over.pk).update(signed_name="")
    assert "By the housing manager, Penhale Homes, on Wednesday" in words_of(client, url)


@pytest.mark.parametrize(
    ("residents", "professionals", "said"),
    [(36, 1, "36 residents, 1 professional "), (1, 2, "1 resident, 2 professionals "), (2, 0, "0 professionals ")],
)
def test_one_is_not_several(client: Client, decided, residents, professionals, said):
    Decision.objects.update(
        residents_present=residents, professionals_present=professionals, votes_for=residents, votes_against=0
    )
    assert said in words_of(client, Decision.objects.get().get_absolute_url())


def test_where_nothing_fits_each_choice_is_named_with_a_way_without_it(client: Client, decided):
    html = client.get("/decisions/?q=nowhere&by=together&community=larkfield&topic=lighting").text
    words = " ".join(strip_tags(html).split())
    for choice in ("Search for words: nowhere", "Who decided: Decided together", "Where: Larkfield Estate", "About: "):
        assert choice in words
    assert 'href="/decisions/?q=nowhere&amp;community=larkfield&amp;topic=lighting"' in html
    assert 'href="/decisions/?q=nowhere&amp;by=together"' in html  # without the place there is no topic of it
    assert "Look without it" not in client.get("/decisions/?q=nowhere").text  # that is “Show all decisions”
