"""What people heard of it: nobody gets nine months of mail, but each inbox looks lived in."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from accounts.models import User
from notifications.actions.relaying import relay_waiting_events
from notifications.models import Delivery, Follow, Notification
from proposals.models import Comment, Proposal, Support
from record.models import Event

INBOX_FROM = timedelta(days=30)  # of older things nobody is told any more
UNREAD_FROM = timedelta(days=9)
MAIL_FROM = timedelta(days=2)
TELLS_NOBODY = ("proposal.backed", "verdict.given", "commitment.checked", "opinion.given")


def hear(now: datetime) -> None:
    """Everybody follows what they had a part in; inboxes hold the last weeks; mail goes out for the last two days."""
    Follow.objects.bulk_create(_follows(), ignore_conflicts=True, batch_size=1000)
    quiet = Q(created_at__lt=now - INBOX_FROM) | Q(kind__in=TELLS_NOBODY)
    Event.objects.filter(quiet, relayed_at=None).update(relayed_at=F("created_at"))
    relay_waiting_events()
    waiting = Delivery.objects.filter(status=Delivery.Status.WAITING)
    waiting.filter(notification__event__created_at__lt=now - MAIL_FROM).delete()
    Notification.objects.filter(created_at__lt=now - UNREAD_FROM).update(read_at=F("created_at") + timedelta(hours=6))
    unread = Count("notifications", filter=Q(notifications__read_at=None, notifications__in_inbox=True))
    User.objects.update(unread_notifications=0)
    for user in User.objects.annotate(unread=unread).filter(unread__gt=0):
        User.objects.filter(pk=user.pk).update(unread_notifications=user.unread)


def _follows() -> Iterator[Follow]:
    """What the relay would have made of each event, the strongest reason first: the first row of a person stays.
    What was brought in from elsewhere has no author here."""
    parts: list[tuple[str, QuerySet[Proposal] | QuerySet[Support] | QuerySet[Comment], str, str]] = [
        (Follow.Why.TABLED, Proposal.objects.tabled(), "author_id", "pk"),
        (Follow.Why.BACKED, Support.objects.all(), "user_id", "proposal_id"),
        (Follow.Why.COMMENTED, Comment.objects.all(), "author_id", "proposal_id"),
    ]
    for why, rows, person, subject in parts:
        for user_id, proposal_id in rows.exclude(**{person: None}).order_by("pk").values_list(person, subject):
            yield Follow(user_id=user_id, subject_type="proposal", subject_id=proposal_id, why=why)
