"""Sending what waits. A delivery is claimed for a few minutes; a worker that dies loses nothing but its claim.

Mail is sent outside any transaction, at least once: between a server's yes and ours there is always a moment
to die in. The second copy has the same Message-ID, by which mail servers and readers know it as the same.
"""

import logging
import smtplib
import time
from collections.abc import Sequence
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet

from communities.models import Community
from notifications.mail import message_for
from notifications.models import Delivery
from notifications.wanted import reasons_to_skip
from record import clock

logger = logging.getLogger(__name__)

BATCH = 100
STOP_AFTER = 0.8  # of the lease: what is left is longer than one message may take
MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=12)  # ten attempts take about three days


class Trouble(Enum):
    """What an error means for this message and the ones after it."""

    REFUSED = "refused for good"
    LATER = "not now"
    NO_SERVER = "nothing can be sent"


def is_anything_due() -> bool:
    """Whether there is a delivery to send now."""
    return _due().exists()


def send_due_deliveries(*, seconds: float = 60) -> int:
    """Send what is due, for at most about `seconds`. Returns how many messages were sent."""
    end = time.monotonic() + seconds
    sent = 0
    connection = get_connection()
    try:
        while time.monotonic() < end and (batch := _claim()):
            lease_end = time.monotonic() + settings.DELIVERY_LEASE_SECONDS * STOP_AFTER
            number, goes_on = _send_batch(batch, connection, min(end, lease_end))
            sent += number
            if not goes_on:
                break
    finally:
        _close(connection)
    return sent


def _due() -> QuerySet[Delivery]:
    now = clock.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return Delivery.objects.filter(free, status=Delivery.Status.WAITING, next_attempt_at__lte=now)


def _claim() -> list[Delivery]:
    """Some deliveries that nobody else has, ours until their lease ends."""
    with transaction.atomic():
        free = _due().select_for_update(skip_locked=True).order_by("next_attempt_at", "id")
        keys = list(free.values_list("pk", flat=True)[:BATCH])
        lease = timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
        Delivery.objects.filter(pk__in=keys).update(claimed_until=clock.now() + lease, attempts=F("attempts") + 1)
    ours = Delivery.objects.filter(pk__in=keys).select_related("notification__user", "notification__event")
    return list(ours.order_by("next_attempt_at", "id"))


def _send_batch(batch: Sequence[Delivery], connection: BaseEmailBackend, end: float) -> tuple[int, bool]:
    """Send the claimed, and give back what there is no time for. False where no server can be reached."""
    unwanted = reasons_to_skip(batch)
    communities = Community.objects.in_bulk({row.notification.event.community_id for row in batch} - {None})
    sent = 0
    for number, delivery in enumerate(batch):
        if time.monotonic() > end:
            _give_back(batch[number:])
            return sent, True
        if delivery.pk in unwanted:
            _settle(delivery, Delivery.Status.SKIPPED, unwanted[delivery.pk])
            continue
        try:
            message = message_for(delivery, communities.get(delivery.notification.event.community_id))
            connection.send_messages([message])
        except Exception as error:
            trouble = trouble_of(error)
            _note_trouble(delivery, trouble, error)
            if trouble is Trouble.NO_SERVER:
                _give_back(batch[number + 1 :])
                return sent, False
        else:
            _settle(delivery, Delivery.Status.SENT)
            sent += 1
    return sent, True


def trouble_of(error: Exception) -> Trouble:
    """Sort an error: this address or message, a passing refusal, or the server itself."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        return Trouble.REFUSED if codes and min(codes) >= 500 else Trouble.LATER
    if isinstance(error, smtplib.SMTPDataError):
        return Trouble.REFUSED if error.smtp_code >= 500 else Trouble.LATER
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Trouble.REFUSED
    return Trouble.NO_SERVER if isinstance(error, OSError) else Trouble.LATER


def _settle(delivery: Delivery, status: str, error: str = "") -> None:
    now = clock.now()
    sent_at = now if status == Delivery.Status.SENT else None
    _of(delivery).update(status=status, sent_at=sent_at, claimed_until=None, error=error[:300])


def _note_trouble(delivery: Delivery, trouble: Trouble, error: Exception) -> None:
    """Try again later, each time after a longer wait; or give up."""
    said = f"{type(error).__name__}: {error}".replace("\x00", "")
    if trouble is Trouble.REFUSED or delivery.attempts >= MOST_ATTEMPTS:
        logger.error("Delivery %s failed for good: %s", delivery.pk, said)
        _settle(delivery, Delivery.Status.FAILED, said)
        return
    logger.warning("Delivery %s, attempt %s: %s", delivery.pk, delivery.attempts, said)
    wait = min(FIRST_WAIT * 4 ** (delivery.attempts - 1), LONGEST_WAIT)
    _of(delivery).update(next_attempt_at=clock.now() + wait, claimed_until=None, error=said[:300])


def _give_back(deliveries: Sequence[Delivery]) -> None:
    """Claimed, but not tried."""
    keys = [delivery.pk for delivery in deliveries]
    mine = Delivery.objects.filter(pk__in=keys, status=Delivery.Status.WAITING)
    mine.update(claimed_until=None, attempts=F("attempts") - 1)


def _of(delivery: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, status=Delivery.Status.WAITING)


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:  # the mail server hung up first
        logger.info("The mail server was gone before we said goodbye")
