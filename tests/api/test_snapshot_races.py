"""Somebody is erased while the open data files are made, with real threads on PostgreSQL. Each fails without its guard:
start_afresh holds what is asked for, and fails what is in the making, before it looks what there is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.actions import erase_user
from accounts.models import User
from api.bulk import making
from api.models import Correction, Snapshot
from proposals.models import Response
from record import clock
from tests.races import PATIENCE, Act, held, waits_or_ends

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NAME = "Zebedee Marked"


@pytest.fixture
def zebedee(answered: Response, resident: User, monkeypatch: pytest.MonkeyPatch, folder: Path) -> User:
    monkeypatch.setattr("api.bulk.personal_data.publish", lambda task: None)
    resident.display_name = NAME
    resident.save()
    return resident


def erase(person: User) -> None:
    erase_user(user=User.objects.get(pk=person.pk), acting_user=person)


def told() -> bool:
    """Whether the page gives the name away."""
    response: Any = Client().get("/open-data/files/proposals.ndjson")
    return response.status_code == 200 and NAME.encode() in b"".join(response.streaming_content)


def nothing_is_told(folder: Path) -> bool:
    """Neither on the page nor on the disk."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return not told() and not any(NAME.encode() in path.read_bytes() for path in files)


@contextmanager
def stopped(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[tuple[threading.Event, threading.Event]]:
    """The first call of this step of making waits at its beginning: that it has come there, and that it may go on."""
    come, go_on, step = threading.Event(), threading.Event(), getattr(making, name)

    def slow(*given: Any, **named: Any) -> Any:
        if not come.is_set():
            come.set()
            go_on.wait(PATIENCE)
        return step(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(making, name, slow)
        yield come, go_on


def test_a_maker_that_comes_before_the_erasure_is_committed_reads_what_is_left(zebedee: User, folder: Path) -> None:
    assert making.ask()
    with held(lambda: erase(zebedee)):
        maker = Act(making.make_asked)
        waits_or_ends(maker)
    assert maker.ends() is None
    assert Snapshot.objects.get().state == "ready"
    assert nothing_is_told(folder)


def test_one_that_is_asked_for_and_made_during_the_erasure_is_withdrawn(
    zebedee: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stopped(monkeypatch, "ask") as (asks, go_on):
        erasing = Act(lambda: erase(zebedee))
        assert asks.wait(PATIENCE)
        assert making.ask()
        making.make_asked()
        assert told()
        go_on.set()
        assert erasing.ends() is None
    assert not told()
    assert set(Snapshot.objects.values_list("state", flat=True)) == {"withdrawn", "asked"}
    making.make_asked()
    assert nothing_is_told(folder)


def test_one_that_would_be_offered_once_the_erasure_has_looked_fails(
    zebedee: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.at(clock.now() - timedelta(hours=2)):
        assert making.ask()
        making.make_asked()
    assert making.ask()
    with stopped(monkeypatch, "_publish") as (written, offer):
        maker = Act(making.make_asked)
        assert written.wait(PATIENCE)
        with stopped(monkeypatch, "partial") as (looked, go_on):  # how the files of what it found are put down to go
            erasing = Act(lambda: erase(zebedee))
            assert looked.wait(PATIENCE)
            offer.set()
            waits_or_ends(maker)
            go_on.set()
            assert erasing.ends() is None
        assert maker.ends() is None
    assert not told()
    assert set(Snapshot.objects.values_list("state", flat=True)) == {"withdrawn", "failed", "asked"}
    assert not Correction.objects.exists()
    making.make_asked()
    assert nothing_is_told(folder)


def test_two_people_who_are_erased_at_once_wait_for_each_other(zebedee: User, neighbour: User, folder: Path) -> None:
    with held(lambda: erase(zebedee)):
        erasing = Act(lambda: erase(neighbour))
        waits_or_ends(erasing)
    assert erasing.ends() is None
    assert list(Snapshot.objects.values_list("state", flat=True)) == ["asked"]
