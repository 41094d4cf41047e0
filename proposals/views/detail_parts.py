"""The lists on a proposal's page, each read with one query."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from proposals.clocks import with_clocks
from proposals.models import Ask, Check, Comment, Commitment, CommitmentChange, Proposal, Verdict
from proposals.templatetags.talk import COLUMNS
from words.keyset import page_of

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
    asks: QuerySet[Any] = proposal.asks.select_related("organisation", "response").order_by("due_on", "id")
    asks = asks.defer(*NOT_SHOWN_OF_ORGANISATIONS)
    if user.is_authenticated:
        mine = Verdict.objects.filter(response__ask=OuterRef("pk"), user=user.pk).values("answers_it")
        asks = asks.annotate(my_verdict=Subquery(mine))
    shown = with_clocks(asks, today, proposal.community)
    for ask in shown:
        ask.proposal = proposal
        if hasattr(ask, "response"):
            ask.response.organisation = ask.organisation
            ask.response.is_open_to_verdicts = (
                ask.response.verdicts_until is None or today <= ask.response.verdicts_until
            )
            ask.response.my_verdict = getattr(ask, "my_verdict", None)
    return shown


def promises_of(proposal: Proposal, user: "User | AnonymousUser") -> list[Commitment]:
    """Its promises by date, each with what it was before and what the person said of it. At most two queries, none
    where the kept counts say that nothing was promised."""
    if not (proposal.commitments_open or proposal.commitments_kept or proposal.commitments_broken):
        return []
    rows: QuerySet[Any] = proposal.commitments.select_related("organisation", "promised_by").order_by("due_on", "id")
    if user.is_authenticated:
        mine = Check.objects.filter(commitment=OuterRef("pk"), user=user.pk, round=OuterRef("round")).values("done")
        rows = rows.annotate(my_check=Subquery(mine))
    promises = list(rows)
    changes: dict[object, list[CommitmentChange]] = {}
    if promises:
        for change in CommitmentChange.objects.filter(commitment__proposal=proposal).order_by("changed_at", "id"):
            changes.setdefault(change.commitment_id, []).append(change)
    for promise in promises:
        promise.proposal = proposal
        promise.history = changes.get(promise.pk, [])
    return promises


def talk_of(proposal: Proposal, request: HttpRequest) -> dict[str, Any]:
    """A page of comments, the oldest first, each with its answers (`answers`) and whether there are more."""
    said = proposal.comments.filter(parent=None).select_related("author", "organisation").only(*COLUMNS)
    page = page_of(said, "id", params=request.GET, size=COMMENTS_A_PAGE)
    threads: dict[object, list[Comment]] = {comment.pk: [] for comment in page.rows}
    answers = Comment.objects.filter(parent__in=list(threads)).select_related("author", "organisation").only(*COLUMNS)
    found = list(answers.order_by("id")[: ANSWERS_SHOWN + 1]) if threads else []
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


def offers_of(proposal: Proposal) -> dict[str, Any]:
    """Offers that stand, the oldest first. No query where the kept count says that there are none."""
    if not proposal.offers_count:
        return {"offers": []}
    rows = proposal.offers.filter(withdrawn_at=None).select_related("user").order_by("id")
    return {"offers": list(rows[:OFFERS_SHOWN])}
