"""What became of a call, and what follows from it: done, again later, given up, or the endpoint is switched off."""

import logging
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from record import clock
from webhooks.actions.subscribing import owe_letter
from webhooks.calling import LONGEST_SAID, Outcome
from webhooks.models import Delivery, Endpoint, Letter

logger = logging.getLogger(__name__)

# As Standard Webhooks suggests: about three days in all, the first one at once.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
JITTER = 10  # percent: those that failed together do not come back together
DISABLE_AFTER = timedelta(days=5)
# Two failures with nothing tried for so long between them are not one long failure: the clock of the five days starts
# anew. Longer than the longest wait.
QUIET = timedelta(hours=48)


@transaction.atomic
def settle(delivery: Delivery, endpoint: Endpoint, outcome: Outcome) -> None:
    """Write down one call. The endpoint's row is locked, so that two workers count its failures one after the other."""
    now = clock.now()
    fresh = Endpoint.objects.select_for_update().filter(pk=endpoint.pk).first()
    if fresh is None or fresh.state == Endpoint.State.ENDED:
        return  # erased while the call was out
    facts = {
        "claimed_until": None,
        "tried_at": now,
        "status_code": outcome.status_code,
        "said": outcome.said,
        "duration_ms": outcome.duration_ms,
    }
    mine = Delivery.objects.unsettled().filter(pk=delivery.pk)
    if outcome.arrived:
        mine.update(state=Delivery.State.DELIVERED, **facts)
        fresh.failing_since = None
    elif delivery.attempts > len(WAITS) or outcome.is_gone:
        mine.update(state=Delivery.State.DEAD, **facts)
        _note_failure(fresh, outcome)
    else:
        wait = max(wait_after(delivery.attempts), timedelta(seconds=outcome.not_before))
        mine.update(state=Delivery.State.FAILED, next_at=now + wait, **facts)
        _note_failure(fresh, outcome)
    fresh.last_tried_at = now
    fresh.save()


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    return WAITS[attempts - 1] * (1 + secrets.randbelow(JITTER * 10) / 1000)


def _note_failure(endpoint: Endpoint, outcome: Outcome) -> None:
    """Switch off what says that it is gone (410), or has failed for days, and tell its owner, who may switch it on
    again: an address may come back."""
    now = clock.now()
    if endpoint.failing_since is None or (endpoint.last_tried_at and now - endpoint.last_tried_at > QUIET):
        endpoint.failing_since = now
    why = ""
    if outcome.is_gone:
        why = Endpoint.Why.GONE
    elif now - endpoint.failing_since >= DISABLE_AFTER:
        why = Endpoint.Why.FAILING
    if why and endpoint.state in (Endpoint.State.ACTIVE, Endpoint.State.PAUSED):
        logger.warning("Webhook %s is switched off: %s", endpoint.pk, why)
        endpoint.state, endpoint.state_at, endpoint.why_disabled = Endpoint.State.DISABLED, now, why
        owe_letter(endpoint, Letter.Kind.DISABLED)


def give_back(deliveries: Collection[Delivery]) -> None:
    """Claimed, but not tried."""
    if deliveries:
        mine = Delivery.objects.unsettled().filter(pk__in=[delivery.pk for delivery in deliveries])
        mine.update(claimed_until=None, attempts=F("attempts") - 1)


def give_up(deliveries: Collection[Delivery], why: str) -> None:
    """Not to be sent at all."""
    if deliveries:
        mine = Delivery.objects.unsettled().filter(pk__in=[delivery.pk for delivery in deliveries])
        mine.update(state=Delivery.State.DEAD, claimed_until=None, said=why[:LONGEST_SAID])
