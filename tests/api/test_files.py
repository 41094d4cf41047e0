"""The whole list as CSV and NDJSON: the same rows and columns as JSON, streamed, and safe in a spreadsheet."""

import csv
import io
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.actions import erase_user
from accounts.models import User
from api import streaming
from api.columns import Column
from api.tables import FORMULA_MARKS, csv_header, csv_writer, table_columns
from api.v1 import RESOURCES
from communities.models import Community
from decisions.models import Decision
from proposals.actions.talk import add_comment, remove_comment
from proposals.models import Proposal
from tests.api.conftest import Get, Table
from tests.api.file_rows import from_csv

NAMES = [resource.name for resource in RESOURCES]


def text(response: Any) -> str:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content).decode()


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(response), newline="")))


def every_page(get: Get, name: str, **parameters: Any) -> list[dict[str, Any]]:
    found, page = [], get(name, page_size=1, **parameters).json()
    found += page["results"]
    while page["next"]:
        page = get_url(get, page["next"])
        found += page["results"]
    return found


def get_url(get: Get, url: str) -> dict[str, Any]:
    client: Client = get.__closure__[0].cell_contents  # type: ignore[attr-defined]
    return client.get(url).json()


@pytest.mark.parametrize("name", NAMES)
def test_the_three_formats_agree_to_the_row(get: Get, name: str, decision: Decision, monkeypatch: Any) -> None:
    monkeypatch.setattr(streaming, "FIRST_PIECE", 1)  # so that a handful of rows comes in several pieces
    monkeypatch.setattr(streaming, "PIECE", 1)
    pages = every_page(get, name)
    assert pages
    lines = [json.loads(line) for line in text(get(name, format="ndjson")).splitlines()]
    assert lines == pages
    resource = next(resource for resource in RESOURCES if resource.name == name)
    table = rows_of(get(name, format="csv"))
    assert len(table) == len(pages)
    for row, page in zip(table, pages, strict=True):
        assert list(row) == [column.name for column in table_columns(resource.columns)]
        assert row["id"] == page["id"]
        for column in table_columns(resource.columns):
            whole, cell = page[column.whole], row[column.name]
            value = whole[column.part] if column.part and whole is not None else whole
            if value is None:
                assert cell == ""
            elif column.kind == "ids":
                assert cell.split() == value
            elif column.kind == "boolean":
                assert cell == ("true" if value else "false")
            elif column.kind in ("integer", "number"):
                assert float(cell) == value
            elif column.kind in ("text", "url", "date", "datetime", "id"):
                assert cell.removeprefix("'") == value


def test_accept_asks_for_a_file_too(get: Get, decision: Decision) -> None:
    response = get("decisions", headers={"Accept": "text/csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="decisions.csv"'
    assert "Accept" in response["Vary"]
    assert len(rows_of(response)) == 1
    response = get("decisions", headers={"Accept": "application/x-ndjson"})
    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert text(response).count("\n") == 1


@pytest.mark.parametrize(
    "title", ["=SUM(A1)", "+1", "-1+2", "@cmd", "＝1", "\u0040x", 'He said "no", twice', "two\nlines", "ünïcode €"]
)
def test_a_cell_runs_nothing_and_says_what_it_said(get: Get, many_decisions: Any, title: str) -> None:
    Decision.objects.filter(pk=many_decisions(1)[0].pk).update(title=title)
    cell = rows_of(get("decisions", format="csv"))[0]["title"]
    assert cell.lstrip("'") == title
    assert cell[0] not in "=+-@＝＋－＠\t\r\n"
    assert json.loads(text(get("decisions", format="ndjson")))["title"] == title


@given(st.lists(st.text("'=+-@\t\r\n＝a,\" "), min_size=3, max_size=3))
def test_what_was_written_comes_back_to_the_letter(words: list[str]) -> None:
    columns = tuple(Column(name, "text", "What somebody wrote.") for name in ("one", "two", "three"))
    row = dict(zip(("one", "two", "three"), words, strict=True))
    table = csv_header(columns) + csv_writer(columns)([[word] for word in words])
    assert from_csv(columns, table) == [row]
    assert not any(
        cell.startswith(FORMULA_MARKS)
        for cells in csv.DictReader(io.StringIO(table, newline=""))
        for cell in cells.values()
    )


def test_the_rule_of_the_guide_gives_the_very_texts(client: Client, db: None) -> None:
    """The marks are taken from the page, and the rule is done as it stands there."""
    rule = unescape(client.get("/api/").text.split("A program gets the very text back")[1].split("</li>")[0])
    assert "one or more apostrophes" in rule
    listed = rule.split("right after them comes ")[1].split(", take the first")[0].replace(" or ", ", ").split(", ")
    marks = [{"a tab": "\t", "a line feed": "\n", "a carriage return": "\r"}.get(name, name) for name in listed]
    written = re.compile(f"'+[{re.escape(''.join(marks))}]")
    hostile = [f"{quotes}{mark}" for mark in (*FORMULA_MARKS, "a", '"', "") for quotes in ("", "'", "''", " ", "a'")]
    columns = (Column("cell", "text", "What somebody wrote."),)
    table = io.StringIO(csv_header(columns) + csv_writer(columns)([hostile]), newline="")
    cells = [row["cell"] for row in csv.DictReader(table)]
    assert [cell[1:] if written.match(cell) else cell for cell in cells] == hostile


def test_filters_and_order_hold_for_files(get: Get, many_decisions: Any) -> None:
    many_decisions(7)
    wanted = [row["id"] for row in every_page(get, "decisions", decided_from="2020-01-02", ordering="decided_on")]
    assert len(wanted) == 4
    table = rows_of(get("decisions", format="csv", decided_from="2020-01-02", ordering="decided_on"))
    assert [row["id"] for row in table] == wanted


@pytest.mark.parametrize("form", ["csv", "ndjson"])
@pytest.mark.parametrize(
    "wrong", [{"cursor": "x"}, {"page_size": "3"}, {"count": "true"}, {"nonsense": "1"}, {"community": "nowhere"}]
)
def test_a_wrong_question_is_refused_by_name(get: Get, community: Community, form: str, wrong: dict[str, str]) -> None:
    response = get("decisions", format=form, **wrong)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"][0]["parameter"] == next(iter(wrong))


def test_an_empty_list_is_a_file_with_its_header(get: Get, community: Community) -> None:
    assert rows_of(get("decisions", format="csv")) == []
    assert text(get("decisions", format="csv")).startswith("id,reference,url,")
    assert text(get("decisions", format="ndjson")) == ""


@pytest.mark.parametrize("count", [1, 20])
def test_a_file_takes_the_same_few_queries(
    get: Get, many_decisions: Any, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_decisions(count)
    with django_assert_num_queries(6):  # the validator, the rows, two gathered relations, the communities, the topics
        assert len(rows_of(get("decisions", format="csv"))) == count


def test_private_rows_are_in_no_file(get: Get, decision: Decision) -> None:
    Community.objects.update(is_public=False)
    for form in ("csv", "ndjson"):
        assert str(decision.pk) not in text(get("decisions", format=form))


@pytest.fixture
def said(table: Table, neighbour: User) -> Callable[..., Proposal]:
    """said("one", "two"): a proposal with these comments."""

    def make(*words: str) -> Proposal:
        proposal = table()
        for body in words:
            add_comment(proposal=proposal, acting_user=neighbour, body=body, submission=uuid4())
        return proposal

    return make


def test_comments_are_read_in_pages_and_as_a_file(
    get: Get, client: Client, said: Callable[..., Proposal], neighbour: User
) -> None:
    proposal = said("One", "=Two", "Three")
    address = f"proposals/{proposal.pk}/comments"
    first = get(address, page_size=2, count="true").json()
    assert ([row["text"] for row in first["results"]], first["count"]) == (["One", "=Two"], 3)
    assert [row["text"] for row in get_url(get, first["next"])["results"]] == ["Three"]
    assert [row["text"] for row in rows_of(get(address, format="csv"))] == ["One", "'=Two", "Three"]
    assert len(text(get(address, format="ndjson")).splitlines()) == 3
    answer = add_comment(
        proposal=proposal, acting_user=neighbour, body="So", submission=uuid4(), parent=proposal.comments.earliest("id")
    )
    rows = get(address).json()["results"]
    assert rows[-1]["answers"] == str(answer.parent_id)
    assert rows[-1]["html_url"] == rows[0]["html_url"] != rows[1]["html_url"]
    assert client.get(rows[-1]["html_url"]).status_code == 200


def test_a_comment_taken_back_is_an_empty_row(get: Get, said: Callable[..., Proposal], neighbour: User) -> None:
    proposal = said("One", "Two")
    address = f"proposals/{proposal.pk}/comments"
    etag = get(address)["ETag"]
    assert get(address, headers={"If-None-Match": etag}).status_code == 304
    remove_comment(comment=proposal.comments.earliest("id"), acting_user=neighbour)
    response = get(address, headers={"If-None-Match": etag})
    assert response.status_code == 200
    row = response.json()["results"][0]
    assert (row["removed"], row["text"], row["author_name"]) == (True, None, None)
    assert [one["removed_reason"] for one in response.json()["results"]] == ["taken_back", None]
    assert "One" not in response.content.decode()


def test_a_comment_of_somebody_who_was_erased_says_so_but_what_they_took_back_before_does_not(
    get: Get, said: Callable[..., Proposal], neighbour: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    proposal = said("One", "Two", "Three")
    remove_comment(comment=proposal.comments.earliest("id"), acting_user=neighbour)
    erase_user(user=neighbour, acting_user=neighbour)
    address = f"proposals/{proposal.pk}/comments"
    with django_assert_num_queries(4):  # one more than without anybody who was erased, however many there are
        rows = get(address).json()["results"]
    why = ["taken_back", "erased", "erased"]
    assert [row["removed_reason"] for row in rows] == why
    assert [row["removed_reason"] for row in rows_of(get(address, format="csv"))] == why
    assert {(row["removed"], row["text"]) for row in rows} == {(True, None)}


@pytest.mark.parametrize("count", [1, 20])
def test_comments_take_the_same_few_queries(
    get: Get, said: Callable[..., Proposal], count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    proposal = said(*(f"Word {n}" for n in range(count)))
    with django_assert_num_queries(3):
        get(f"proposals/{proposal.pk}/comments")
