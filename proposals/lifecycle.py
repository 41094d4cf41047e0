"""What is open in each state, and which step may follow: the tables of domain.md, as data."""

from django.db.models import F, Q

from proposals.models import Commitment, Proposal

P = Proposal.State
C = Commitment.State

# state → what may be done in it → the state after. The same state means that nothing moves.
# Opinions end where deciding begins: a second count beside a vote that runs would leak how it goes.
PROPOSAL_STEPS: dict[str, dict[str, str]] = {
    P.DRAFT: {"edit": P.DRAFT, "table": P.TABLED},
    P.TABLED: {
        "back": P.TABLED,
        "withdraw_backing": P.TABLED,
        "give_opinion": P.TABLED,
        "comment": P.TABLED,
        "offer": P.TABLED,
        "ask": P.AWAITING_RESPONSE,
        "call_in": P.AWAITING_RESPONSE,
        "send_to_residents": P.DECIDING,
        "decide": P.DECIDED,
        "withdraw": P.WITHDRAWN,
        "merge": P.MERGED,
        "lapse": P.LAPSED,
    },
    P.AWAITING_RESPONSE: {
        "back": P.AWAITING_RESPONSE,
        "give_opinion": P.AWAITING_RESPONSE,
        "comment": P.AWAITING_RESPONSE,
        "offer": P.AWAITING_RESPONSE,
        "extend": P.AWAITING_RESPONSE,
        "draft_answer": P.AWAITING_RESPONSE,
        "answer": P.AWAITING_RESPONSE,  # one of several organisations
        "answer_last": P.RESPONDED,
        "verdict": P.AWAITING_RESPONSE,  # on the answer of one of several
        "withdraw": P.WITHDRAWN,
    },
    P.RESPONDED: {
        "give_opinion": P.RESPONDED,
        "comment": P.RESPONDED,
        "offer": P.RESPONDED,
        "verdict": P.RESPONDED,
        "defer": P.DECIDING,  # to_ballot, to_codesign
        "decide": P.DECIDED,
    },
    P.DECIDING: {
        "comment": P.DECIDING,
        "offer": P.DECIDING,
        "verdict": P.DECIDING,
        "decide": P.DECIDED,
    },
    P.DECIDED: {
        "comment": P.DECIDED,
        "offer": P.DECIDED,
        "verdict": P.DECIDED,
        "promise": P.DELIVERING,
        "deliver": P.DELIVERED,  # every promise was kept before it was decided
        "stop": P.DECIDED,
        "overrule": P.DECIDED,
        "retable": P.DECIDED,  # where residents voted and did not choose it: see `may`
    },
    P.DELIVERING: {
        "comment": P.DELIVERING,
        "offer": P.DELIVERING,
        "verdict": P.DELIVERING,
        "promise": P.DELIVERING,
        "deliver": P.DELIVERED,
        "stop": P.DECIDED,  # nothing is open any more, and a promise was dropped
        "overrule": P.DELIVERING,
    },
    P.DELIVERED: {"comment": P.DELIVERED, "verdict": P.DELIVERED, "promise": P.DELIVERING},
    P.WITHDRAWN: {},
    P.MERGED: {},
    P.LAPSED: {"retable": P.LAPSED},
}

COMMITMENT_STEPS: dict[str, dict[str, str]] = {
    C.PROMISED: {"start": C.IN_PROGRESS, "claim": C.CLAIMED_DONE, "change": C.CHANGED, "drop": C.DROPPED},
    C.IN_PROGRESS: {"claim": C.CLAIMED_DONE, "change": C.CHANGED, "drop": C.DROPPED},
    C.CHANGED: {"start": C.IN_PROGRESS, "claim": C.CLAIMED_DONE, "change": C.CHANGED, "drop": C.DROPPED},
    C.CLAIMED_DONE: {"check": C.CLAIMED_DONE, "confirm": C.CONFIRMED, "dispute": C.DISPUTED},
    C.DISPUTED: {"claim": C.CLAIMED_DONE, "change": C.CHANGED, "drop": C.DROPPED},
    C.CONFIRMED: {},
    C.DROPPED: {},
}


def may(proposal: Proposal, step: str) -> bool:
    """Whether this step is open in the proposal's state. What was decided is tabled again after a vote only; a
    statement of a conversation elsewhere has nobody to ask, so it is not backed."""
    if step in ("back", "call_in", "merge") and proposal.is_statement:
        return False
    if step == "retable" and proposal.state == P.DECIDED and not proposal.was_not_chosen:
        return False
    return step in PROPOSAL_STEPS[proposal.state]


def backed_plainly() -> Q:
    """Where `may` says “back”, as a condition on rows, and one backing more does not make the threshold: it is behind,
    or still ahead after this one. It is stricter than `may`: without a rule a proposal could be a statement."""
    states = [state for state, steps in PROPOSAL_STEPS.items() if "back" in steps and state != P.TABLED]
    ahead = Q(state=P.TABLED, supports_count__lt=F("threshold") - 1)
    return Q(rule_id__isnull=False) & (ahead | Q(state__in=states))


def after(proposal: Proposal, step: str) -> str:
    """The state after this step. KeyError where the step is closed: ask `may` first."""
    return PROPOSAL_STEPS[proposal.state][step]


def commitment_may(commitment: Commitment, step: str) -> bool:
    """Whether this step is open in the promise's state."""
    return step in COMMITMENT_STEPS[commitment.state]


def commitment_after(commitment: Commitment, step: str) -> str:
    """The state after this step. KeyError where the step is closed."""
    return COMMITMENT_STEPS[commitment.state][step]
