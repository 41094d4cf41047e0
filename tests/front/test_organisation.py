"""The pages of one organisation: does it answer, on time, and does it keep its promises?"""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.actions.asking_for_promises import ask_for_commitments
from proposals.actions.promising import drop_commitment
from proposals.models import Commitment, CommitmentAsk
from record import clock

PAGES = ["", "answers/", "promises/"]


@pytest.fixture
def promised(ask, publish):
    due = clock.today() + timedelta(days=10)
    publish(ask, promises=[{"text": "Mend the lamp", "due_on": due.isoformat(), "by": ""}])
    return Commitment.objects.get()


def test_what_waits_and_where(client: Client, community, make_ask) -> None:
    make_ask(community, days_ago=200, title="Ring back about damp")
    make_ask(community, days_ago=3)
    html = client.get("/o/penhale-homes/").content.decode()
    assert "Ring back about damp" in html
    assert "Long overdue" in html
    assert re.search(r'href="/waiting/\?organisation=penhale-homes">\s*1 late\s*<', html)
    assert "By community" in html


def test_what_is_owed_after_a_vote_waits_too(client: Client, community, landlord, make_ask) -> None:
    ask = ask_for_commitments(
        community, [landlord], ballot_reference="B-2026-1", question="Bench?", decision=None, working_days=20
    )[0]
    html = client.get("/o/penhale-homes/").content.decode()
    assert "Nobody waits for an answer" not in html
    assert "See all 1 that are waiting" in html
    make_ask(community, days_ago=200)
    CommitmentAsk.objects.filter(pk=ask.pk).update(due_on=clock.today() - timedelta(days=1))
    html = client.get("/o/penhale-homes/").content.decode()
    assert re.search(r'href="/waiting/\?organisation=penhale-homes">\s*2 late\s*<', html)
    assert re.search(r'data-label="Late now">2<', html)
    assert "2 answers are late" in client.get("/waiting/?organisation=penhale-homes").content.decode()


def test_each_number_has_its_rows(client: Client, promised) -> None:
    html = client.get("/o/penhale-homes/").content.decode()
    assert re.search(r'href="/o/penhale-homes/answers/\?when=on-time">\s*1 of 1<', html)
    assert re.search(r'href="/o/penhale-homes/promises/\?state=open">\s*1 open\s*<', html)
    assert promised.proposal.title in client.get("/o/penhale-homes/answers/?when=on-time").content.decode()
    assert promised.proposal.title not in client.get("/o/penhale-homes/answers/?when=late").content.decode()
    assert "Mend the lamp" in client.get("/o/penhale-homes/promises/?state=open").content.decode()
    for state in ("kept", "late", "disputed", "broken"):
        assert "Mend the lamp" not in client.get(f"/o/penhale-homes/promises/?state={state}").content.decode()


def test_a_promise_after_a_vote_leads_to_the_decision_that_it_follows(
    client: Client, community, landlord, make_decision
) -> None:
    decision = make_decision(community)
    due = clock.today()
    Commitment.objects.create(
        reference="C-7", community=community, decision=decision, organisation=landlord, text="Put the benches up",
        due_on=due, first_due_on=due,
    )  # fmt: skip
    link = f'href="{decision.get_absolute_url()}#C-7">Put the benches up</a>'
    for page in ("", "promises/"):
        assert link in client.get(f"/o/penhale-homes/{page}").content.decode()
    assert 'id="C-7"' in client.get(decision.get_absolute_url()).content.decode()


def test_numbers_of_promises_that_overlap_say_so(client: Client, promised) -> None:
    Commitment.objects.update(due_on=date(2026, 1, 5), first_due_on=date(2026, 1, 5), broken_on=date(2026, 2, 2))
    words = " ".join(client.get("/o/penhale-homes/").content.decode().split())
    for said in ("> 1 open <", "> 1 of them late <", "> 0 of them disputed <", "> 1 broken <"):
        assert said in words
    assert "Late and disputed ones are among the open ones." in words


def test_a_late_promise_is_called_late(client: Client, promised) -> None:
    Commitment.objects.update(due_on=date(2026, 1, 5), first_due_on=date(2026, 1, 5))
    assert "Late by" in client.get("/o/penhale-homes/promises/?state=late").content.decode()


def test_each_row_of_the_broken_says_so(client: Client, promised, professional) -> None:
    due = date(2026, 1, 5)
    Commitment.objects.update(due_on=due, first_due_on=due, broken_on=date(2026, 2, 2))
    for page in ("/o/penhale-homes/", "/o/penhale-homes/promises/?state=broken"):
        html = client.get(page).content.decode()
        assert re.search(r"<b>Broken: \d+ working days late\.</b>", html)
        assert "It counts as broken since Monday 2 February" in html
    drop_commitment(commitment=promised, acting_user=professional, reason="The money is gone.")
    html = client.get("/o/penhale-homes/promises/?state=broken").content.decode()
    assert "<b>Broken: dropped.</b>" in html


def test_what_happens_in_private_is_neither_shown_nor_counted(
    client, client_of, private_community, community, make_ask, outsider
) -> None:
    make_ask(private_community, days_ago=200, title="Secret plan")
    html = client.get("/o/penhale-homes/").content.decode()
    assert "Secret" not in html
    assert "Marrow" not in html
    assert "Nobody waits for an answer just now" in html
    assert "Secret plan" in client_of(outsider).get("/o/penhale-homes/").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_an_organisation_of_private_communities_is_not_there(
    client, client_of, private_community, outsider, page
) -> None:
    assert client.get(f"/o/penhale-homes/{page}").status_code == 404
    assert "Penhale" not in client.get("/o/").content.decode()
    assert client_of(outsider).get(f"/o/penhale-homes/{page}").status_code == 200


@pytest.mark.parametrize("query", ["?when=\x00", "?state=%00", "?when=on-time&page=xx", "?state=nonsense"])
@pytest.mark.parametrize("page", PAGES)
def test_strange_questions_are_no_error_of_ours(client: Client, community, page, query) -> None:
    assert client.get(f"/o/penhale-homes/{page}{query}").status_code in {200, 400}


@pytest.mark.parametrize("page", PAGES)
def test_the_same_few_queries_for_one_row_and_for_twenty(
    client, client_of, community, resident, landlord, make_ask, make_decision, page
) -> None:
    browser = client_of(resident)
    counts = []
    for rows in (1, 19):
        for n in range(rows):
            ask = make_ask(community)
            Commitment.objects.create(
                reference=f"C-{rows}-{n}",
                community=community,
                proposal=None if n % 2 else ask.proposal,
                decision=make_decision(community) if n % 2 else None,
                organisation=landlord,
                text="Mend it",
                due_on=clock.today(),
                first_due_on=clock.today(),
            )
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/o/penhale-homes/{page}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
