"""Lists of communities, and the agreement."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities.actions.agreements import RuleTerms, change_agreement
from communities.models import Community
from record import clock


def test_private_communities_are_in_the_list_of_their_members_only(client: Client, client_of, community, outsider):
    assert "Larkfield Estate" in (html := client.get("/c/").content.decode())
    assert "Marrow Ward" not in html
    assert "Marrow Ward" in client_of(outsider).get("/c/").content.decode()


def test_the_list_costs_the_same_for_many(client: Client, community):
    counts = []
    for rows in (0, 19):
        for n in range(rows):
            Community.objects.create(name=f"Place {n}", slug=f"place-{n}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/c/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


def test_a_damaged_page_mark_is_refused_clearly(client: Client, community):
    assert client.get("/c/?page=nonsense").status_code == 400


def test_the_agreement_shows_each_version_and_what_changed(client: Client, community, facilitator):
    terms = [
        RuleTerms("Lighting, paths and doors", "decide_together", 5, 10),
        RuleTerms("Pets", "residents_decide", 4, 20),
    ]
    change_agreement(
        community=community,
        acting_user=facilitator,
        terms=terms,
        agreed_on=clock.today(),
        how_agreed="at the winter meeting",
        why="It took too long.",
    )
    html = client.get("/c/larkfield/agreement/").content.decode()
    assert "Version 2, agreed at the winter meeting" in html
    assert "Pets is new: Residents decide." in html
    assert "Green space and gardens left the agreement." in html
    assert "It took too long." in html
    assert "Version 1" in html


def test_a_community_without_an_agreement_says_so(client: Client, db):
    Community.objects.create(name="New", slug="new")
    assert "There is no agreement yet" in client.get("/c/new/agreement/").content.decode()


def test_the_agreement_costs_the_same_for_many_versions(client: Client, community, facilitator):
    counts = []
    for versions in (1, 19):
        for _version in range(versions):
            change_agreement(
                community=community,
                acting_user=facilitator,
                terms=[RuleTerms("Pets", "residents_decide", 4, 20)],
                agreed_on=clock.today(),
                how_agreed="by vote",
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/c/larkfield/agreement/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_private_agreement_is_not_there(client: Client, client_of, private_community, resident, outsider):
    assert client.get("/c/marrow-ward/agreement/").status_code == 404
    assert client_of(resident).get("/c/marrow-ward/agreement/").status_code == 404
    assert client_of(outsider).get("/c/marrow-ward/agreement/").status_code == 200
