"""Mail to the readers of checkpoints: outside any transaction, at least once, always with the same Message-ID.

A worker claims a reader by putting off the next attempt; where it dies, another takes over then.
"""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet

from notifications.actions.reading_checkpoints import forget_unconfirmed
from notifications.actions.sending import FIRST_WAIT, LONGEST_WAIT, MOST_ATTEMPTS, Trouble, trouble_of
from notifications.checkpoint_mail import asking_message, checkpoint_message
from notifications.models import CheckpointReader
from record import clock
from record.checkpoints import newest_checkpoint
from record.models import Checkpoint

logger = logging.getLogger(__name__)
BATCH = 100


def send_checkpoint_mail(*, seconds: float = 60) -> int:
    """Send what waits, for at most about `seconds`. Returns how many messages went. Safe twice and at once."""
    forget_unconfirmed()
    end, sent, newest = time.monotonic() + seconds, 0, newest_checkpoint()
    connection = get_connection()
    while time.monotonic() < end and (readers := list(_due(newest).order_by("next_attempt_at", "pk")[:BATCH])):
        for reader in readers:
            if time.monotonic() > end:
                return sent
            if not _claim(reader):
                continue
            trouble = _send(reader, newest, connection)
            if trouble is Trouble.NO_SERVER:
                return sent
            sent += trouble is None
    return sent


def _due(newest: Checkpoint | None) -> QuerySet[CheckpointReader]:
    asks = Q(confirmed_at=None, asks_sent__lt=F("asks_count"))
    waits = Q(confirmed_at__isnull=False, told_count__lt=newest.sequence_count) if newest else Q(pk=None)
    return CheckpointReader.objects.filter(asks | waits, next_attempt_at__lte=clock.now(), attempts__lt=MOST_ATTEMPTS)


def _claim(reader: CheckpointReader) -> bool:
    until = clock.now() + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    rows = CheckpointReader.objects.filter(pk=reader.pk, next_attempt_at=reader.next_attempt_at)
    return rows.update(next_attempt_at=until, attempts=F("attempts") + 1) == 1


def _send(reader: CheckpointReader, newest: Checkpoint | None, connection: BaseEmailBackend) -> Trouble | None:
    rows = CheckpointReader.objects.filter(pk=reader.pk)
    try:
        connection.send_messages([_message(reader, newest)])
    except Exception as error:
        return _put_off(reader, trouble_of(error), error)
    if reader.confirmed_at is None:
        rows.update(asks_sent=reader.asks_count, attempts=0)
    elif newest is not None:
        rows.update(told_count=newest.sequence_count, attempts=0)
    rows.update(next_attempt_at=clock.now())
    return None


def _message(reader: CheckpointReader, newest: Checkpoint | None) -> EmailMultiAlternatives:
    if reader.confirmed_at is None or newest is None:
        return asking_message(reader)
    return checkpoint_message(reader, newest)


def _put_off(reader: CheckpointReader, trouble: Trouble, error: Exception) -> Trouble:
    """Try again later, each time after a longer wait. An address that refuses for good is not written to again until
    tomorrow's checkpoint; after ten times it is let go."""
    attempts = reader.attempts + 1
    wait = LONGEST_WAIT if trouble is Trouble.REFUSED else min(FIRST_WAIT * 4 ** (attempts - 1), LONGEST_WAIT)
    logger.warning("Checkpoint mail to reader %s, attempt %s: %s", reader.pk, attempts, type(error).__name__)
    rows = CheckpointReader.objects.filter(pk=reader.pk)
    if attempts >= MOST_ATTEMPTS:
        logger.error("Reader %s of checkpoints cannot be reached, and is forgotten", reader.pk)
        rows.delete()
    else:
        rows.update(next_attempt_at=clock.now() + wait)
    return trouble
