"""What the guide promises about copies and orders is so."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from decisions.models import Decision
from record.models import Entry
from tests.api.conftest import Get, Table


def said(client: Client) -> str:
    """The guide as it is read, without marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", client.get("/api/").text)).split())


def read(response: Any) -> str:
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def test_the_name_of_the_parameter_for_the_order_is_there_and_works(
    client: Client, get: Get, decision: Decision
) -> None:
    first = said(client).split("Order, with ordering=: ")[1].split(",")[0]
    assert first.startswith("-")
    assert get("decisions", ordering=first).status_code == 200


def test_a_copy_of_the_record_grows_as_the_guide_says(client: Client, get: Get, table: Table) -> None:
    table("One")
    copy, last = read(get("record", format="ndjson")), Entry.objects.latest("sequence").sequence
    table("Two")
    address = re.search(r"After that fetch (\S+),", said(client))
    assert address is not None
    copy += read(client.get(f"/api/v1/{address[1]}".replace("=N", f"={last}")))
    assert copy == read(get("record", format="ndjson"))
    assert copy.endswith("\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "With format=csv or format=ndjson you get the whole list, not a page of it.",
        "“Late”, “overdue” and the day counts change at midnight. updated does not move then.",
        "In Google Sheets, as a formula",
        "Data, From Text/CSV, the file, and as its origin 65001: Unicode (UTF-8)",
        "(a big page, 420 kB)",
        "A vote is here from the day it is announced. While it is open, no number here changes.",
        "Nobody can tell from a receipt which paper it belongs to.",
        "A comment that was taken away stays, too: removed is true, and removed_reason says why.",
        "Each answer below /api/v1/ says how many are left in its RateLimit headers. A refusal counts, too.",
        "431 where a header has more than about 8,000 or there are more than 100 headers, and 400 where it cannot read",
    ],
)
def test_what_the_guide_says_in_words(client: Client, db: None, sentence: str) -> None:
    assert sentence in said(client)


@pytest.mark.parametrize("page", ["/api/", "/api/webhooks/"])
def test_names_of_things_are_in_code_type(client: Client, db: None, page: str) -> None:
    behaves = client.get(page).text.partition("How it behaves</h2>")[2].partition("</section>")[0]
    bare = re.sub(r"<(code|pre)\b.*?</\1>|<[^>]+>", "", behaves, flags=re.DOTALL)
    assert re.findall(r"\b\w+_\w+\b|\bwebhook-\w+|ETag|If-[NM]\w+|Last-Modified|commitment-asks|\bPOST\b", bare) == []
    assert "<code>webhook-id</code>" in behaves or "<code>updated_since</code>" in behaves
