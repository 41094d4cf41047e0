"""Reading, and the count of what is unread."""

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from notifications.models import Notification
from record import clock


@transaction.atomic
def mark_read(*, notification: Notification, acting_user: User) -> None:
    """The person opened it. Twice counts once."""
    _read(Notification.objects.filter(pk=notification.pk), acting_user)


@transaction.atomic
def mark_all_read(*, acting_user: User, up_to: int) -> None:
    """Mark everything read up to the newest that was on the screen, so that what came meanwhile stays unread."""
    _read(Notification.objects.filter(pk__lte=up_to), acting_user)


@transaction.atomic
def recount_unread() -> int:
    """Count again what each person has not read. Returns how many counts were wrong."""
    unread = (
        Notification.objects.filter(user=OuterRef("pk"), read_at=None, in_inbox=True)
        .order_by()
        .values("user")
        .annotate(number=Count("pk"))
        .values("number")
    )
    right = Coalesce(Subquery(unread), 0)
    people = User.objects.annotate(right=right).exclude(unread_notifications=F("right"))
    return User.objects.filter(pk__in=people.values("pk")).update(unread_notifications=right)


def _read(rows: QuerySet[Notification], user: User) -> None:
    read = rows.filter(Q(user=user, in_inbox=True, read_at=None)).update(read_at=clock.now())
    if read:
        left = Greatest(F("unread_notifications") - read, 0)
        User.objects.filter(pk=user.pk).update(unread_notifications=left)
