"""The lists on a proposal's page, each read with one query."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from proposals.clocks import with_clocks
from proposals.models import Ask, Check, Comment, Commitment, CommitmentChange, Offer, Proposal, Verdict
from proposals.templatetags.talk import COLUMNS
from words.compiled import compiled, padded
from words.keyset import Window, page_of, window

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

COMMENTS_A_PAGE = 50
ANSWERS_SHOWN = 200  # to the comments of one page; the rest stand on the page of their own thread
OFFERS_SHOWN = 100
NOT_SHOWN_OF_ORGANISATIONS = tuple(
    f"organisation__{name}"
    for name in (
        "created_at",
        "updated_at",
        "summary",
        "sector",
        "asks_count",
        "answers_count",
        "answers_on_time_count",
        "commitments_open",
        "commitments_kept",
        "commitments_broken",
    )
)


def asks_of(proposal: Proposal, user: "User | AnonymousUser", today: date) -> list[Ask]:
    """Who was asked, each with its clock, its answer, and what the person said of that. No query before anyone was."""
    if proposal.asked_at is None:
        return []
    shown = with_clocks(_asks(proposal=proposal.pk, reader=user), today, proposal.community)
    for ask in shown:
        ask.proposal = proposal
        if hasattr(ask, "response"):
            ask.response.organisation = ask.organisation
            ask.response.is_open_to_verdicts = (
                ask.response.verdicts_until is None or today <= ask.response.verdicts_until
            )
            ask.response.my_verdict = getattr(ask, "my_verdict", None)
    return shown


@compiled
def _asks(*, proposal: UUID, reader: "User | AnonymousUser") -> QuerySet[Any]:
    rows = Ask.objects.filter(proposal_id=proposal).select_related("organisation", "response").order_by("due_on", "id")
    rows = rows.defer(*NOT_SHOWN_OF_ORGANISATIONS)
    if not reader.is_authenticated:
        return rows
    mine = Verdict.objects.filter(response__ask=OuterRef("pk"), user_id=reader.pk).values("answers_it")
    return rows.annotate(my_verdict=Subquery(mine))


def promises_of(proposal: Proposal, user: "User | AnonymousUser") -> list[Commitment]:
    """Its promises by date, each with what it was before and what the person said of it. At most two queries, none
    where the kept counts say that nothing was promised."""
    if not (proposal.commitments_open or proposal.commitments_kept or proposal.commitments_broken):
        return []
    promises = _promises(proposal=proposal.pk, reader=user)
    changes: dict[object, list[CommitmentChange]] = {}
    if promises:
        for change in _changes(proposal=proposal.pk):
            changes.setdefault(change.commitment_id, []).append(change)
    for promise in promises:
        promise.proposal = proposal
        promise.history = changes.get(promise.pk, [])
    return promises


@compiled
def _promises(*, proposal: UUID, reader: "User | AnonymousUser") -> QuerySet[Any]:
    rows = Commitment.objects.filter(proposal_id=proposal).select_related("organisation", "promised_by")
    if reader.is_authenticated:
        mine = Check.objects.filter(commitment=OuterRef("pk"), user_id=reader.pk, round=OuterRef("round"))
        rows = rows.annotate(my_check=Subquery(mine.values("done")))
    return rows.order_by("due_on", "id")


@compiled
def _changes(*, proposal: UUID) -> QuerySet[Any]:
    return CommitmentChange.objects.filter(commitment__proposal__id=proposal).order_by("changed_at", "id")


def talk_of(proposal: Proposal, request: HttpRequest) -> dict[str, Any]:
    """A page of comments, the oldest first, each with its answers (`answers`) and whether there are more."""
    said = partial(_comments, proposal=proposal.pk)
    page = page_of(said, "id", params=request.GET, size=COMMENTS_A_PAGE, model=Comment)
    threads: dict[object, list[Comment]] = {comment.pk: [] for comment in page.rows}
    found = _answers(parents=padded(list(threads))) if threads else []
    for answer in found[:ANSWERS_SHOWN]:
        threads[answer.parent_id].append(answer)
    for comment in page.rows:
        comment.answers = threads[comment.pk]
    return {
        "talk": page,
        "talk_next": page.next_url and f"{page.next_url}#talk",
        "talk_previous": page.previous_url and f"{page.previous_url}#talk",
        "has_more_answers": len(found) > ANSWERS_SHOWN,
    }


@compiled
def _comments(*, proposal: UUID, shape_window: Window, after: Sequence[Any]) -> QuerySet[Any]:
    said = Comment.objects.filter(proposal_id=proposal, parent=None).select_related("author", "organisation")
    return window(said.only(*COLUMNS), shape_window, after)


@compiled
def _answers(*, parents: Sequence[UUID]) -> QuerySet[Any]:
    rows = Comment.objects.filter(parent__id__in=parents).select_related("author", "organisation").only(*COLUMNS)
    return rows.order_by("id")[: ANSWERS_SHOWN + 1]


def offers_of(proposal: Proposal) -> dict[str, Any]:
    """Offers that stand, the oldest first. No query where the kept count says that there are none."""
    if not proposal.offers_count:
        return {"offers": []}
    return {"offers": _offers(proposal=proposal.pk)}


@compiled
def _offers(*, proposal: UUID) -> QuerySet[Any]:
    rows = Offer.objects.filter(proposal_id=proposal, withdrawn_at=None).select_related("user").order_by("id")
    return rows[:OFFERS_SHOWN]
