"""Validators, limits, CORS, formats and problem documents."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.http import http_date
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from api.problems import TYPES, problem
from api.v1 import RESOURCES, proposals
from ballots.models import Ballot
from communities.models import Community, Topic
from decisions.models import Decision
from proposals.actions.backing import back_proposal
from proposals.models import Proposal
from record import clock
from tests.api.conftest import Get, Table

NAMES = [resource.name for resource in RESOURCES]


@pytest.mark.parametrize("name", NAMES)
def test_what_did_not_change_is_answered_by_304_from_one_query(
    get: Get, name: str, decision: Decision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for address in (name, f"{name}/{get(name).json()['results'][0]['id']}"):
        etag = get(address)["ETag"]
        with django_assert_num_queries(1):
            again = get(address, headers={"If-None-Match": etag})
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == etag


def test_a_weak_validator_is_the_same_validator(get: Get, decision: Decision) -> None:
    etag = get("decisions")["ETag"].removeprefix("W/")
    assert get("decisions", headers={"If-None-Match": f"W/{etag}"}).status_code == 304


def test_a_change_changes_the_validator(get: Get, table: Table, neighbour: User) -> None:
    proposal = table()
    before = get("proposals")["ETag"]
    back_proposal(proposal=proposal, acting_user=neighbour)
    after = get("proposals", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.json()["results"][0]["supports"] == 1
    assert get("proposals", page_size=3)["ETag"] != after["ETag"]


def test_a_community_that_becomes_private_is_gone_at_once(get: Get, decision: Decision) -> None:
    etag = get("decisions")["ETag"]
    Community.objects.update(is_public=False)
    response = get("decisions", headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert response.json()["results"] == []


def test_a_row_that_turns_overdue_at_midnight_is_not_the_same_row(get: Get, table: Table) -> None:
    proposal = table()
    Proposal.objects.filter(pk=proposal.pk).update(state="awaiting_response", next_due_on=clock.today())
    first = get("proposals")
    assert first.json()["results"][0]["overdue"] is False
    with clock.at(clock.now() + timedelta(days=1)):
        second = get("proposals", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert second.json()["results"][0]["overdue"] is True


def test_if_modified_since(get: Get, decision: Decision) -> None:
    Decision.objects.update(updated_at=clock.now() - timedelta(hours=1))
    Community.objects.update(updated_at=clock.now() - timedelta(hours=1))
    Topic.objects.update(updated_at=clock.now() - timedelta(hours=1))
    address = f"decisions/{decision.pk}"
    stamp = get(address)["Last-Modified"]
    assert get(address, headers={"If-Modified-Since": stamp}).status_code == 304
    Decision.objects.update(updated_at=clock.now())
    assert get(address, headers={"If-Modified-Since": stamp}).status_code == 200


def test_a_change_in_the_second_of_an_answer_is_newer_than_its_date(get: Get, decision: Decision) -> None:
    """Whoever was given no Last-Modified yet may ask with the Date of the answer."""
    address, second = f"decisions/{decision.pk}", clock.now().replace(microsecond=0) + timedelta(hours=1)
    with clock.at(second + timedelta(milliseconds=200)):
        Decision.objects.update(title="One")
    with clock.at(second + timedelta(milliseconds=300)):
        assert "Last-Modified" not in get(address)
    with clock.at(second + timedelta(milliseconds=600)):
        Decision.objects.update(title="Two")
    with clock.at(second + timedelta(hours=1)):
        again = get(address, headers={"If-Modified-Since": http_date(second.timestamp())})
        assert again.status_code == 200
        assert again.json()["title"] == "Two"
        assert get(address, headers={"If-Modified-Since": again["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize("packing", ["gzip", "identity"])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_304_has_the_headers_by_which_a_cache_finds_what_it_keeps(
    get: Get, decision: Decision, form: str, packing: str
) -> None:
    for address in ("decisions", f"decisions/{decision.pk}", "record"):
        asked = {"Accept-Encoding": packing}, {"format": form} if "/" not in address else {}
        first = get(address, headers=asked[0], **asked[1])
        again = get(address, headers=asked[0] | {"If-None-Match": first["ETag"]}, **asked[1])
        assert again.status_code == 304
        assert again["ETag"] == first["ETag"]
        assert set(again["Vary"].split(", ")) == set(first["Vary"].split(", "))


@pytest.mark.parametrize("name", [*NAMES, "record"])
def test_what_has_a_last_modified_heeds_it_and_lists_have_none(get: Get, name: str, decision: Decision) -> None:
    row = get(name).json()["results"][0]
    with clock.at(clock.now() + timedelta(hours=1)):
        assert "Last-Modified" not in get(name)
        alone = get(f"{name}/{row['id'] if 'id' in row else row['sequence']}")
        assert ("Last-Modified" in alone) == (name in ("decisions", "ballots"))
        since = alone.get("Last-Modified", http_date(clock.now().timestamp()))
        again = get(
            alone.request["PATH_INFO"].removeprefix("/api/v1/").strip("/"), headers={"If-Modified-Since": since}
        )
        assert again.status_code == (304 if "Last-Modified" in alone else 200)


def test_anybody_may_read_it_from_any_page(client: Client, community: Community) -> None:
    for address in ("/api/v1/", "/api/v1/decisions/", "/api/v1/nothing/", "/api/v1/decisions/?x=1", "/api/v1/schema/"):
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert 'rel="license"' in response["Link"]
        assert "ETag" in response["Access-Control-Expose-Headers"]
    allowed = client.options("/api/v1/decisions/")
    assert allowed.status_code == 204
    assert allowed["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.head("/api/v1/decisions/").content == b""
    assert "public" in client.get("/api/v1/decisions/")["Cache-Control"]
    assert "Cookie" not in client.get("/api/v1/decisions/").get("Vary", "")
    assert not client.cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, community: Community, method: str) -> None:
    response = getattr(client, method)("/api/v1/decisions/", data="{}", content_type="application/json")
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        ("/api/v1/decisions/018f0000-0000-7000-8000-000000000000/", "*/*", 404),
        ("/api/v1/decisions/nonsense/", "*/*", 404),
        ("/api/v1/decisions/%00/", "*/*", 404),
        ("/api/v1/nothing", "*/*", 404),
        ("/api/v2/", "text/html", 404),
        ("/api/v1/decisions/", "text/html", 406),
        ("/api/v1/decisions/", "application/problem+json;q=0", 406),
        ("/api/v1/decisions/018f0000-0000-7000-8000-000000000000/", "application/problem+json", 404),
        ("/api/v1/decisions/?x=1", "application/problem+json; charset=utf-8", 400),
        ("/api/v1/?x=1", "*/*", 400),
        ("/api/v1/decisions/018f0000-0000-7000-8000-000000000000/?page_size=2", "*/*", 400),
    ],
)
def test_errors_are_problem_documents(client: Client, db: None, address: str, accept: str, status: int) -> None:
    response = client.get(address, headers={"Accept": accept})
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    document = response.json()
    assert document["status"] == status
    assert {"type", "title", "detail"} <= set(document)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address",
    ["", "schema/", "decisions/", "decisions/{id}/", "record/", "record/0/", "record/consistency/"],
)
def test_more_parameters_than_are_read_are_no_fault_of_ours(client: Client, decision: Decision, address: str) -> None:
    client.raise_request_exception = False
    for more in ("", "&format=csv"):
        response = client.get(f"/api/v1/{address.format(id=decision.pk)}?{'a=&' * 501}{more}")
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["type"].endswith("/api/#refused")
        assert "fewer parameters" in response.json()["detail"]


def test_our_own_fault_is_a_problem_document_too(client: Client, table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table()
    monkeypatch.setitem(proposals.PROPOSALS.__dict__, "write", lambda row: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/api/v1/proposals/")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "division" not in response.content.decode()


def test_the_limit_is_said_and_kept(client: Client, community: Community, settings: Settings) -> None:
    settings.API_RATE = "2/hour"
    first = client.get("/api/v1/decisions/")
    assert first["RateLimit-Limit"] == "2"
    assert first["RateLimit-Remaining"] == "1"
    client.get("/api/v1/topics/")
    refused = client.get("/api/v1/decisions/")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert refused["RateLimit-Remaining"] == "0"
    assert client.get("/api/v1/decisions/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_forged_address_does_not_escape_the_limit(client: Client, db: None, settings: Settings) -> None:
    settings.API_RATE = "1/hour"
    client.get("/api/v1/", headers={"X-Forwarded-For": "1.1.1.1"})
    assert client.get("/api/v1/", headers={"X-Forwarded-For": "2.2.2.2"}).status_code == 429


def test_a_home_with_many_ipv6_addresses_is_one_home(client: Client, db: None, settings: Settings) -> None:
    settings.API_RATE = "1/hour"
    client.get("/api/v1/", REMOTE_ADDR="2001:db8::1")
    assert client.get("/api/v1/", REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert client.get("/api/v1/", REMOTE_ADDR="2001:db8:1::1").status_code == 200


def test_callers_whose_old_address_stands_in_a_new_one_are_several(
    client: Client, db: None, settings: Settings
) -> None:
    """As a server that listens on [::] sees them."""
    settings.API_RATE = "1/hour"
    client.get("/api/v1/", REMOTE_ADDR="::ffff:203.0.113.5")
    assert client.get("/api/v1/", REMOTE_ADDR="203.0.113.5").status_code == 429
    assert client.get("/api/v1/", REMOTE_ADDR="::ffff:198.51.100.77").status_code == 200


def test_addresses_do_not_follow_a_forged_host(client: Client, decision: Decision, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    body = client.get("/api/v1/decisions/", headers={"Host": "evil.example"}).content.decode()
    assert "evil.example" not in body


def test_the_schema_is_openapi_31_and_describes_every_column(client: Client, db: None) -> None:
    response = client.get("/api/v1/schema/")
    document = response.json()
    assert document["openapi"].startswith("3.1")
    assert client.get("/api/v1/schema/", headers={"If-None-Match": response["ETag"]}).status_code == 304
    for resource in RESOURCES:
        listed = document["paths"][f"/api/v1/{resource.name}/"]["get"]
        names = {parameter["name"] for parameter in listed["parameters"]}
        assert {item.name for item in resource.filters} | {"cursor", "page_size", "count", "ordering"} <= names
        assert f"/api/v1/{resource.name}/{{id}}/" in document["paths"]
        row = document["components"]["schemas"][resource.one.replace(" ", "_").capitalize()]
        assert list(row["properties"]) == [column.name for column in resource.columns]
        assert all(part["description"] for part in row["properties"].values())


def test_rows_are_what_the_schema_says(client: Client, get: Get, decision: Decision) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schemas = client.get("/api/v1/schema/").json()["components"]["schemas"]
    for resource in RESOURCES:
        for row in get(resource.name).json()["results"]:
            jsonschema.validate(
                row,
                schemas[resource.one.replace(" ", "_").capitalize()],
                cls=jsonschema.Draft202012Validator,
                format_checker=jsonschema.FormatChecker(),
            )


def test_the_guide_and_the_docs_are_pages_of_ours(client: Client, db: None) -> None:
    guide = client.get("/api/")
    assert guide.status_code == 200
    for resource in RESOURCES:
        assert f"/api/v1/{resource.name}/" in guide.content.decode()
    docs = client.get("/api/v1/docs/")
    assert docs.status_code == 200
    page = docs.content.decode()
    assert "<style" not in page
    assert "<script>" not in page
    assert "unsafe-inline" not in docs["Content-Security-Policy"]
    assert "https://" not in page
    assert Path("static/js/api-docs.js").exists()
    assert json.loads(client.get("/api/v1/").content)["resources"]


@pytest.mark.parametrize("form", ["csv", "ndjson", "json"])
def test_the_format_in_the_address_wins(get: Get, decision: Decision, form: str) -> None:
    """Whatever Accept says beside it: a program sends one without being asked."""
    for accept in ("application/json", "text/csv", "text/html", "image/png"):
        response = get("decisions", format=form, headers={"Accept": accept})
        assert response.status_code == 200
        assert form in response["Content-Type"]


@pytest.mark.parametrize("address", ["", "schema/", "decisions/{id}/", "ballots/{vote}/count/", "record/0/"])
def test_what_is_no_list_refuses_parameters_alike(
    client: Client, decision: Decision, announced_vote: Ballot, address: str
) -> None:
    address = f"/api/v1/{address.format(id=decision.pk, vote=announced_vote.pk)}"
    for query, name in (("x=1", "x"), ("format=json&format=json", "format")):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400
        assert [error["parameter"] for error in response.json()["errors"]] == [name]


def test_the_proofs_are_named_where_one_looks(client: Client, db: None) -> None:
    index, guide = client.get("/api/v1/").json(), client.get("/api/").text
    for name in ("record/consistency", "record/inclusion"):
        assert f"/api/v1/{name}/?" in index["proofs"][name]
        assert f"<code>{name}/?" in guide


def test_the_order_that_updated_since_brings_is_said(client: Client, get: Get, table: Table) -> None:
    first, second = table("One"), table("Two")
    Proposal.objects.filter(pk=first.pk).update(updated_at=clock.now())
    rows = get("proposals", updated_since="2020-01-01").json()["results"]
    assert [row["title"] for row in rows] == [second.title, first.title]
    paths = client.get("/api/v1/schema/").json()["paths"]
    for name, is_said in (("proposals", True), ("record", False)):
        parameters = paths[f"/api/v1/{name}/"]["get"]["parameters"]
        meaning = next(one["description"] for one in parameters if one["name"] == "ordering")
        assert ("With `updated_since` it is `updated`." in meaning) is is_said
    assert "in the order of <code>updated</code>" in client.get("/api/").text


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("*", "json"),
        ("application/*", "json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "json"),
        ("application/json, text/csv", "json"),
        ("text/csv", "csv"),
        ("text/csv, */*", "csv"),
        ("text/csv, application/json;q=0.1", "csv"),
        ("application/json;q=0.1, text/csv;q=0.2", "csv"),
        ("TEXT/CSV;Q=1, application/json;q=0.9", "csv"),
        ("text/csv;q=0.5, */*;q=0.9", "json"),
        ("text/*, application/json;q=0.5", "csv"),
        ("application/json;q=0, */*", "csv"),
        ("application/problem+json", "json"),
        ("application/problem+json, text/csv;q=0.1", "csv"),
        ("application/x-ndjson, text/csv;q=0.9, application/json;q=0", "ndjson"),
        ("text/csv;header=present", "csv"),
        ("application/json;q=rubbish", "json"),
        ("text/html, image/gif, *; q=.2, */*; q=.2", "json"),
    ],
)
def test_accept_is_weighed(get: Get, decision: Decision, accept: str, form: str) -> None:
    response = get("decisions", headers={"Accept": accept})
    assert response.status_code == 200
    assert form in response["Content-Type"]


@pytest.mark.parametrize("accept", ["application/json;q=0", "*/*;q=0", "text/html", "application/json;q=nan", "zzz"])
def test_what_the_reader_will_not_take_is_not_sent(get: Get, decision: Decision, accept: str) -> None:
    response = get("decisions", headers={"Accept": accept})
    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"


def test_every_type_of_problem_leads_to_its_words(client: Client, db: None) -> None:
    guide = client.get("/api/").text
    for code, status, _meaning in TYPES:
        assert f'<div id="{code}">' in guide
        shown = problem(status, "no", code=code).data
        assert shown["type"].endswith(f"/api/#{code}")
    assert problem(400, "no", code="never_heard_of").data["type"].endswith("/api/#refused")


def test_every_header_of_ours_may_be_read_by_a_page(get: Get, decision: Decision) -> None:
    response = get("decisions")
    exposed = {name.strip().lower() for name in response["Access-Control-Expose-Headers"].split(",")}
    ours = {name.lower() for name in response.headers if name.startswith("RateLimit")} | {"etag", "link"}
    assert ours <= exposed
