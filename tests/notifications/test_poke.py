"""The poke after a commit: once a transaction, only when it holds, and never in the way."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from accounts.models import User
from notifications import relay, tasks
from notifications.models import Notification
from proposals import tasks as proposal_tasks
from proposals.models import Proposal
from record.announcements import SYSTEM, announce
from record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _not_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "_quiet_until", 0.0)


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tasks that were queued."""
    names: list[str] = []
    for task in (tasks.relay_events, tasks.send_due_deliveries):
        monkeypatch.setattr(task, "apply_async", lambda name=task.name, **_options: names.append(name))
    return names


def say(user: User) -> None:
    announce("user.erased", subject=user, community=None, actor=SYSTEM, public=False)


@transaction.atomic
def say_and_take_back(user: User) -> None:
    say(user)
    raise RuntimeError


def test_one_poke_a_transaction(
    neighbour: User, published: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        say(neighbour)
        say(neighbour)
    assert published == ["notifications.tasks.relay_events"]


def test_no_poke_for_what_was_rolled_back(
    neighbour: User, published: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        say_and_take_back(neighbour)
    assert published == []


def test_a_poke_after_a_savepoint_that_was_rolled_back(
    neighbour: User, published: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        with pytest.raises(RuntimeError):
            say_and_take_back(neighbour)
        say(neighbour)
    assert len(published) == 1


def test_many_pokes_are_one_until_the_relay_looks(published: list[str]) -> None:
    for _ in range(3):
        relay.poke()
    assert len(published) == 1
    relay.lift_poke_mark()
    relay.poke()
    assert len(published) == 2


@pytest.mark.parametrize("answer", [ConnectionError("refused"), None])
def test_a_broker_that_is_away_costs_nothing_and_breaks_nothing(
    answer: Exception | None, monkeypatch: pytest.MonkeyPatch, published: list[str]
) -> None:
    tried = []

    def add(*_args: object, **_options: object) -> None:
        tried.append(1)
        if answer is not None:
            raise answer

    monkeypatch.setattr(cache, "add", add)
    for _ in range(5):
        relay.poke()
    assert len(tried) == 1  # then it is left alone for a while
    assert published == []


def test_whoever_acts_does_not_wait_for_the_broker(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(relay, "_courier", relay.Courier())
    monkeypatch.setattr(relay, "BETWEEN_SECONDS", 0.0)
    begun, go_on, threads = threading.Event(), threading.Event(), []

    def slow_poke() -> None:
        threads.append(threading.current_thread().name)
        begun.set()
        assert go_on.wait(10)

    monkeypatch.setattr(relay, "poke", slow_poke)
    relay.poke_soon()
    assert begun.wait(10)  # and we are here while it waits
    for _tap in range(5):
        relay.poke_soon()
    go_on.set()
    until = time.monotonic() + 10
    while len(threads) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert threads == ["courier", "courier"]  # five that came meanwhile are one


def test_a_process_that_ends_sends_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(relay, "poke", lambda: sent.append(1))
    courier = relay.Courier()
    courier.finish()
    assert not sent
    monkeypatch.setattr(threading.Thread, "start", lambda thread: None)  # it did not come to it
    courier.send()
    courier.finish()
    courier.finish()
    assert sent == [1]


def test_a_poke_that_fails_does_not_end_the_courier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "BETWEEN_SECONDS", 0.0)
    monkeypatch.setattr(relay, "QUIET_SECONDS", 0.0)
    tried = threading.Semaphore(0)

    class NoCache:
        def add(self, *_args: object, **_options: object) -> None:
            tried.release()
            raise ConnectionError

    monkeypatch.setattr(relay, "cache", NoCache())
    courier = relay.Courier()
    for _ in range(2):
        courier.send()
        assert tried.acquire(timeout=10)


def test_from_an_action_to_a_mail(
    asked: Proposal, mailoutbox: list[Any], django_capture_on_commit_callbacks: Callable[..., Any], resident: User
) -> None:
    tasks.relay_events()
    assert Notification.objects.filter(user=resident).exists()
    assert not Event.objects.filter(relayed_at=None).exists()
    assert any(message.to == [resident.email] for message in mailoutbox)


def test_every_task_of_ours_is_on_the_schedule_and_may_run_on_an_empty_table(settings: Any) -> None:
    from config.celery import app

    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    for task in (
        tasks.relay_events,
        tasks.send_due_deliveries,
        tasks.remind_of_due_dates,
        proposal_tasks.record_clock_crossings,
        proposal_tasks.lapse_proposals,
        proposal_tasks.decide_standing_answers,
        proposal_tasks.confirm_undisputed_commitments,
    ):
        assert task.name in scheduled
        assert task.name in app.tasks
        task()
