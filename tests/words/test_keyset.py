"""Pages by where the last row stood: nothing missed, nothing twice, and no cursor of a stranger's."""

from base64 import b64encode
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Organisation
from words.keyset import BadCursor, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisations() -> None:
    Organisation.objects.bulk_create(
        Organisation(name=f"Org {n:02}", slug=f"org-{n:02}", sector="housing", asks_count=n // 3) for n in range(25)
    )


def params(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(url.removeprefix("?")).items()}


@pytest.mark.parametrize("order", [("name",), ("-asks_count", "name"), ("asks_count", "-name"), ("-created_at", "id")])
def test_there_and_back_again(organisations: None, order: tuple[str, ...]) -> None:
    everything = list(Organisation.objects.order_by(*order))
    seen, pages, given = [], [], {"q": "x"}
    while True:
        page = page_of(Organisation.objects.all(), *order, params=given, size=10)
        pages.append(page.rows)
        seen += page.rows
        if not page.next_url:
            break
        given = params(page.next_url)
        assert given["q"] == "x"
    assert seen == everything
    for rows in reversed(pages[:-1]):
        page = page_of(Organisation.objects.all(), *order, params=params(page.previous_url), size=10)
        assert page.rows == rows
        assert page.next_url
    assert not page.previous_url


def test_one_query_a_page(organisations: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page_of(Organisation.objects.all(), "name", "id", params={}, size=10)
    assert len(queries) == 1


def test_an_empty_list_is_one_page() -> None:
    page = page_of(Organisation.objects.all(), "name", params={})
    assert (page.rows, page.next_url, page.previous_url) == ([], "", "")


@pytest.mark.parametrize(
    "cursor",
    ["zzz", "!!!", "é", "W10", "WyJuIl0", "x" * 5000, "eyJhIjoxfQ", "WyJuIiwiYQAiXQ", "WyJuIiwxXQ", "WyJxIiwiYSJd"],
)
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        page_of(Organisation.objects.all(), "asks_count", params={"page": cursor})


def test_a_name_with_half_a_letter_is_no_cursor() -> None:
    cursor = b64encode(rb'["n","\ud800"]').decode()
    with pytest.raises(BadCursor):
        page_of(Organisation.objects.all(), "name", params={"page": cursor})
