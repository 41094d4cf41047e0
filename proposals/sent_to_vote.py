"""Where the room above says that it takes in what goes to a vote. This room cannot look up, so it hands over."""

from collections.abc import Callable

from proposals.models import Proposal

TakeIn = Callable[[Proposal], None]

_takers: list[TakeIn] = []


def on_sent_to_vote(take_in: TakeIn) -> None:
    """Have `take_in` called with each proposal that begins to wait for a vote, in the transaction in which it does
    and with its row locked. Called once, when the rooms are made ready."""
    if take_in not in _takers:
        _takers.append(take_in)


def send_to_vote(proposal: Proposal) -> None:
    """A step of the actions after which a proposal waits for a vote."""
    for take_in in _takers:
        take_in(proposal)
