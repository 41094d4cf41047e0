"""Every address of the open data is read, with each header: nothing of the people behind it but what they show."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from api.bulk import making
from api.bulk.files import DATASETS
from ballots.models import Ballot
from communities.models import Community, Organisation
from decisions.models import Decision
from proposals.models import Proposal
from tests.api.conftest import Get

BASE = f"{settings.SITE_URL}/api/v1/"


@pytest.fixture
def make_user(make_user: Callable[..., User]) -> Callable[..., User]:
    """The shared cast, each with a full name, a telephone and an address of their own, which no other word is like."""

    def make(*given: Any, **more: Any) -> User:
        user = make_user(*given, **more)
        number = User.objects.count()
        user.legal_name = f"Legalname Qx{number}z"
        user.phone = f"+44 7700 95{number:04}"
        user.address = f"{number} Zyxwvut Terrace"
        user.save()
        return user

    return make


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> None:
    """The files of the open data page lie in a folder of the test's own, and there is no limit to asking."""
    kept = settings.STORAGES["open_data"] | {"OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"open_data": kept}
    settings.API_RATE = "100000/min"


def marks() -> dict[str, str]:
    """What must stand nowhere, and whose it is."""
    found: dict[str, str] = {}
    for user in User.objects.all():
        for value in (user.email, user.legal_name, user.phone, user.address, str(user.pk), user.pk.hex):
            if value:
                found[value.lower()] = user.display_name
    return found


def read(client: Client, address: str) -> str:
    """The answer whole: its headers and its body."""
    response = client.get(address)
    assert response.status_code < 500, address
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return "\n".join([*(f"{name}: {value}" for name, value in response.items()), body.decode()])


def of_the_api(client: Client) -> Iterator[str]:
    """Each list in each format, and every address of ours that a row names, as long as there are new ones."""
    root = client.get("/api/v1/").json()
    waiting = [url.removeprefix(settings.SITE_URL) for url in root["resources"].values()]
    waiting += ["/api/v1/", "/api/v1/schema/"]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        yield address
        text = client.get(address)
        if text.streaming or "json" not in text["Content-Type"] or "schema" in address:
            continue
        document = text.json()
        if "results" in document:
            waiting += [f"{address}?format={form}" for form in ("csv", "ndjson") if "?" not in address]
        waiting += _addresses(document)


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for part in value.values() for found in _addresses(part)]
    if isinstance(value, list):
        return [found for part in value for found in _addresses(part)]
    is_ours = isinstance(value, str) and value.startswith(BASE) and "{" not in value
    return [value.removeprefix(settings.SITE_URL)] if is_ours else []


@pytest.mark.usefixtures("folder")
def test_nothing_of_a_person_is_in_any_answer(
    decision: Decision, certified: Ballot, community: Community, landlord: Organisation, client: Client
) -> None:
    making.ask()
    making.make_asked()
    proposal = Proposal.objects.tabled().first()
    assert proposal is not None
    feeds = [
        f"/feeds/{scope}{what}.{form}"
        for scope in ("", f"c/{community.slug}/", f"o/{landlord.slug}/")
        for what in ("decisions", "waiting", "overdue")
        for form in ("atom", "json")
    ]
    names = [*(f"{one.file_name}.{form}" for one in DATASETS for form in ("csv", "ndjson")), "datapackage.json"]
    others = [
        *feeds,
        *(f"/open-data/files/{name}" for name in names),
        "/open-data/",
        "/open-data/corrections/",
        "/record/",
        "/record/0/",
        "/embed/waiting/",
        f"/embed/decisions/{decision.reference}/",
        f"/oembed/?url={settings.SITE_URL}{decision.get_absolute_url()}",
        f"/api/v1/proposals/{proposal.pk}/comments/",
        decision.get_absolute_url(),
    ]
    asked, forbidden = [*of_the_api(client), *others], marks()
    assert len(asked) > 80
    assert len(forbidden) > 40
    for address in asked:
        text = read(client, address).lower()
        told = {f"{address}: {mark} of {whose}" for mark, whose in forbidden.items() if mark in text}
        assert not told


def test_the_test_would_see_it(get: Get, decision: Decision, client: Client) -> None:
    """A name that slipped into a text is found."""
    Decision.objects.filter(pk=decision.pk).update(summary=f"Ring {User.objects.order_by('pk')[0].email}")
    assert any(mark in read(client, "/api/v1/decisions/").lower() for mark in marks())
    assert json.loads(client.get("/api/v1/decisions/").content)["results"]
