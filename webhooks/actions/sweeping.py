"""Forgetting what nobody needs any more."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from record import clock
from webhooks.actions.managing import end_endpoint
from webhooks.models import Delivery, Endpoint

KEPT = timedelta(days=30)  # deliveries
UNCONFIRMED_FOR = timedelta(days=7)
IDLE_FOR = timedelta(days=90)  # switched off or paused

OFF = (Endpoint.State.DISABLED, Endpoint.State.PAUSED)
SETTLED = (Delivery.State.DELIVERED, Delivery.State.DEAD)


def sweep() -> int:
    """Old deliveries, wishes that nobody confirmed, and what has been off for months. Returns how many rows went.

    What still waits is kept, however old: it waits for a webhook that is off, and follows when it is switched on."""
    now = clock.now()
    gone: int = Delivery.objects.filter(created_at__lt=now - KEPT, state__in=SETTLED).delete()[0]
    unconfirmed = Q(state=Endpoint.State.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_FOR)
    for pk in _endpoints(unconfirmed):
        gone += _forget(pk, unconfirmed)
    idle = Q(state__in=OFF, state_at__lt=now - IDLE_FOR)
    for pk in _endpoints(idle):
        gone += _end(pk, idle)
    return gone


def _endpoints(which: Q) -> list[UUID]:
    return list(Endpoint.objects.filter(which).values_list("pk", flat=True))


@transaction.atomic
def _forget(pk: UUID, still: Q) -> int:
    found = _held(pk, still)
    return 0 if found is None else found.delete()[0]


@transaction.atomic
def _end(pk: UUID, still: Q) -> int:
    found = _held(pk, still)
    if found is None:
        return 0
    end_endpoint(endpoint=found)
    return 1


def _held(pk: UUID, still: Q) -> Endpoint | None:
    """The row, locked, where it is still as the sweep saw it: its owner may confirm it or switch it on meanwhile."""
    found: Endpoint | None = Endpoint.objects.select_for_update().filter(still, pk=pk).first()
    return found
