"""The letters that we owe: sent outside any transaction, at least once, always with the same Message-ID.

A worker claims one by setting the time; where it dies, another takes over after the lease.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from record import clock
from webhooks.mail import message_for
from webhooks.models import Letter

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100


def send_letters() -> int:
    """Send what waits. Returns how many went. Safe to run late, twice or at once."""
    sent = 0
    rows = _waiting().select_related("endpoint__community", "endpoint__organisation").order_by("id")
    for letter in rows[:MOST_AT_ONCE]:
        if not _waiting().filter(pk=letter.pk).update(claimed_at=clock.now()):
            continue  # another worker has it
        try:
            message_for(letter).send()
        except OSError as error:  # the server is away or refuses; the lease ends and it is tried again
            logger.warning("Letter %s was not sent: %s", letter.pk, error)
            continue
        Letter.objects.filter(pk=letter.pk).delete()
        sent += 1
    return sent


def _waiting() -> QuerySet[Letter]:
    free_again = clock.now() - timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    return Letter.objects.filter(Q(claimed_at=None) | Q(claimed_at__lt=free_again))
