"""What this room holds of a person, and how it is erased."""

from typing import Any

from accounts.models import User
from notifications.models import Delivery, Follow, Notification, Preference


def export(user: User) -> dict[str, Any]:
    """Follows, preferences, the inbox, and the mails that were sent."""
    return {
        "follows": list(Follow.objects.filter(user=user).values("subject_type", "subject_id", "why", "created_at")),
        "preferences": list(Preference.objects.filter(user=user).values("group", "by_email", "in_inbox")),
        "inbox": list(Notification.objects.filter(user=user).values("title", "created_at", "read_at")),
        "mails": list(Delivery.objects.filter(notification__user=user).values("channel", "status", "sent_at")),
    }


def erase(user: User) -> None:
    """Nothing is kept, and nothing that waits is sent."""
    for model in (Notification, Follow, Preference):  # deliveries go with their notification
        model.objects.filter(user=user).delete()
