"""What the API does without being asked: the files of the open data page."""

from celery import shared_task

from api.bulk import making


@shared_task
def make_snapshot() -> None:
    """The nightly one. Safe at any time: one is made at a time."""
    making.ask()
    making.make_asked()


@shared_task
def make_asked_snapshot() -> None:
    """The one that somebody asked for, where there is one."""
    making.make_asked()
