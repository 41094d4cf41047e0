"""Forgetting what nobody needs any more."""

from datetime import timedelta

from record import clock
from webhooks.actions.managing import end_endpoint
from webhooks.models import Delivery, Endpoint

KEPT = timedelta(days=30)  # deliveries
UNCONFIRMED_FOR = timedelta(days=7)
IDLE_FOR = timedelta(days=90)  # switched off or paused


def sweep() -> int:
    """Old deliveries, wishes that nobody confirmed, and what has been off for months. Returns how many rows went."""
    now = clock.now()
    gone = Delivery.objects.filter(created_at__lt=now - KEPT).delete()[0]
    unconfirmed = Endpoint.objects.filter(state=Endpoint.State.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_FOR)
    gone += unconfirmed.delete()[0]
    off = [Endpoint.State.DISABLED, Endpoint.State.PAUSED]
    for endpoint in Endpoint.objects.filter(state__in=off, state_at__lt=now - IDLE_FOR):
        end_endpoint(endpoint=endpoint)
        gone += 1
    return gone
