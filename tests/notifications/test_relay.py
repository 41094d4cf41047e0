"""The relay: every event once, to everyone who should know, whatever stands in the way."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count

from accounts.models import User
from communities.models import Topic
from notifications.actions import fan_out, relaying
from notifications.actions.forgetting import forget_person
from notifications.actions.relaying import relay_waiting_events
from notifications.models import Delivery, Follow, Notification, Preference
from proposals.actions.backing import back_proposal
from proposals.models import Proposal
from record import clock
from record.announcements import SYSTEM, announce
from record.models import Event

pytestmark = pytest.mark.django_db


def lapse(proposal: Proposal) -> Event:
    """An event that tells every follower of the proposal."""
    facts = {"proposal": str(proposal.pk)}
    with transaction.atomic():
        return announce(
            "proposal.lapsed", subject=proposal, community=proposal.community, actor=SYSTEM, payload=facts
        ).event


def make_followers(proposal: Proposal, count: int) -> list[User]:
    people = User.objects.bulk_create(User(email=f"f{n}@example.org", display_name=f"F {n}") for n in range(count))
    Follow.objects.bulk_create(
        Follow(user=user, subject_type="proposal", subject_id=proposal.pk, why="backed") for user in people
    )
    return people


def assert_each_was_told_once(event: Event, count: int) -> None:
    assert Notification.objects.filter(event=event).count() == count
    assert Delivery.objects.filter(notification__event=event).count() == count
    twice = Notification.objects.values("event", "user").annotate(times=Count("pk")).filter(times__gt=1)
    assert not twice.exists()
    unread = dict(User.objects.values_list("pk", "unread_notifications"))
    told = dict(Notification.objects.values_list("user").annotate(times=Count("pk")))
    assert all(unread[user] == times for user, times in told.items())


def test_a_second_run_tells_nobody_again(asked: Proposal) -> None:
    assert relay_waiting_events() > 0
    assert relay_waiting_events() == 0
    Event.objects.update(relayed_at=None)  # as after a restore from an older backup
    relay_waiting_events()
    event = Event.objects.get(kind="proposal.threshold_reached")
    assert_each_was_told_once(event, 3)


def test_a_fan_out_that_is_cut_off_goes_on_where_it_was(tabled: Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    make_followers(tabled, 10)
    relay_waiting_events()
    event = lapse(tabled)
    monkeypatch.setattr(fan_out, "AT_ONCE", 4)
    batch = relaying._relay_batch(but_not=[])
    assert (batch.claimed, batch.done) == (1, 0)
    assert Notification.objects.filter(event=event).count() == 4

    with monkeypatch.context() as broken:
        broken.setattr(relaying, "add_to_unread", _die)  # the end of the transaction never comes
        with pytest.raises(RuntimeError):
            relaying._relay_batch(but_not=[])
    assert Notification.objects.filter(event=event).count() == 4

    assert relay_waiting_events() == 1
    assert_each_was_told_once(event, 11)


def _die(*_args: object) -> None:
    raise RuntimeError("killed")


def test_queries_of_a_fan_out_do_not_grow_with_the_followers(
    make_proposal: Callable[..., Proposal], django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 50):
        proposal = make_proposal()
        people = User.objects.bulk_create(
            User(email=f"{number}-{n}@example.org", display_name="F") for n in range(number)
        )
        Follow.objects.bulk_create(
            Follow(user=user, subject_type="proposal", subject_id=proposal.pk, why="backed") for user in people
        )
        relay_waiting_events()
        lapse(proposal)
        with django_assert_max_num_queries(30) as asked:
            relay_waiting_events()
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_poison_does_not_stand_in_the_way_and_is_not_given_up(
    tabled: Proposal, caplog: pytest.LogCaptureFixture
) -> None:
    relay_waiting_events()
    with transaction.atomic():
        poison = announce("ask.overdue", subject=tabled, community=None, actor=SYSTEM, public=False).event
    Event.objects.filter(pk=poison.pk).update(subject_type="ask")  # an ask that is not there
    good = lapse(tabled)
    assert relay_waiting_events() == 1
    poison.refresh_from_db()
    good.refresh_from_db()
    assert good.relayed_at is not None
    assert (poison.relayed_at, poison.attempts) == (None, 1)

    relay_waiting_events()  # it waits before it is tried again
    poison.refresh_from_db()
    assert poison.attempts == 1
    with clock.at(clock.now() + timedelta(days=1)), caplog.at_level(logging.ERROR):
        for _ in range(8):
            relay_waiting_events()
    poison.refresh_from_db()
    assert poison.attempts == 9
    assert f"Event {poison.pk}" in caplog.text

    Event.objects.filter(pk=poison.pk).update(kind="ask.unknown")  # what a mended programme makes of it
    with clock.at(clock.now() + timedelta(days=2)):
        assert relay_waiting_events() == 1


def test_who_backed_before_hears_though_another_relay_holds_that_event(
    make_proposal: Callable[..., Proposal], topic: Topic, neighbours: list[User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two relays: one has the backing and is slow, the other has the crossing that came after it."""
    proposal = make_proposal()
    for neighbour in neighbours[:3]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    held = list(Event.objects.exclude(kind="proposal.threshold_reached").values_list("pk", flat=True))
    relaying._relay_batch(but_not=held)
    told = set(Notification.objects.values_list("user__display_name", flat=True))
    assert told == {"Amina Y", "Neighbour 0", "Neighbour 1"}


def test_an_erased_person_leaves_nothing_behind(asked: Proposal, resident: User) -> None:
    relay_waiting_events()
    Preference.objects.create(user=resident, group="answers")
    with transaction.atomic():
        announce("user.erased", subject=resident, community=None, actor=SYSTEM)
    relay_waiting_events()
    for model in (Notification, Follow, Preference):
        assert not model.objects.filter(user=resident).exists()
    assert not Delivery.objects.filter(notification__user=resident).exists()
    forget_person(str(resident.pk))  # twice is once


@pytest.fixture
def no_poke(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here commits are real, and a poke would relay on the spot what the test wants to find waiting."""
    monkeypatch.setattr("notifications.relay.publish", lambda _task: None)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_double_nothing(no_poke: None, tabled: Proposal, monkeypatch: pytest.MonkeyPatch) -> None:
    relay_waiting_events()
    make_followers(tabled, 60)
    monkeypatch.setattr(fan_out, "AT_ONCE", 7)
    monkeypatch.setattr(relaying, "BATCH", 3)
    events = [lapse(tabled) for _ in range(12)]
    assert Event.objects.filter(relayed_at=None).count() == 12
    start, wrong = threading.Barrier(4), list[BaseException]()

    def run() -> None:
        try:
            start.wait()
            while Event.objects.filter(relayed_at=None).exists():
                relay_waiting_events()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    relays = [threading.Thread(target=run) for _ in range(4)]
    for relay in relays:
        relay.start()
    for relay in relays:
        relay.join(timeout=60)
    assert wrong == []
    for event in events:
        assert_each_was_told_once(event, 61)
    assert not Event.objects.filter(attempts__gt=0).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_once(no_poke: None, tabled: Proposal, mailoutbox: list[Any]) -> None:
    from notifications.actions.sending import send_due_deliveries

    make_followers(tabled, 150)
    lapse(tabled)
    relay_waiting_events()
    assert Delivery.objects.filter(status="waiting").count() == 151
    start = threading.Barrier(3)

    def run() -> None:
        try:
            start.wait()
            send_due_deliveries()
        finally:
            connection.close()

    senders = [threading.Thread(target=run) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(timeout=60)
    send_due_deliveries()
    ids = [message.extra_headers["Message-ID"] for message in mailoutbox]
    assert len(ids) == len(set(ids)) == 151
