"""What this room holds of a person, and how it is erased."""

from typing import Any

from django.db.models import QuerySet

from accounts.addresses import addresses_of
from accounts.models import User
from notifications.models import CheckpointReader, Delivery, Follow, Notification, Preference


def export(user: User) -> dict[str, Any]:
    """Follows, preferences, the inbox, and the mails that were sent."""
    return {
        "follows": list(Follow.objects.filter(user=user).values("subject_type", "subject_id", "why", "created_at")),
        "preferences": list(Preference.objects.filter(user=user).values("group", "by_email", "in_inbox")),
        "inbox": list(Notification.objects.filter(user=user).values("title", "created_at", "read_at")),
        "mails": list(Delivery.objects.filter(notification__user=user).values("channel", "status", "sent_at")),
        "checkpoints": list(_readers(user).values("asked_at", "confirmed_at")),
    }


def erase(user: User) -> None:
    """Nothing is kept, and nothing that waits is sent."""
    for model in (Notification, Follow, Preference):  # deliveries go with their notification
        model.objects.filter(user=user).delete()
    _readers(user).delete()


def _readers(user: User) -> QuerySet[CheckpointReader]:
    """The address may have asked for checkpoints of the record, which needs no account."""
    return CheckpointReader.objects.filter(email__in=addresses_of(user))
