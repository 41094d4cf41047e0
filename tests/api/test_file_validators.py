"""A whole list as a file is not sent again to whoever has it already."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from api.fingerprints import OF_ROW, fingerprint
from api.v1 import RESOURCES
from communities.models import Community
from decisions.models import Decision
from proposals.actions.backing import back_proposal
from proposals.actions.talk import add_comment, remove_comment
from proposals.models import Proposal
from record import clock
from tests.api.conftest import Get, Table

NAMES = [*(resource.name for resource in RESOURCES), "record", "record/checkpoints"]
FORMS = ["csv", "ndjson"]


def again(get: Get, response: Any) -> Any:
    """The same question, asked by whoever has its answer."""
    return get(
        response.request["PATH_INFO"].removeprefix("/api/v1/").strip("/"),
        headers={"If-None-Match": response["ETag"]},
        **dict(pair.split("=") for pair in response.request["QUERY_STRING"].split("&")),
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_what_did_not_change_is_not_sent_again(
    get: Get, name: str, form: str, decision: Decision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = get(name, format=form)
    assert first.status_code == 200
    assert first["ETag"].startswith('W/"')
    b"".join(first.streaming_content)
    with django_assert_num_queries(1):
        second = again(get, first)
    assert second.status_code == 304
    assert second.content == b""
    assert second["ETag"] == first["ETag"]


@pytest.mark.parametrize("form", FORMS)
def test_a_change_to_any_row_sends_the_file_again(get: Get, table: Table, neighbour: User, form: str) -> None:
    proposals = [table(f"Light the path {number}") for number in range(3)]
    for proposal in proposals:
        before = get("proposals", format=form)
        back_proposal(proposal=proposal, acting_user=neighbour)
        after = again(get, before)
        assert after.status_code == 200
        assert after["ETag"] != before["ETag"]


def test_so_does_a_row_that_is_gone_and_one_more(get: Get, table: Table) -> None:
    first = table()
    one = get("proposals", format="csv", state="tabled")
    table("A second lamp")
    two = again(get, one)
    assert two.status_code == 200
    Proposal.objects.filter(pk=first.pk).update(state="awaiting_response", next_due_on=clock.today())
    left = again(get, two)
    assert left.status_code == 200
    assert left["ETag"] not in (one["ETag"], two["ETag"])


def test_each_question_has_its_own(get: Get, decision: Decision) -> None:
    questions: list[dict[str, str]] = [
        {"format": "csv"},
        {"format": "ndjson"},
        {"format": "csv", "ordering": "decided_on"},
        {"format": "csv", "updated_since": "2020-01-01T00:00:00Z"},
    ]
    assert len({get("decisions", **question)["ETag"] for question in questions}) == len(questions)


def test_midnight_makes_a_file_new_where_days_count(get: Get, table: Table, decision: Decision) -> None:
    table()
    waiting, decided = get("proposals", format="csv"), get("decisions", format="csv")
    with clock.at(clock.now().replace(hour=12) + timedelta(days=1)):
        assert again(get, waiting).status_code == 200
        assert again(get, decided).status_code == 304


def test_a_community_that_becomes_private_empties_the_file(get: Get, decision: Decision) -> None:
    before = get("decisions", format="csv")
    Community.objects.update(is_public=False)
    after = again(get, before)
    assert after.status_code == 200
    assert str(decision.pk) not in b"".join(after.streaming_content).decode()


@pytest.mark.parametrize("form", FORMS)
def test_a_list_below_a_row_has_one_too(get: Get, table: Table, neighbour: User, form: str) -> None:
    proposal = table()
    comment = add_comment(proposal=proposal, acting_user=neighbour, body="Yes, please.", submission=uuid4())
    first = get(f"proposals/{proposal.pk}/comments", format=form)
    assert again(get, first).status_code == 304
    remove_comment(comment=comment, acting_user=neighbour)
    assert again(get, first).status_code == 200


def test_a_wrong_question_is_still_refused(get: Get, decision: Decision) -> None:
    nobody = UUID(int=7)
    for wrong in ({"community": str(nobody)}, {"page_size": "3"}, {"nonsense": "1"}):
        response = get("decisions", format="csv", headers={"If-None-Match": "*"}, **wrong)
        assert response.status_code == 400, wrong


def test_a_file_that_is_packed_keeps_its_validator(client: Client, decision: Decision) -> None:
    address = "/api/v1/decisions/?format=csv"
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert first["ETag"].startswith('W/"')
    second = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
    assert second.status_code == 304


def test_two_rows_that_change_places_are_another_list(table: Table) -> None:
    """The hashes are added up, so each is of a whole row: what one row loses another must not make good."""
    table("One"), table("Two")
    rows = Proposal.objects.all()
    before = fingerprint(rows, ("pk", "title"))
    rows.update(title="One")
    same = fingerprint(rows, ("pk", "title"))
    first, second = rows.order_by("pk")
    Proposal.objects.filter(pk=first.pk).update(title="Two")
    swapped = fingerprint(rows, ("pk", "title"))
    Proposal.objects.filter(pk=first.pk).update(title="One")
    Proposal.objects.filter(pk=second.pk).update(title="Two")
    assert len({str(found) for found in (before, same, swapped)}) == 3
    assert fingerprint(rows, ("pk", "title")) == before
    assert fingerprint(rows.order_by("-title"), ("pk", "title")) == before


@pytest.mark.postgres
def test_the_hash_of_a_row_has_all_its_bits(db: None) -> None:
    """Of half a million versions of a row some had the hash of another, when it was folded to 32 bits."""
    of_row = OF_ROW % {"expressions": "7, now() + number * interval '7.7 seconds'"}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT {of_row}) FROM generate_series(1, 500000) AS number")
        assert cursor.fetchone() == (500_000,)
