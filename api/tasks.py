"""What the API does without being asked: the files of the open data page."""

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

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


@worker_ready.connect
def make_the_first(**_about: Any) -> None:
    """A site that begins has its files before its first night. Where there are some already, nothing happens."""
    if making.newest() is None:
        make_snapshot.delay()
