"""Who decided what: the list, and one decision whole."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from decisions.actions import overrule_decision, record_notice
from decisions.models import Decision
from proposals.models import Commitment
from record import clock


@pytest.fixture
def notice(community, professional):
    def give(title="Brightway will clean the stairs", place=community, user=professional, topic=None):
        return record_notice(
            community=place,
            acting_user=user,
            topic=topic,
            title=title,
            summary="From January.",
            reasons="They were cheapest.",
            outcome="accepted",
            submission=uuid.uuid4(),
        )

    return give


@pytest.fixture
def secret(notice, private_community, make_user, council):
    officer = make_user("Olga O", private_community, "professional", organisation=council)
    return notice("Secret choice", private_community, officer)


def listed(client, query=""):
    response = client.get(f"/decisions/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_newest_first_with_who_decided(client: Client, notice):
    notice("Older")
    notice("Newer")
    html = listed(client)
    assert html.index("Newer") < html.index("Older")
    assert "Organisation decided alone" in html


def test_empty_says_so(client: Client, db):
    assert "Nothing is decided yet" in listed(client)


def test_found_by_words_who_place_and_topic(client: Client, notice, topic):
    notice("Lamps", topic=topic)
    assert "Lamps" in listed(client, "?q=lamp")
    assert "Lamps" in listed(client, "?q=january")
    assert "Nothing fits" in listed(client, "?q=meadow")
    assert "Lamps" in listed(client, "?by=organisation_alone")
    assert "Nothing fits" in listed(client, "?by=residents")
    assert "Lamps" in listed(client, "?community=larkfield&topic=lighting")
    assert "Nothing fits" in listed(client, "?community=larkfield&topic=green")


@pytest.mark.parametrize(
    "query", ["?by=%00", "?q=%00%ED%A0%80", "?community=%00", "?community=x&topic=%00", f"?q={'a ' * 500}"]
)
def test_strange_questions_are_no_error_of_ours(client: Client, notice, query):
    notice()
    listed(client, query)


def test_a_damaged_page_mark_is_refused_clearly(client: Client, db):
    assert client.get("/decisions/?page=%00").status_code == 400


def test_private_ones_are_for_members(client: Client, client_of, secret, outsider, resident):
    url = secret.get_absolute_url()
    for browser in (client, client_of(resident)):
        assert "Secret" not in listed(browser)
        assert "Secret" not in listed(browser, "?q=secret")
        assert "Marrow" not in listed(browser)
        assert browser.get(url).status_code == 404
    assert "Secret choice" in listed(client_of(outsider))
    assert client_of(outsider).get(url).status_code == 200


def test_one_decision_whole(client: Client, decided):
    decision = Decision.objects.get()
    html = client.get(decision.get_absolute_url()).content.decode()
    assert decided.get_absolute_url() in html
    assert "The lamp is ours." in html
    assert "housing manager, Penhale Homes" in html
    assert decision.record_hash in html
    assert "A public answer" in html


def test_both_pages_say_that_it_was_overruled(client: Client, decided, professional, facilitator):
    decision = Decision.objects.get()
    Decision.objects.update(decided_by="residents")
    decision.refresh_from_db()
    over = overrule_decision(
        decision=decision,
        acting_user=professional,
        title="No",
        summary="No.",
        reasons="Money.",
        submission=uuid.uuid4(),
    )
    before = client.get(decision.get_absolute_url()).content.decode()
    assert "This decision was overruled" in before
    assert over.get_absolute_url() in before
    after = client.get(over.get_absolute_url()).content.decode()
    assert "This overrules what residents decided" in after
    assert decision.get_absolute_url() in after
    for page in ("/decisions/", "/", decision.community.get_absolute_url()):  # and each list names what was overruled
        html = client.get(page).content.decode()
        said = html.index("Overrules what residents decided:")
        assert decision.get_absolute_url() in html[said : said + 300]


@pytest.mark.parametrize(
    ("outcome", "said"), [("accepted", "Yes"), ("accepted_in_part", "Yes, in part"), ("declined", "No")]
)
def test_the_outcome_stands_beside_who_decided_wherever_it_is_named(client: Client, notice, outcome, said):
    decision = notice("Rent out the room for parties")
    Decision.objects.update(outcome=outcome)
    tag = f'<span class="tag">{said}</span>'
    for page in ("/", "/decisions/", decision.community.get_absolute_url(), f"/embed{decision.get_absolute_url()}"):
        assert tag in client.get(page).content.decode()
    html = client.get(decision.get_absolute_url()).content.decode()
    both = f"Organisation decided alone: {said}"
    assert f'content="{both}. From January."' in html
    assert f'"description": "{both}"' in html


@pytest.mark.parametrize("reference", ["D-1900-0001", "nonsense", "D-2026-0001%00"])
def test_what_is_not_there(client: Client, db, reference):
    assert client.get(f"/decisions/{reference}/").status_code == 404


def test_only_reading(client: Client, notice):
    assert client.post("/decisions/").status_code == 405
    assert client.post(notice().get_absolute_url()).status_code == 405


def test_the_same_few_queries_for_one_row_and_for_twenty(client_of, notice, resident):
    browser = client_of(resident)
    counts = []
    for rows in (1, 19):
        for n in range(rows):
            notice(f"Row {rows} {n}")
        with CaptureQueriesContext(connection) as queries:
            listed(browser, "?community=larkfield")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_the_page_of_one_costs_little(client: Client, decided):
    with CaptureQueriesContext(connection) as queries:
        client.get(Decision.objects.get().get_absolute_url())
    assert len(queries) <= 12


def test_a_decision_by_a_vote_leads_to_it_and_says_how_many_voted(client: Client, community):
    decision = Decision.objects.create(
        reference="D-2026-9001",
        community=community,
        title="Six benches",
        summary="Residents chose: six benches.",
        reasons="They voted.",
        outcome="accepted",
        decided_on=clock.today(),
        decided_by="residents",
        basis_kind="ballot",
        basis_label="B-2026-0009",
        eligible=40,
        voted=17,
    )
    html = client.get(decision.get_absolute_url()).content.decode()
    assert 'href="/c/larkfield/ballots/B-2026-0009/"' in html
    assert "17 of 40 who could: 43 in 100" in html
    assert "<span>Decided</span>" in html  # the question was none that “yes” answers
    assert 'content="Residents decided. Residents chose' in html
    Decision.objects.update(outcome="declined")
    assert "<span>Not chosen</span>" in client.get(decision.get_absolute_url()).content.decode()
    Decision.objects.update(voted=None, eligible=None)
    assert "Residents who voted" not in client.get(decision.get_absolute_url()).content.decode()


def test_a_promise_is_said_to_be_promised_once(client: Client, notice, landlord):
    decision = notice()
    due = date(2099, 12, 18)
    given = {"community": decision.community, "organisation": landlord, "text": "Clean the stairs"}
    promise = Commitment.objects.create(reference="C-7", decision=decision, due_on=due, first_due_on=due, **given)
    words = " ".join(strip_tags(client.get(decision.get_absolute_url()).text).split())
    assert "Penhale Homes Promised. Due by Friday 18 December 2099." in words
    assert "How it was decided" in words
    Commitment.objects.filter(pk=promise.pk).update(state="in_progress")
    words = " ".join(strip_tags(client.get(decision.get_absolute_url()).text).split())
    assert "Penhale Homes Started. Due by Friday 18 December 2099." in words


def test_the_box_for_words_says_what_it_is_for(client: Client, db):
    assert '<label for="q">Search for words</label>' in listed(client)
