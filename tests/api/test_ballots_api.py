"""Votes through the API: the row, what lies below it, and that nothing moves while a vote is open."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from api.v1.ballots import BALLOTS
from ballots.actions.announcing import announce_ballot, cancel_ballot
from ballots.actions.voting import cast_vote, keep_choices
from ballots.models import Ballot, Count
from communities.models import Community, Topic
from proposals.models import Proposal
from record import clock
from tests.api.conftest import Get
from tests.ballots.conftest import MakeBallot, close, counted

pytestmark = pytest.mark.django_db


def row_of(get: Get, ballot: Ballot) -> dict[str, Any]:
    response = get(f"ballots/{ballot.pk}")
    assert response.status_code == 200, response.content
    row: dict[str, Any] = response.json()
    return row


def test_a_draft_is_nowhere(get: Get, make_ballot: MakeBallot, neighbour: User) -> None:
    draft = make_ballot()
    assert get("ballots").json()["results"] == []
    for part in ("", "/options", "/count", "/papers", "/receipts"):
        assert get(f"ballots/{draft.pk}{part}").status_code == 404


def test_an_announced_vote_says_its_rule_and_nothing_of_voters(get: Get, announced_vote: Ballot) -> None:
    row = row_of(get, announced_vote)
    assert row["title"] == "How shall we spend the winter pot?"
    assert (row["state"], row["method"], row["budget"], row["currency"]) == ("announced", "budget", 1_200_000, "GBP")
    assert (row["seats"], row["budget_rule"], row["seed"]) == (None, "equal_shares", announced_vote.seed)
    assert row["terms_sha256"] == announced_vote.terms_sha256
    assert row["eligible"] is row["voted"] is row["turnout"] is row["winners"] is None
    assert row["count_url"] is row["papers_url"] is row["receipts_url"] is None
    assert row["papers_file_url"] is row["receipts_file_url"] is None
    options = get(f"ballots/{announced_vote.pk}/options").json()
    assert options["next"] is None
    first = options["results"][0]
    assert (first["code"], first["cost"], first["total"], first["place"]) == ("1", 420_000, None, None)


def test_the_result_is_there_after_the_count(get: Get, certified: Ballot) -> None:
    row = row_of(get, certified)
    assert (row["state"], row["eligible"], row["voted"], row["voted_online"]) == ("certified", 11, 10, 10)
    assert row["turnout"] == 0.9091
    assert row["winners"] == certified.count.winners
    assert set(row["winners"]) >= {"1", "3"}
    assert row["quorum_met"] is True
    assert row["decision"]["id"] == str(certified.decision_id)
    totals = {option["code"]: option["total"] for option in get(f"ballots/{certified.pk}/options").json()["results"]}
    assert (totals["1"], totals["3"]) == (10, 5)


def test_the_decision_of_a_vote_leads_to_it(get: Get, client: Client, certified: Ballot) -> None:
    row = get("decisions", basis="ballot").json()["results"][0]
    assert row["decided_by"] == "residents"
    assert (row["eligible"], row["voted"], row["turnout"]) == (11, 10, 0.9091)
    basis = client.get(row["basis"]["url"].removeprefix("http://127.0.0.1:8000"))
    assert basis.json()["reference"] == certified.reference


def test_a_proposal_names_its_vote(get: Get, table: Any, make_ballot: MakeBallot) -> None:
    proposal = table()
    Proposal.objects.filter(pk=proposal.pk).update(ballot_reference="B-2026-0001")
    assert get("proposals").json()["results"][0]["ballot_reference"] == "B-2026-0001"
    assert get("ballots", proposal=str(proposal.pk)).json()["results"] == []


def test_the_count_is_what_recount_reads(get: Get, certified: Ballot) -> None:
    document = get(f"ballots/{certified.pk}/count").json()
    assert document["ballot"]["reference"] == certified.reference
    assert [option["code"] for option in document["ballot"]["options"]] == ["1", "2", "3", "4"]
    assert document["papers"] == {"count": 10, "published": True, "sha256": certified.count.papers_sha256}
    assert document["winners"] == certified.count.winners
    assert document["totals"] == certified.count.totals
    assert document["working"] == certified.count.working


def test_the_papers_file_has_the_published_digest(get: Get, client: Client, certified: Ballot) -> None:
    for response in (
        get(f"ballots/{certified.pk}/papers", format="csv"),
        client.get(f"/api/v1/ballots/{certified.pk}/papers/", headers={"Accept": "text/csv"}),
    ):
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert f"{certified.reference}-papers.csv" in response["Content-Disposition"]
        assert hashlib.sha256(response.content).hexdigest() == row_of(get, certified)["papers_sha256"]


def test_papers_page_by_page_are_the_same_papers(get: Get, client: Client, certified: Ballot) -> None:
    papers, address = [], f"/api/v1/ballots/{certified.pk}/papers/?page_size=4&count=true"
    pages = []
    while address:
        page = client.get(address).json()
        assert page["count"] == 10
        papers += page["results"]
        pages.append(page)
        address = page["next"]
    assert [paper["paper"] for paper in papers] == list(range(1, 11))
    assert sum(paper["choices"].get("3", 0) for paper in papers) == 5
    assert client.get(pages[-1]["previous"]).json()["results"] == pages[1]["results"]


@pytest.mark.parametrize("name", ["papers", "receipts"])
def test_the_fingerprint_in_the_record_is_of_the_file_that_the_row_leads_to(
    client: Client, get: Get, certified: Ballot, name: str
) -> None:
    row = row_of(get, certified)
    held = hashlib.sha256(client.get(row[f"{name}_file_url"]).content).hexdigest()
    line = get("record", kind="ballot.counted").json()["results"][0]
    assert held == row[f"{name}_sha256"] == line["payload"][f"{name}_sha256"]


def test_receipts_are_listed_and_their_file_has_its_digest(get: Get, certified: Ballot) -> None:
    rows = get(f"ballots/{certified.pk}/receipts").json()["results"]
    assert len(rows) == 10
    assert all(set(row) == {"receipt"} for row in rows)
    file = get(f"ballots/{certified.pk}/receipts", format="txt")
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert hashlib.sha256(file.content).hexdigest() == row_of(get, certified)["receipts_sha256"]
    assert file.content.decode().split() == [row["receipt"] for row in rows]


def test_before_the_close_there_is_nothing_below_but_options(get: Get, open_vote: Ballot) -> None:
    for part in ("count", "papers", "receipts"):
        response = get(f"ballots/{open_vote.pk}/{part}")
        assert response.status_code == 404
        assert response["Content-Type"] == "application/problem+json"
        assert "vote" in response.json()["detail"]


def test_a_refusal_in_another_format_is_a_problem_document_too(get: Get, open_vote: Ballot) -> None:
    response = get(f"ballots/{open_vote.pk}/papers", format="csv")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 404


def test_fewer_than_ten_papers_are_not_published(get: Get, open_vote: Ballot, voters: list[User]) -> None:
    for voter in voters[:9]:
        cast_vote(ballot=open_vote, acting_user=voter, choices={"1": 1})
    counted(open_vote)
    row = row_of(get, open_vote)
    assert row["voted"] == 9
    assert row["papers_url"] is row["papers_file_url"] is row["papers_sha256"] is None
    assert get(f"ballots/{open_vote.pk}/papers").status_code == 404
    assert get(f"ballots/{open_vote.pk}/count").json()["papers"]["published"] is False
    assert len(get(f"ballots/{open_vote.pk}/receipts").json()["results"]) == 9


def test_a_closed_vote_has_turnout_and_no_count_yet(get: Get, open_vote: Ballot, voters: list[User]) -> None:
    cast_vote(ballot=open_vote, acting_user=voters[0], choices={"1": 1})
    close(open_vote)
    row = row_of(get, open_vote)
    assert (row["state"], row["voted"], row["winners"], row["count_url"]) == ("closed", 1, None, None)
    assert get(f"ballots/{open_vote.pk}/count").status_code == 404


def test_a_cancelled_vote_stays_with_its_reason(get: Get, open_vote: Ballot, facilitator: User) -> None:
    cancel_ballot(ballot=open_vote, acting_user=facilitator, reason="The prices were wrong.")
    row = row_of(get, open_vote)
    assert (row["state"], row["cancel_reason"], row["voted"]) == ("cancelled", "The prices were wrong.", None)
    assert row["cancelled_at"]


def test_a_draft_that_was_thrown_away_never_was(get: Get, make_ballot: MakeBallot, neighbour: User) -> None:
    draft = make_ballot()
    Ballot.objects.filter(pk=draft.pk).update(state="cancelled", cancel_reason="Thrown away.")
    assert get(f"ballots/{draft.pk}").status_code == 404


@pytest.mark.parametrize("part", ["", "/options", "/count", "/papers", "/receipts"])
def test_a_private_communitys_votes_are_not_there(
    get: Get, client_of: Callable[[User], Client], certified: Ballot, part: str
) -> None:
    address = f"ballots/{certified.pk}{part}"
    assert get(address).status_code == 200
    Community.objects.update(is_public=False)
    assert get(address).status_code == 404
    assert get("ballots").json()["results"] == []
    member = User.objects.get(display_name="Voter 0")
    assert client_of(member).get(f"/api/v1/{address}/").status_code == 404


def test_filters_narrow(get: Get, announced_vote: Ballot, topic: Topic) -> None:
    def found(**filters: str) -> int:
        return len(get("ballots", **filters).json()["results"])

    assert found(state="announced,open") == found(method="budget") == found(q="winter POT") == 1
    assert found(state="certified") == found(method="ranked") == found(topic=str(topic.pk)) == 0
    assert found(opens_from="2020-01-01", closes_to="2999-01-01") == 1
    assert found(opens_to="2020-01-01") == 0
    assert found(binding="true") == 1


@pytest.mark.parametrize(
    ("part", "parameter", "value"),
    [
        ("papers", "page_size", "0"),
        ("papers", "cursor", "nonsense"),
        ("papers", "cursor", "W10"),
        ("papers", "cursor", "A" * 5000),
        ("papers", "cursor", "\x00"),
        ("papers", "count", "1"),
        ("papers", "ordering", "paper"),
        ("papers", "format", "txt"),
        ("receipts", "format", "xml"),
        ("receipts", "q", "K7"),
        ("options", "format", "xlsx"),
        ("count", "page_size", "2"),
        ("count", "x", "2"),
    ],
)
def test_a_bad_value_is_refused_by_name(get: Get, certified: Ballot, part: str, parameter: str, value: str) -> None:
    response = get(f"ballots/{certified.pk}/{part}", **{parameter: value})
    assert response.status_code == 400, response.content
    assert parameter in {error["parameter"] for error in response.json()["errors"]}


def test_a_cursor_of_another_list_is_refused(get: Get, certified: Ballot) -> None:
    cursor = get(f"ballots/{certified.pk}/papers", page_size=1).json()["next"].rsplit("cursor=", 1)[1]
    assert get(f"ballots/{certified.pk}/papers", cursor=cursor).status_code == 200
    assert get(f"ballots/{certified.pk}/receipts", cursor=cursor).status_code == 400


@pytest.mark.parametrize("part", ["options", "count", "papers", "receipts"])
def test_what_did_not_change_is_answered_by_304_from_one_query(
    get: Get, certified: Ballot, part: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"ballots/{certified.pk}/{part}"
    etag = get(address)["ETag"]
    with django_assert_num_queries(1):
        again = get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_is_another_thing_than_its_list(get: Get, certified: Ballot) -> None:
    etag = get(f"ballots/{certified.pk}/papers")["ETag"]
    assert get(f"ballots/{certified.pk}/papers", format="csv", headers={"If-None-Match": etag}).status_code == 200


def test_one_vote_and_twenty_cost_the_same(
    get: Get,
    make_ballot: MakeBallot,
    facilitator: User,
    certified: Ballot,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(3):
        get("ballots")
    for _row in range(19):
        announce_ballot(ballot=make_ballot(), acting_user=facilitator)
    with django_assert_num_queries(3):
        assert len(get("ballots").json()["results"]) == 20


def test_long_texts_are_not_read_for_a_list(get: Get, certified: Ballot) -> None:
    row = BALLOTS.whole(BALLOTS.rows()).get()
    assert {"papers", "receipts", "working"} <= row.count.get_deferred_fields()


def test_each_part_is_what_the_schema_says(get: Get, client: Client, certified: Ballot) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    document = client.get("/api/v1/schema/").json()
    root = client.get("/api/v1/").json()
    for part in BALLOTS.parts:
        path = document["paths"][f"/api/v1/ballots/{{id}}/{part.name}/"]["get"]
        formats = next(parameter for parameter in path["parameters"] if parameter["name"] == "format")
        assert formats["schema"]["enum"] == part.formats
        assert f"ballots/{{id}}/{part.name}" in root["parts"]
        body = get(f"ballots/{certified.pk}/{part.name}").json()
        schema = document["components"]["schemas"][part.one.capitalize()]
        for row in [body] if part.document else body["results"]:
            jsonschema.validate(row, schema, cls=jsonschema.Draft202012Validator)


def test_no_byte_moves_when_somebody_votes(get: Get, open_vote: Ballot, voters: list[User]) -> None:
    """Also not a validator, a date, a count or the order."""

    def seen() -> list[tuple[int, bytes, str | None, str | None]]:
        answers = [
            get("ballots", count="true"),
            get("ballots", ordering="-updated"),
            get("ballots", state="open"),
            *(get(f"ballots/{open_vote.pk}{part}") for part in ("", "/options", "/count", "/papers", "/receipts")),
            get("communities"),
            get("decisions"),
            get("proposals"),
        ]
        return [
            (answer.status_code, answer.content, answer.get("ETag"), answer.get("Last-Modified")) for answer in answers
        ]

    updated_at = Ballot.objects.get(pk=open_vote.pk).updated_at
    with clock.at(clock.now() + timedelta(hours=1)):  # else Last-Modified comes with the next second
        before = seen()
        keep_choices(ballot=open_vote, acting_user=voters[0], choices={"2": 1})
        cast_vote(ballot=open_vote, acting_user=voters[1], choices={"1": 1})
        cast_vote(ballot=open_vote, acting_user=voters[1], choices={"3": 1})
        after = seen()
    assert [status for status, *_rest in before] == [200] * 5 + [404] * 3 + [200] * 3
    assert before[3][3]
    assert after == before
    assert Ballot.objects.get(pk=open_vote.pk).updated_at == updated_at
    assert not Count.objects.exists()
