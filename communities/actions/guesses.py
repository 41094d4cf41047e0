"""Wrong codes that were tried: kept for a day, for the lock against guessing, and then forgotten."""

from datetime import timedelta

from communities.models import InvitationGuess
from record import clock

KEPT_HOURS = 24


def forget_old_guesses() -> int:
    """Delete what the lock has no more use for. Returns how many went."""
    before = clock.now() - timedelta(hours=KEPT_HOURS)
    return InvitationGuess.objects.filter(at__lt=before).delete()[0]
