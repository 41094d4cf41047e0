"""Hostile words in every field of every form, in every question behind an address and in every part of one: refused or
taken, never a 500."""

import re
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from django.test import Client

from tests.test_access_matrix import (  # noqa: F401 - fixtures
    MATRIX,
    Rule,
    _address,
    _browser,
    people,
    place,
    read_to_the_end,
    stage,
)

pytestmark = pytest.mark.once  # every page with everything: minutes, and PostgreSQL is the stricter of the two

HOSTILE = [
    b"\x00",
    b"\xed\xa0\x80 half a letter",
    "\u202eright to left".encode(),
    b"<script>alert(1)</script>",
    b"[x](javascript:alert(1))",
    b"'; DROP TABLE proposals_proposal; --",
    b"-1",
    b"99999999999999999999999",
    b"NaN",
    b"9999-12-31",
    b"0001-01-01",
    b"line\r\nSubject: injected",
    b"x" * 20_000,
]
QUESTIONS = ("page", "q", "sort", "state", "topic", "community", "organisation", "by", "role", "next", "when", "cursor")
FIELD = re.compile(r'<(?:input|textarea|select|button)[^>]*\bname="([^"]+)"')


def _body(names, value: bytes) -> str:
    return "&".join(f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name in names)


def _send(client: Client, method: str, address: str, text: str) -> int:
    with transaction.atomic():
        if method == "post":
            answer = client.post(address, text, content_type="application/x-www-form-urlencoded")
        else:
            answer = client.get(f"{address}?{text}")
        transaction.set_rollback(True)
    read_to_the_end(answer)
    if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
        assert "<script>alert(1)" not in answer.text, address
        assert 'href="javascript:' not in answer.text, address
    return int(answer.status_code)


def _somebody_who_may(rule: Rule) -> str | None:
    return next((one for one in ("author", "professional", "facilitator", "anonymous") if one in rule.may), None)


@pytest.mark.parametrize("place", ["public"], indirect=True)
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_hostile_breaks_a_page(value, place, people, stage):  # noqa: F811 - fixtures
    clients = {who: _browser(user) for who, user in people.items()}
    broken = []
    for name, rule in MATRIX.items():
        who = _somebody_who_may(rule)
        if who is None or name == "accounts:erase":
            continue
        client, address = clients[who], _address(name, stage)
        with transaction.atomic():
            page = client.get(address)
            transaction.set_rollback(True)
        read_to_the_end(page)
        html = page.text if page.status_code == 200 and "html" in page.get("Content-Type", "") else ""
        fields = {*FIELD.findall(html), *rule.data} - {"csrfmiddlewaretoken"}
        extra = {"role", "state", "author", "is_staff", "body", "reason", "text"}
        for method, text in (("get", _body(QUESTIONS, value)), ("post", _body(sorted(fields | extra), value))):
            if _send(client, method, address, text) >= 500:
                broken.append(f"{method} {name}")
    assert broken == []


@pytest.mark.parametrize("place", ["public"], indirect=True)
@pytest.mark.parametrize("value", ["a%00b", "9" * 25])
def test_nothing_hostile_in_an_address_breaks_a_page(value, place, people, stage):  # noqa: F811 - fixtures
    clients = {who: _browser(user) for who, user in people.items()}
    broken = []
    for name, rule in MATRIX.items():
        client = clients[_somebody_who_may(rule) or "staff"]
        parts = _address(name, stage).partition("?")[0].split("/")
        for at, part in enumerate(parts):
            address = "/".join([*parts[:at], value, *parts[at + 1 :]])
            if part and _send(client, "get", address, "") >= 500:
                broken.append(f"{name}: {address}")
    assert broken == []
