"""Wrong codes are forgotten after a day, as the privacy page says."""

from datetime import timedelta

from accounts.models import User
from communities.actions.guesses import forget_old_guesses
from communities.models import InvitationGuess
from record import clock


def test_only_what_is_older_than_a_day_goes(resident: User) -> None:
    for hours in (1, 23, 25, 400):
        InvitationGuess.objects.create(user=resident, address="192.0.2.1", at=clock.now() - timedelta(hours=hours))
    assert forget_old_guesses() == 2
    assert InvitationGuess.objects.count() == 2
    assert forget_old_guesses() == 0
