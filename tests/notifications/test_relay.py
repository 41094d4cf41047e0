"""The relay: every event once, to everyone who should know, whatever stands in the way."""

import pytest

from accounts.models import User
from notifications.actions.relaying import relay_waiting_events
from notifications.models import Delivery, Follow, Notification
from proposals.models import Proposal
from record.models import Event

pytestmark = pytest.mark.django_db


def test_backers_and_author_follow_and_hear_that_there_is_enough_backing(
    asked: Proposal, resident: User, neighbours: list[User], professional: User, councillor: User
) -> None:
    relay_waiting_events()
    told = {row.user: row.why for row in Notification.objects.filter(kind="proposal.threshold_reached")}
    assert told == {
        resident: Follow.Why.TABLED,
        neighbours[0]: Follow.Why.BACKED,
        neighbours[1]: Follow.Why.BACKED,
        professional: Follow.Why.DUTY,  # neighbours[2] made the threshold, and knows
    }
    assert not Event.objects.filter(relayed_at=None).exists()
    assert Delivery.objects.count() == 4
    resident.refresh_from_db()
    assert resident.unread_notifications == 1
