"""What beat does for people."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_expired_sessions() -> None:
    """Delete sessions that ended."""
    call_command("clearsessions")
