"""What people heard of it: nobody gets nine months of mail, but each inbox looks lived in."""

from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from accounts.models import User
from notifications.actions.following import keep_follows
from notifications.actions.relaying import relay_waiting_events
from notifications.models import Delivery, Notification
from record.models import Event

INBOX_FROM = timedelta(days=45)  # older things only make people follow
UNREAD_FROM = timedelta(days=4)
MAIL_FROM = timedelta(days=2)


def hear(now: datetime) -> None:
    """Relay what waits: follows from all of it, inboxes from the last weeks, mail from the last two days."""
    old = Event.objects.filter(relayed_at=None, created_at__lt=now - INBOX_FROM)
    for event in old.order_by("pk").iterator(chunk_size=500):
        keep_follows(event)
    old.update(relayed_at=F("created_at"))
    relay_waiting_events()
    Delivery.objects.filter(status=Delivery.Status.WAITING, notification__event__created_at__lt=now - MAIL_FROM).delete()
    Notification.objects.filter(created_at__lt=now - UNREAD_FROM).update(read_at=F("created_at") + timedelta(hours=6))
    unread = Count("notifications", filter=Q(notifications__read_at=None, notifications__in_inbox=True))
    for user in User.objects.annotate(unread=unread):
        User.objects.filter(pk=user.pk).update(unread_notifications=user.unread)
