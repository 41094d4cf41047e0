"""What beat does for people."""

from celery import shared_task
from django.core.management import call_command

from accounts import kept


@shared_task
def clear_expired_sessions() -> None:
    """Delete sessions that ended."""
    call_command("clearsessions")


@shared_task
def forget_old_typing() -> None:
    """Delete forms that were kept for somebody who did not come back for them."""
    kept.forget_old_typing()
