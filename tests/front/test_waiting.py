"""The waiting list."""

import re
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from communities.models import Community, Organisation
from front import waiting_counts
from proposals.actions.asking_for_promises import ask_for_commitments
from proposals.models import Ask, CommitmentAsk
from record import clock
from tests.front.conftest import MakeAsk


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/waiting/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_empty(client: Client, db: None) -> None:
    assert "Nothing waits for an answer just now" in page(client)


def test_every_wait_is_shown_once_over_the_pages(client: Client, community: Community, make_ask: MakeAsk) -> None:
    for day in range(45):
        make_ask(community, days_ago=day, title=f"Wait {day:02}")
    seen: list[str] = []
    query = ""
    while True:
        html = page(client, query)
        seen += re.findall(r"Wait \d\d", html)
        following = re.search(r'href="(\?[^"]+)" rel="next"', html)
        if not following:
            break
        query = following.group(1).replace("&amp;", "&")
    in_order = Ask.objects.order_by("due_on", "id").values_list("proposal__title", flat=True)
    assert seen == list(in_order)
    assert len(seen) == 45


def test_by_organisation(
    client: Client, community: Community, make_ask: MakeAsk, landlord: Organisation, council: Organisation
) -> None:
    make_ask(community, title="For the landlord", organisation=landlord)
    make_ask(community, title="For the council", organisation=council)
    html = page(client, f"?organisation={council.slug}")
    assert "For the council" in html
    assert "For the landlord" not in html
    assert f"Waiting for {council.name}" in html


def test_by_community(
    client: Client,
    community: Community,
    private_community: Community,
    make_ask: MakeAsk,
    landlord: Organisation,
    council: Organisation,
) -> None:
    Community.objects.filter(pk=private_community.pk).update(is_public=True)
    make_ask(community, title="In Larkfield", organisation=landlord)
    make_ask(community, title="By the council", organisation=council)
    make_ask(private_community, title="Elsewhere", organisation=landlord)
    ask_for_commitments(
        private_community, [landlord], ballot_reference="B-2026-1", question="Bench?", decision=None, working_days=20
    )
    html = page(client, f"?community={community.slug}")
    assert ("In Larkfield" in html, "By the council" in html, "Elsewhere" in html) == (True, True, False)
    assert "Bench?" not in html
    assert "2 are due." in html
    assert "<h1>Waiting for an answer: Larkfield Estate</h1>" in html
    assert "Only what waits in" in html
    assert '<input type="hidden" name="community" value="larkfield">' in html
    html = page(client, f"?community={community.slug}&organisation={council.slug}")
    assert ("In Larkfield" in html, "By the council" in html, "Elsewhere" in html) == (False, True, False)
    assert f"<h1>Waiting for {council.name}: Larkfield Estate</h1>" in html
    assert f'href="/waiting/?organisation={council.slug}"' in html


def test_a_community_that_the_reader_may_not_see_is_as_unknown_as_none(
    client: Client, private_community: Community, make_ask: MakeAsk, outsider: User
) -> None:
    make_ask(private_community, title="Secret plan")
    for slug in (private_community.slug, "nowhere"):
        html = page(client, f"?community={slug}")
        assert f"We do not know “{slug}”" in html
        assert private_community.name not in html
    client.force_login(outsider)  # who sits there
    html = page(client, f"?community={private_community.slug}")
    assert "Secret plan" in html
    assert "/embed/" not in html


def test_the_address_to_share_is_of_what_the_page_shows(
    client: Client, community: Community, council: Organisation
) -> None:
    for query in ("", f"?organisation={council.slug}", "?community=larkfield"):
        assert f'property="og:url" content="{settings.SITE_URL}/waiting/{query}"' in page(client, query)
    assert f'property="og:url" content="{settings.SITE_URL}/waiting/"' in page(client, "?organisation=nobody&x=1")


def test_an_organisation_that_nobody_knows_is_left_out(client: Client, community: Community) -> None:
    for slug in ("nobody", "'; drop table", "x" * 3000, "\ud800".encode("utf-8", "surrogatepass").hex()):
        response = client.get("/waiting/", {"organisation": slug})
        assert response.status_code == 200
        assert "We do not know" in response.content.decode()
    assert client.get("/waiting/?organisation=%00").status_code == 200


def test_a_broken_page_is_refused_clearly(client: Client, community: Community) -> None:
    for cursor in ("zzz", "-1", "9" * 3000, "NaN", "\x00"):
        response = client.get("/waiting/", {"page": cursor})
        assert response.status_code == 400
        assert "We could not read that" in response.content.decode()


def test_private_waits_are_for_members(
    client: Client, private_community: Community, make_ask: MakeAsk, neighbour: User, outsider: User
) -> None:
    make_ask(private_community, title="Secret plan")
    assert "Secret" not in page(client)
    client.force_login(neighbour)
    assert "Secret" not in page(client)
    assert "No answer is waited for just now." in page(client)
    client.force_login(outsider)  # who sits in the private community
    assert "Secret plan" in page(client)


def test_answered_and_withdrawn_are_gone(client: Client, community: Community, make_ask: MakeAsk) -> None:
    answered, withdrawn = make_ask(community, title="Answered"), make_ask(community, title="Withdrawn")
    answered.answered_on = answered.due_on
    answered.save()
    withdrawn.proposal.state = "withdrawn"
    withdrawn.proposal.save()
    html = page(client)
    assert "Answered" not in html
    assert "Withdrawn" not in html


def test_very_many_are_said_to_be_very_many(
    client: Client, community: Community, make_ask: MakeAsk, monkeypatch: object
) -> None:
    for _row in range(3):
        make_ask(community, days_ago=100)
        make_ask(community, days_ago=1)
    monkeypatch.setattr(waiting_counts, "MOST", 2)  # type: ignore[attr-defined]
    html = page(client)
    assert "More than 2 answers are late" in html
    assert "and more than 2 are due." in html


def test_what_is_owed_after_a_vote_is_counted_too(
    client: Client, community: Community, make_ask: MakeAsk, landlord: Organisation, council: Organisation
) -> None:
    make_ask(community, days_ago=100)
    make_ask(community, days_ago=1)
    asked = [
        ask_for_commitments(
            community, [landlord], ballot_reference=f"B-2026-{n}", question="Bench?", decision=None, working_days=20
        )[0]
        for n in range(2)
    ]
    CommitmentAsk.objects.filter(pk=asked[0].pk).update(due_on=clock.today() - timedelta(days=1))
    for query in ("", f"?organisation={landlord.slug}"):
        html = page(client, query)
        assert ("2 answers are late" in html, "and 2 more are due." in html) == (True, True)
        assert html.count('<article class="prop"') == 4
    assert "No answer is waited for just now." in page(client, f"?organisation={council.slug}")
    assert "2 answers are late" in client.get("/").content.decode()


def test_the_same_few_queries_for_one_row_and_for_twenty(
    client: Client, community: Community, make_ask: MakeAsk
) -> None:
    counts = []
    for rows in (1, 19):
        for _row in range(rows):
            make_ask(community)
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 4
