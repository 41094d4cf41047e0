"""Erasing a person, as the files of the open data see it."""

from django.db import transaction

from accounts.models import User
from api.bulk.making import start_afresh
from api.tasks import make_asked_snapshot
from notifications.relay import publish


def erase(user: User) -> None:
    """No file that was made while their words were there is given out any more; a new one is made at once."""
    start_afresh()
    transaction.on_commit(lambda: publish(make_asked_snapshot))
