"""The log of corrections: on the page in honest words, and whole as a file."""

import csv
import io
import json
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from api import streaming
from api.correction_log import CORRECTIONS
from api.models import Correction
from api.v1 import RESOURCES
from communities.models import Community
from decisions.models import Decision
from tests.api.conftest import Get


@pytest.fixture
def log(decision: Decision) -> list[Correction]:
    """A value, a name that was taken away, a name that is another, and a row that is gone: the last is the newest."""
    facts = [
        ("outcome", "accepted", "declined"),
        ("signed_name", "(not shown)", ""),
        ("signed_name", "(not shown)", "(not shown)"),
        ("id", str(decision.pk), "(gone)"),
    ]
    return [
        Correction.objects.create(
            resource="decisions",
            row_id=decision.pk,
            reference=decision.reference,
            column=column,
            before=before,
            after=after,
        )
        for column, before, after in facts
    ]


def lines_of(client: Client) -> list[str]:
    page = client.get("/open-data/corrections/").text
    return re.findall(r'<tr role="row">.*?</tr>', page, re.DOTALL)[1:]


def read(response: Any) -> str:
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def test_each_line_is_labelled_and_leads_to_its_row(log: list[Correction], decision: Decision, client: Client) -> None:
    gone, changed, taken, value = lines_of(client)
    address = re.search(r'<a class="link" href="([^"]+)">', value)
    assert address is not None
    assert address[1] == settings.SITE_URL + decision.get_absolute_url()
    for label in ("Found on", "Column", "Before", "Now"):
        assert f'data-label="{label}"' in value
    assert "href" not in gone
    assert "not public any more" in gone
    assert "changed or taken away" in changed
    assert "It was taken away." in taken
    assert "(not shown)" not in gone + changed + taken


@pytest.mark.parametrize("name", [resource.name for resource in RESOURCES])
def test_the_rows_of_each_list_lead_to_their_page(
    name: str, client: Client, get: Get, decision: Decision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = get(name).json()["results"]
    assert rows
    facts = [(row, column) for row in rows for column in ("title", "created")]
    for row, column in facts:
        Correction.objects.create(
            resource=name, row_id=row["id"], reference=row["reference"], column=column, before="a", after="b"
        )
    with django_assert_num_queries(1 if name in ("decisions", "communities", "organisations") else 2):
        page = client.get("/open-data/corrections/").text
    found = re.findall(r'<a class="link" href="([^"]+)">[^<]+</a>\s*</th>', page)
    assert found == [unescape(row["html_url"]) for row, _column in reversed(facts)]


def test_a_short_name_that_was_cut_leads_to_its_page_all_the_same(client: Client, community: Community) -> None:
    slug = "the-very-long-name-of-the-estate-beside-the-river"
    Community.objects.update(slug=slug)
    Correction.objects.create(
        resource="communities", row_id=community.pk, reference=slug[:40], column="title", before="a", after="b"
    )
    assert f'href="{settings.SITE_URL}/c/{slug}/"' in client.get("/open-data/corrections/").text


def test_an_erasure_is_not_called_a_mistake(log: list[Correction], client: Client) -> None:
    page = client.get("/open-data/corrections/").text
    assert "<h1>What was changed</h1>" in page
    assert "that was never wrong" in page
    assert "For words, such as a title or a reason, we show a fingerprint." in page
    assert "for what somebody wrote when a promise was done, disputed or dropped" in page


def test_the_whole_log_is_a_file(log: list[Correction], client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "FIRST_PIECE", 1)  # so that it comes in several pieces
    monkeypatch.setattr(streaming, "PIECE", 2)
    page = client.get("/open-data/corrections/").text
    for form in ("csv", "ndjson"):
        assert f'href="/open-data/corrections.{form}"' in page
    response = client.get("/open-data/corrections.ndjson")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in response["Link"]
    assert response["Content-Disposition"] == 'attachment; filename="corrections.ndjson"'
    rows = [json.loads(line) for line in read(response).splitlines()]
    assert [row["id"] for row in rows] == [str(one.pk) for one in reversed(log)]
    table = list(csv.DictReader(io.StringIO(read(client.get("/open-data/corrections.csv")), newline="")))
    assert list(table[0]) == [column.name for column in CORRECTIONS.columns]
    assert [row["after"] for row in table] == ["(gone)", "(not shown)", "", "declined"]
    assert [bool(row["url"]) for row in table] == [False, True, True, True]
    assert client.get(rows[-1]["url"]).status_code == 200
    assert client.get("/open-data/corrections.json").status_code == 404


def test_an_empty_log_is_a_file_with_its_first_line(client: Client, db: None) -> None:
    assert read(client.get("/open-data/corrections.csv")).startswith("id,found,resource,")
    assert read(client.get("/open-data/corrections.ndjson")) == ""
    assert 'id="corrections"' in client.get("/open-data/dictionary/").text
