"""Where the rows of this room say what their lines in the record say (record/comparing.py)."""

from typing import Any

from proposals.actions.promising import promise_field
from proposals.models import Ask, Comment, Commitment, Offer, Proposal, Response
from record.comparing import Compared, says_what_the_record_says

SIX = ("title", "outcome_wanted", "case", "we_can", "need_help_with", "only_they_can")


def register() -> None:
    """Called once, when the room is made ready."""
    for subject_type, compared in (
        ("proposal", PROPOSALS),
        ("ask", ASKS),
        ("response", RESPONSES),
        ("commitment", COMMITMENTS),
        ("comment", COMMENTS),
        ("offer", OFFERS),
    ):
        says_what_the_record_says(subject_type, compared)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _is_erased(user: Any) -> bool:
    return user is None or user.erased_at is not None


def _promise_may_be_erased(row: Commitment, kinds: frozenset[str], kind: str) -> bool:
    """What a resident said about their own promise, and what one said was not done: gone with the person."""
    if row.organisation_id is None and _is_erased(row.promised_by):
        return True
    return any(_is_erased(check.user) for check in row.checks.all()) and kind == "commitment.disputed"


def _answer_brought_in(row: Any) -> dict[str, str]:
    """An imported petition has its answer in its own line: the same for all who were asked."""
    answers = {answer.reasons for answer in row.responses.all()} if row.source_id else set()
    return {"answer": "\n".join(sorted(answers))} if answers else {}


def _promises_in(row: Any) -> list[dict[str, str]]:
    """As they were made: what became of them is in lines of their own."""
    made = sorted(row.commitments.all(), key=lambda promise: (len(promise.reference), promise.reference))
    return [{"commitment": str(promise.pk), "due_on": promise.first_due_on.isoformat()} for promise in made]


def _words_of_promises(row: Any) -> dict[str, str]:
    return {
        promise_field(promise): next((change.old_text for change in promise.changes.all()), promise.text)
        for promise in row.commitments.all()
    }


PROPOSALS = Compared(
    rows=lambda: Proposal.objects.exclude(state=Proposal.State.DRAFT).prefetch_related("responses"),
    facts={
        "number": lambda row: row.number,
        "reference": lambda row: row.reference,
        "topic": lambda row: str(row.topic_id),
        "into": lambda row: _text(row.merged_into_id),
    },
    follows={"proposal.withdrawn": ("state", "withdrawn"), "proposal.merged": ("state", "merged")},
    texts={("proposal.tabled", name): name for name in SIX}
    | {("petition.imported", name): name for name in SIX[:3]}
    | {
        ("statement.imported", "statement"): "outcome_wanted",
        ("proposal.called_in", "reason"): "called_in_reason",
        ("proposal.withdrawn", "reason"): "ended_reason",
        ("proposal.merged", "reason"): "ended_reason",
    },
    parts=_answer_brought_in,
    called=lambda row: row.reference,
)
ASKS = Compared(
    rows=lambda: Ask.objects.select_related("proposal"),
    facts={
        "due_on": lambda row: row.due_on.isoformat(),
        "first_due_on": lambda row: row.first_due_on.isoformat(),
        "organisation": lambda row: str(row.organisation_id),
        "proposal": lambda row: str(row.proposal_id),
    },
    texts={("ask.extended", "reason"): "extension_reason"},
    called=lambda row: f"The clock of {row.proposal.reference}",
)
RESPONSES = Compared(
    rows=lambda: Response.objects.select_related("ask").prefetch_related("commitments__changes"),
    facts={
        "reference": lambda row: row.reference,
        "outcome": lambda row: row.outcome,
        "organisation": lambda row: str(row.organisation_id),
        "proposal": lambda row: str(row.proposal_id),
        "due_on": lambda row: row.ask.due_on.isoformat(),
        "working_days": lambda row: row.ask.answered_after_working_days,
        "promises": _promises_in,
    },
    follows={"response.contested": ("is_contested", True), "response.uncontested": ("is_contested", False)},
    texts={("response.published", name): name for name in ("summary", "reasons", "could_not", "next_step")},
    parts=_words_of_promises,
    called=lambda row: row.reference,
)
COMMITMENTS = Compared(
    rows=lambda: Commitment.objects.select_related("promised_by").prefetch_related("checks__user"),
    facts={
        "reference": lambda row: row.reference,
        "state": lambda row: row.state,
        "due_on": lambda row: row.due_on.isoformat(),
        "organisation": lambda row: _text(row.organisation_id),
        "proposal": lambda row: _text(row.proposal_id),
    },
    texts={
        ("commitment.promised", "text"): "text",
        ("commitment.changed", "text"): "text",
        ("commitment.claimed", "note"): "claim_note",
        ("commitment.disputed", "reason"): "dispute_reason",
        ("commitment.dropped", "reason"): "drop_reason",
    },
    may_be_erased=_promise_may_be_erased,
    called=lambda row: row.reference,
)
COMMENTS = Compared(
    rows=lambda: Comment.objects.select_related("author"),
    texts={("comment.added", "body"): "body"},
    may_be_erased=lambda row, kinds, kind: "comment.removed" in kinds or _is_erased(row.author),
    called=lambda row: f"The comment {row.pk}",
)
OFFERS = Compared(
    rows=lambda: Offer.objects.select_related("user"),
    texts={("offer.made", "text"): "text"},
    may_be_erased=lambda row, kinds, kind: _is_erased(row.user),
    called=lambda row: f"The offer {row.pk}",
)
