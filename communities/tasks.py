"""What the worker does here. The task finds its own work in the database, so it may run late, twice or at once."""

from celery import shared_task

from communities.actions import mailing


@shared_task
def send_invitations() -> None:
    """Invitations that go by e-mail."""
    mailing.send_invitations()
