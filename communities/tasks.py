"""What the worker does here. The task finds its own work in the database, so it may run late, twice or at once."""

from celery import shared_task

from communities.actions import guesses, mailing


@shared_task
def send_invitations() -> None:
    """Invitations that go by e-mail."""
    mailing.send_invitations()


@shared_task
def forget_old_guesses() -> None:
    """Wrong codes of the day before."""
    guesses.forget_old_guesses()
