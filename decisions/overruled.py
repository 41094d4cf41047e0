"""Where a room above says what follows when a decision is overruled. This room cannot look up, so it hands over."""

from collections.abc import Callable

from communities.models import Organisation
from decisions.models import Decision

Follow = Callable[[Decision, Organisation | None], None]

_followers: list[Follow] = []


def on_overruled(follow: Follow) -> None:
    """Have `follow` called with each decision that is overruled and the organisation that did, in that transaction.
    Called once, when the rooms are made ready."""
    if follow not in _followers:
        _followers.append(follow)


def tell_overruled(decision: Decision, organisation: Organisation | None) -> None:
    """A step of overruling."""
    for follow in _followers:
        follow(decision, organisation)
