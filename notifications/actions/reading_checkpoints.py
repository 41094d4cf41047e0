"""Who gets checkpoints by e-mail: asking, confirming, leaving."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from notifications.models import CheckpointReader
from record import clock

ASK_AGAIN_AFTER = timedelta(hours=1)  # nobody can fill a stranger's inbox
FORGOTTEN_AFTER = timedelta(days=7)


@transaction.atomic
def ask_for_checkpoints(*, email: str) -> None:
    """Have a mail sent that asks whether the address is right. An address that has confirmed gets none, and whoever
    asked learns nothing of it."""
    now = clock.now()
    reader, made = CheckpointReader.objects.get_or_create(email=email.lower(), defaults={"asked_at": now})
    if made:
        return
    CheckpointReader.objects.filter(
        pk=reader.pk, confirmed_at=None, asks_sent=F("asks_count"), asked_at__lte=now - ASK_AGAIN_AFTER
    ).update(asked_at=now, asks_count=F("asks_count") + 1, attempts=0, next_attempt_at=now)


def confirm_reader(*, pk: int) -> bool:
    """The address is right. Twice changes nothing. The newest checkpoint goes out at once."""
    readers = CheckpointReader.objects.filter(pk=pk)
    now = clock.now()
    readers.filter(confirmed_at=None).update(confirmed_at=now, attempts=0, next_attempt_at=now)
    return readers.exists()


def forget_reader(*, pk: int) -> None:
    """The address wants no more, and is not kept."""
    CheckpointReader.objects.filter(pk=pk).delete()


def forget_unconfirmed() -> int:
    """Addresses that nobody confirmed in a week."""
    before = clock.now() - FORGOTTEN_AFTER
    return CheckpointReader.objects.filter(confirmed_at=None, asked_at__lt=before).delete()[0]
