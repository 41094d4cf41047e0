"""The relay: from the outbox to people. Any number may run at once, at any time, and be killed at any moment."""

import logging
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from notifications.actions.fan_out import add_to_unread, tell
from notifications.actions.following import keep_follows, keep_follows_before
from notifications.actions.forgetting import forget_person
from notifications.stories import story_of
from record import clock
from record.models import Event

logger = logging.getLogger(__name__)

BATCH = 50
FIRST_WAIT = timedelta(seconds=30)
MOST_DOUBLINGS = 30  # 30 s × 2^30 is a thousand years: no event gets there
LOUD_FROM = 5  # attempts; sooner it may only be a database that was away


@dataclass
class Batch:
    """How many events were claimed, how many of them are done, and which failed."""

    claimed: int = 0
    done: int = 0
    failed: list[int] = field(default_factory=list)


def relay_waiting_events(*, seconds: float = 60) -> int:
    """Tell of everything that waits in the outbox, for at most about `seconds`. Returns how many events are done."""
    end = time.monotonic() + seconds
    done, failed = 0, set[int]()
    while time.monotonic() < end:
        batch = _relay_batch(but_not=failed)
        done += batch.done
        failed.update(batch.failed)
        if not batch.claimed:
            break
    return done


@transaction.atomic
def _relay_batch(*, but_not: Collection[int]) -> Batch:
    """Claim some events and tell of them; `relayed_at` is set with what was told, so neither stands alone.

    On PostgreSQL the rows are locked, and other relays skip them. On SQLite the transaction is the only
    one that writes.
    """
    batch, made = Batch(), list[Q]()
    waiting = _due().exclude(pk__in=but_not).select_for_update(skip_locked=True).order_by("pk")
    for event in waiting[:BATCH]:
        batch.claimed += 1
        try:
            with transaction.atomic():
                told_all, new = _relay(event)
        except Exception:
            _note_failure(event)
            batch.failed.append(event.pk)
            continue
        made += new
        if not told_all:
            break  # so many to tell: keep what is done and go on in a transaction of its own
        batch.done += 1
    add_to_unread(made)
    return batch


def _relay(event: Event) -> tuple[bool, list[Q]]:
    """Do all that follows from one event: follows, notifications, deliveries. False where people are left to tell."""
    made: list[Q] = []
    if event.kind == "user.erased":
        forget_person(event.subject_id)
    keep_follows(event)
    story = story_of(event)
    if story is not None:
        keep_follows_before(event)
        told = tell(story)
        made = told.made
        if not told.is_all:
            return False, made
    Event.objects.filter(pk=event.pk).update(relayed_at=clock.now())
    return True, made


def _due() -> QuerySet[Event]:
    """Events that nobody was told of. One that failed is tried again each time that its age has doubled: it is
    never given up, and never stands in the way of the others."""
    now = clock.now()
    again = Q(attempts=0)
    for attempts in range(1, MOST_DOUBLINGS + 1):
        again |= Q(attempts=attempts, created_at__lte=now - FIRST_WAIT * 2**attempts)
    return Event.objects.filter(again, relayed_at=None)


def _note_failure(event: Event) -> None:
    attempt = event.attempts + 1
    Event.objects.filter(pk=event.pk).update(attempts=F("attempts") + 1)
    level = logging.ERROR if attempt >= LOUD_FROM else logging.WARNING
    logger.log(level, "Event %s (%s) could not be told, attempt %s", event.pk, event.kind, attempt, exc_info=True)
