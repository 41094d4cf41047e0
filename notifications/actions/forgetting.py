"""What is left of an erased person here: nothing."""

from django.db import transaction

from accounts.models import User
from notifications.models import Follow, Notification, Preference


@transaction.atomic
def forget_person(user_id: str) -> None:
    """Delete everything that a person followed, chose and was told, with the mail that waits."""
    for model in (Notification, Preference, Follow):
        model._default_manager.filter(user__pk=user_id).delete()
    User.objects.filter(pk=user_id).update(unread_notifications=0)
