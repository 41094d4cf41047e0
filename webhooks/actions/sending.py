"""Sending what is due. A delivery is claimed for a few minutes; a worker that dies loses nothing but its claim.

Calls are made outside any transaction, at least once: between a receiver's yes and our writing it down there is always
a moment to die in. The second call has the same webhook-id, by which a receiver knows it as the same.
"""

import logging
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from communities.models import Community
from record import clock
from webhooks.actions.settling import give_back, give_up, settle
from webhooks.calling import SECONDS, Outcome, call
from webhooks.models import Delivery, Endpoint
from webhooks.payload import body_of
from webhooks.signatures import headers_for

logger = logging.getLogger(__name__)

ENDPOINTS = 16  # in one batch, each called by a thread of its own
OF_EACH = 10  # deliveries to one endpoint in one batch; to one that fails, a single one
STOP_AFTER = 0.8  # of the lease: what is left is longer than one call may take


@dataclass
class Batch:
    """What was claimed, by endpoint, until when; and which endpoints failed."""

    queues: dict[UUID, list[Delivery]]
    end: float
    failed: set[UUID] = field(default_factory=set)


def send_due_deliveries(*, seconds: float = 60) -> int:
    """Send what is due, for at most about `seconds`. Returns how many arrived.

    An endpoint that fails is left alone for the rest of the run: it costs one call, and holds up nobody else.
    """
    end = time.monotonic() + seconds
    arrived, failed = 0, set[UUID]()
    with ThreadPoolExecutor(max_workers=ENDPOINTS) as pool:
        while time.monotonic() < end and (queues := _claim(but_not=failed)):
            lease_end = time.monotonic() + settings.DELIVERY_LEASE_SECONDS * STOP_AFTER - SECONDS
            batch = Batch(queues, min(end, lease_end))
            arrived += _send_batch(batch, pool)
            failed |= batch.failed
    return arrived


def _claim(*, but_not: Collection[UUID]) -> dict[UUID, list[Delivery]]:
    """Deliveries that nobody else has, ours until their lease ends."""
    now = clock.now()
    waiting = Endpoint.objects.with_something_due(now).exclude(pk__in=but_not)
    with transaction.atomic():
        keys: list[int] = []
        for pk, failing_since in list(waiting.values_list("pk", "failing_since")[:ENDPOINTS]):
            due = Delivery.objects.due(now).filter(endpoint=pk).order_by("next_at", "id")
            free = due.select_for_update(skip_locked=True).values_list("pk", flat=True)
            keys += free[: 1 if failing_since else OF_EACH]
        lease = now + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
        Delivery.objects.filter(pk__in=keys).update(claimed_until=lease, attempts=F("attempts") + 1)
    queues: dict[UUID, list[Delivery]] = {}
    for delivery in Delivery.objects.filter(pk__in=keys).select_related("entry").order_by("next_at", "id"):
        queues.setdefault(delivery.endpoint_id, []).append(delivery)
    return queues


def _send_batch(batch: Batch, pool: ThreadPoolExecutor) -> int:
    """Round by round, one delivery to each endpoint; what there is no time for, or no use, is given back.

    The first round is always made: however short the lease is set, something moves.
    """
    arrived, is_first = 0, True
    _give_up_what_is_not_public(batch)
    while batch.queues and (is_first or time.monotonic() < batch.end):
        is_first = False
        for delivery, endpoint, outcome in _call_round(batch, pool):
            settle(delivery, endpoint, outcome)
            arrived += outcome.arrived
            if not outcome.arrived:
                batch.failed.add(endpoint.pk)
                give_back(batch.queues.pop(endpoint.pk, []))
        batch.queues = {pk: queue for pk, queue in batch.queues.items() if queue}
    for queue in batch.queues.values():
        give_back(queue)
    return arrived


def _call_round(batch: Batch, pool: ThreadPoolExecutor) -> Iterator[tuple[Delivery, Endpoint, Outcome]]:
    """The next delivery of each endpoint, as the endpoint is now: what was ended or paused meanwhile is not called."""
    active = Endpoint.objects.active().in_bulk(list(batch.queues))
    for pk in set(batch.queues) - set(active):
        give_back(batch.queues.pop(pk))
    pairs = [(batch.queues[pk].pop(0), endpoint) for pk, endpoint in active.items()]
    written = [(*pair, letter) for pair in pairs if (letter := _letter_or_give_up(*pair))]
    outcomes = pool.map(lambda one: call(*one[2]), written)
    for (delivery, endpoint, _letter), outcome in zip(written, outcomes, strict=True):
        yield delivery, endpoint, outcome


def _letter_or_give_up(delivery: Delivery, endpoint: Endpoint) -> tuple[str, bytes, dict[str, str]] | None:
    """What cannot be written now (its line was damaged) cannot be written later: it is given up, and the others go."""
    try:
        return _letter_of(delivery, endpoint)
    except Exception:
        logger.exception("Message %s could not be written", delivery.message_id)
        give_up([delivery], _("We could not write this message. The people who run this site can see why."))
        return None


def _letter_of(delivery: Delivery, endpoint: Endpoint) -> tuple[str, bytes, dict[str, str]]:
    """URL, body and headers of one call."""
    body = body_of(delivery)
    headers = headers_for(delivery.message_id, int(time.time()), body, endpoint.secrets)
    about = f"TopTable-Webhooks/1 (+{settings.SITE_URL}/api/webhooks/)"
    return endpoint.url, body, headers | {"Content-Type": "application/json", "User-Agent": about}


def _give_up_what_is_not_public(batch: Batch) -> None:
    """A community may have become private since the entry was put on its way."""
    rows: Sequence[Delivery] = [row for queue in batch.queues.values() for row in queue]
    places = {row.entry.community_id for row in rows if row.entry and row.entry.community_id}
    public = set(Community.objects.visible_to(AnonymousUser()).filter(pk__in=places).values_list("pk", flat=True))
    hidden = [row for row in rows if row.entry and not (row.entry.is_public and row.entry.community_id in public)]
    give_up(hidden, _("It is not public any more."))
    gone = {row.pk for row in hidden}
    queues = {pk: [row for row in queue if row.pk not in gone] for pk, queue in batch.queues.items()}
    batch.queues = {pk: queue for pk, queue in queues.items() if queue}
