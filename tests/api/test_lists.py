"""Lists: pages by cursor, filters that are never silent, and what is never in them."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from api.v1 import RESOURCES
from api.written import written
from communities.models import Community, Organisation, Topic
from decisions.models import Decision
from proposals.actions.backing import back_proposal
from proposals.actions.drafting import start_draft
from proposals.models import Ask, Proposal, Response
from record import clock
from tests.api.conftest import Get, Table

NAMES = [resource.name for resource in RESOURCES]
MakeDecisions = Callable[[int], list[Decision]]


@pytest.mark.parametrize("name", NAMES)
def test_each_list_holds_rows_of_exactly_the_declared_columns(get: Get, name: str, decision: Decision) -> None:
    response = get(name)
    assert response.status_code == 200
    rows = response.json()["results"]
    declared = next(resource for resource in RESOURCES if resource.name == name)
    assert rows, f"the story has no {name}"
    assert all(list(row) == [column.name for column in declared.columns] for row in rows)
    assert set(response.json()) == {"next", "previous", "results"}


@pytest.mark.parametrize("name", NAMES)
def test_a_row_is_the_same_alone_as_in_its_list(get: Get, client: Client, name: str, decision: Decision) -> None:
    row = get(name).json()["results"][0]
    assert row["url"].endswith(f"/api/v1/{name}/{row['id']}/")
    assert client.get(row["url"].removeprefix("http://127.0.0.1:8000")).json() == row


def test_the_decision_row_is_the_contract(get: Get, decision: Decision) -> None:
    row = get("decisions").json()["results"][0]
    assert list(row) == [
        "id",
        "reference",
        "url",
        "html_url",
        "title",
        "summary",
        "decided_on",
        "outcome",
        "decided_by",
        "overruled",
        "overrules",
        "overruled_by",
        "reasons",
        "community",
        "topic",
        "organisations",
        "basis",
        "proposals",
        "supports",
        "comments",
        "eligible",
        "voted",
        "turnout",
        "response_working_days",
        "commitments_open",
        "commitments_kept",
        "commitments_broken",
        "record_sequence",
        "record_hash",
        "created",
        "updated",
    ]
    assert row["decided_by"] == "organisation_after_consulting"
    assert row["supports"] == 3
    assert row["response_working_days"] == 0
    assert row["commitments_open"] == 1
    assert row["eligible"] is row["voted"] is row["turnout"] is None
    assert row["basis"]["kind"] == "response"
    assert set(row["community"]) == {"id", "title", "url"}
    assert row["record_hash"] == decision.record_hash


def test_pages_hold_every_row_once_and_lead_back(get: Get, client: Client, many_decisions: MakeDecisions) -> None:
    made = {str(row.pk) for row in many_decisions(25)}
    for ordering in ("-decided_on", "decided_on", "updated", "-updated"):
        seen: list[str] = []
        answer = get("decisions", page_size=7, ordering=ordering).json()
        first = answer["results"]
        assert answer["previous"] is None
        while True:
            seen += [row["id"] for row in answer["results"]]
            if answer["next"] is None:
                break
            answer = client.get(answer["next"]).json()
        assert len(seen) == 25
        assert set(seen) == made
        while answer["previous"]:
            answer = client.get(answer["previous"]).json()
        assert answer["results"] == first


def test_the_count_comes_only_when_asked_for(get: Get, many_decisions: MakeDecisions) -> None:
    many_decisions(3)
    assert get("decisions", count="true", page_size=2).json()["count"] == 3


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_filter_is_refused_by_name(get: Get, name: str, community: Community) -> None:
    response = get(name, nonsense="1")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["parameter"] == "nonsense"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_days_the_wrong_way_round_are_refused(get: Get, many_decisions: MakeDecisions, form: str) -> None:
    many_decisions(1)
    for name, first, last in (("decisions", "decided_from", "decided_to"), ("record", "from", "to")):
        found = get(name, format=form, **{first: "2026-12-02", last: "2026-12-01"})
        assert found.status_code == 400
        assert found.json()["errors"] == [
            {"parameter": last, "detail": f"This day comes before {first}. Swap the two."}
        ]
        assert get(name, format=form, **{first: "2026-12-01", last: "2026-12-01"}).status_code == 200


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("outcome", "perhaps"),
        ("decided_by", "residents,nobody"),
        ("decided_from", "9999-12-31"),
        ("decided_from", "2026-02-30"),
        ("decided_to", "tomorrow"),
        ("updated_since", "9999-12-31T23:59:59Z"),
        ("updated_since", "2026-01-01T00:00:00"),
        ("updated_since", "0001-01-01T00:00:00+14:00"),
        ("overruled", "yes"),
        ("community", "no-such-place"),
        ("community", "a\x00b"),
        ("community", "'; drop table decisions; --"),
        ("organisation", "018f0000-0000-7000-8000-000000000000"),
        ("topic", "12"),
        ("page_size", "0"),
        ("page_size", "201"),
        ("page_size", "-1"),
        ("page_size", "NaN"),
        ("page_size", "9" * 400),
        ("page_size", "١٢"),
        ("cursor", ""),
        ("cursor", "nonsense"),
        ("cursor", "A" * 5000),
        ("cursor", "bnVsbA"),
        ("cursor", "W10"),
        ("cursor", "W1tb" * 500),  # [[[[…
        ("count", "1"),
        ("ordering", "reasons"),
        ("ordering", "decided_on;--"),
        ("q", "\x00"),
        ("q", " "),
        ("q", "x" * 201),
        ("q", '"'),
        ("q", "-- !"),
        ("q", "a b c d e f g h i"),
        ("format", "xml"),
    ],
)
def test_a_bad_value_is_refused_by_name(get: Get, many_decisions: MakeDecisions, parameter: str, value: str) -> None:
    many_decisions(1)
    response = get("decisions", **{parameter: value})
    assert response.status_code == 400, response.content
    assert parameter in {error["parameter"] for error in response.json()["errors"]}


def test_a_parameter_given_twice_is_refused(client: Client, community: Community) -> None:
    assert client.get("/api/v1/decisions/?outcome=accepted&outcome=declined").status_code == 400


@pytest.mark.parametrize("query", ["%ED%A0%80=1", "q=%ED%A0%80", "q=%FF", "%00=1", "q=%E2%80%AEabc", "cursor=%00"])
def test_hostile_bytes_are_refused_or_find_nothing(client: Client, community: Community, query: str) -> None:
    assert client.get(f"/api/v1/decisions/?{query}").status_code in (200, 400)


def test_a_cursor_of_another_list_order_or_filter_is_refused(
    get: Get, client: Client, many_decisions: MakeDecisions
) -> None:
    many_decisions(3)
    cursor = get("decisions", page_size=1).json()["next"].rsplit("cursor=", 1)[1]
    assert client.get(f"/api/v1/decisions/?page_size=1&cursor={cursor}").status_code == 200
    assert client.get(f"/api/v1/proposals/?cursor={cursor}").status_code == 400
    assert client.get(f"/api/v1/decisions/?ordering=updated&cursor={cursor}").status_code == 400
    assert client.get(f"/api/v1/decisions/?outcome=declined&cursor={cursor}").status_code == 400


def test_a_cursor_with_half_a_letter_is_refused(get: Get, community: Community) -> None:
    """It has the right seal, as anybody can make it: from a real one."""
    Community.objects.create(name="Heron House", slug="heron-house")
    cursor = get("communities", page_size=1).json()["next"].rsplit("cursor=", 1)[1]
    parts = json.loads(base64.urlsafe_b64decode(cursor + "=="))
    parts[2] = "\ud800"
    cursor = base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")
    response = get("communities", page_size="1", cursor=cursor)
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("name", NAMES)
def test_every_ordering_and_filter_that_is_declared_works(get: Get, name: str, decision: Decision) -> None:
    declared = next(resource for resource in RESOURCES if resource.name == name)
    for ordering in declared.orderings:
        assert get(name, ordering=ordering.name).status_code == 200
    row = get(name).json()["results"][0]
    for item in declared.filters:
        value = _a_value(item.name, item.schema, row, decision)
        assert get(name, **{item.name: value}).status_code == 200, (item.name, value)


def _a_value(name: str, schema: dict[str, Any], row: dict[str, Any], decision: Decision) -> str:
    if schema.get("type") == "boolean":
        return "false"
    named = {
        "community": "larkfield",
        "organisation": "penhale-homes",
        "topic": str(decision.topic_id),
        "proposal": str(decision.proposals.get().pk),
        "decision": str(decision.pk),
        "overrules": str(decision.pk),
        "response": str(decision.basis_id),
        "q": "a",
        "reference": row["reference"],
    }
    if name in named:
        return named[name]
    return "2026-01-01" if schema.get("format", "").startswith("date") else schema["examples"][0]


def test_filters_narrow(get: Get, table: Table, answered: Response) -> None:
    table("A bench half way up")

    def titles(**filters: str) -> list[str]:
        return [row["title"] for row in get("proposals", **filters).json()["results"]]

    assert titles(state="tabled") == ["A bench half way up"]
    assert titles(state="responded,deciding") == ["Light the path"]
    assert titles(q="BENCH up") == ["A bench half way up"]
    assert titles(overdue="true") == []
    assert len(titles(community="larkfield")) == 2
    assert len(titles(community=str(answered.proposal.community_id))) == 2


@pytest.mark.parametrize("name", NAMES)
def test_private_and_unpublished_things_are_never_there(
    get: Get,
    client: Client,
    name: str,
    private_community: Community,
    outsider: User,
    community: Community,
    resident: User,
) -> None:
    start_draft(community=community, acting_user=resident, submission="018f0000-0000-7000-8000-000000000001")
    topic = Topic.objects.get(community=private_community, slug="lighting")
    Proposal.objects.create(
        community=private_community,
        number=1,
        reference="P-1",
        title="Secret",
        topic=topic,
        state="tabled",
        author=outsider,
        tabled_at=community.created_at,
    )
    Decision.objects.create(
        community=private_community,
        reference="D-1",
        title="Secret",
        summary="s",
        reasons="r",
        outcome="accepted",
        decided_on="2026-01-01",
        decided_by="together",
        basis_kind="meeting",
    )
    body = get(name, count="true").content.decode()
    assert "Secret" not in body
    assert "marrow" not in body.lower()
    assert str(private_community.pk) not in body
    assert get("communities", q="marrow").json()["results"] == []
    if any(item.name == "community" for item in next(r for r in RESOURCES if r.name == name).filters):
        assert get(name, community="marrow-ward").status_code == 400
    for thing in (*Proposal.objects.filter(community=private_community), *Decision.objects.all()):
        assert client.get(f"/api/v1/proposals/{thing.pk}/").status_code == 404
        assert client.get(f"/api/v1/decisions/{thing.pk}/").status_code == 404


def test_signing_in_shows_no_more(get: Get, client: Client, outsider: User, private_community: Community) -> None:
    client.force_login(outsider)
    assert get("communities", q="marrow").json()["results"] == []


def test_no_row_says_who_somebody_is(get: Get, decision: Decision, resident: User, professional: User) -> None:
    for name in NAMES:
        body = get(name).content.decode()
        for person in (resident, professional):
            assert str(person.pk) not in body
            assert str(person.email) not in body


@pytest.mark.parametrize("name", NAMES)
def test_one_row_and_twenty_cost_the_same(
    get: Get,
    name: str,
    decision: Decision,
    table: Table,
    many_decisions: MakeDecisions,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(4) as few:
        get(name, page_size=1, count="true")
    for n in range(20):
        table(f"Bench {n}")
    many_decisions(20)
    written.clear()
    with django_assert_max_num_queries(4) as many:
        get(name, page_size=20, count="true")
    assert len(few) == len(many)


def test_who_owes_an_answer_is_named_and_the_time_waits_for_all(
    get: Get, table: Table, neighbours: list[User], professional: User, council: Organisation
) -> None:
    proposal = table()
    proposal.organisations.add(council)
    for neighbour in neighbours[:3]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    Ask.objects.filter(organisation=council).update(due_on=F("due_on") + timedelta(days=1))

    def row() -> dict[str, Any]:
        found: dict[str, Any] = get(f"proposals/{proposal.pk}").json()
        return found

    landlord = Ask.objects.exclude(organisation=council).get().organisation
    assert (row()["waiting_for"], row()["response_working_days"]) == ([landlord.slug, council.slug], None)
    Ask.objects.exclude(organisation=council).update(answered_on=clock.today(), answered_after_working_days=7)
    assert (row()["waiting_for"], row()["response_working_days"]) == ([council.slug], None)
    Ask.objects.filter(organisation=council).update(answered_on=clock.today(), answered_after_working_days=9)
    assert (row()["waiting_for"], row()["response_working_days"]) == ([], 9)
