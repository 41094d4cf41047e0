"""What is open in each state of a ballot, and which step may follow: the line of domain.md, as data."""

from ballots.models import Ballot

B = Ballot.State

# state → what may be done in it → the state after. The same state means that nothing moves.
BALLOT_STEPS: dict[str, dict[str, str]] = {
    B.DRAFT: {"edit": B.DRAFT, "announce": B.ANNOUNCED, "discard": B.CANCELLED},
    B.ANNOUNCED: {"open": B.OPEN, "cancel": B.CANCELLED},
    B.OPEN: {"vote": B.OPEN, "close": B.CLOSED, "cancel": B.CANCELLED},
    B.CLOSED: {"count": B.COUNTED},
    B.COUNTED: {"certify": B.CERTIFIED, "cancel": B.CANCELLED},
    B.CERTIFIED: {"answer_advice": B.CERTIFIED},
    B.CANCELLED: {},
}


def may(ballot: Ballot, step: str) -> bool:
    """Whether this step is open in the ballot's state."""
    return step in BALLOT_STEPS[ballot.state]


def after(ballot: Ballot, step: str) -> str:
    """The state after this step. KeyError where the step is closed: ask `may` first."""
    return BALLOT_STEPS[ballot.state][step]
