"""What beat does for people."""

from celery import shared_task

from accounts import kept
from accounts.sessions import SessionStore


@shared_task
def clear_expired_sessions() -> None:
    """Delete sessions that ended."""
    SessionStore.clear_expired()


@shared_task
def forget_old_typing() -> None:
    """Delete forms that were kept for somebody who did not come back for them."""
    kept.forget_old_typing()
