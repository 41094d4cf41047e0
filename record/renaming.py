"""When something has another name, every row that shows the name has changed. This room cannot look up, so a room
above says what follows."""

from collections.abc import Callable

from django.db import models

Follow = Callable[[models.Model], None]

_followers: list[Follow] = []


def on_renamed(follow: Follow) -> None:
    """Have `follow` called with whatever gets another name, in that transaction. Called once, when the rooms are made
    ready."""
    if follow not in _followers:
        _followers.append(follow)


def tell_renamed(thing: models.Model) -> None:
    """A step of renaming, before the thing itself is written: what shows it is locked first, as every action does."""
    for follow in _followers:
        follow(thing)
