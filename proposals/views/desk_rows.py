"""What lies on the desk: what must be answered, what was promised, what is to be recorded."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from communities.models import Membership
from proposals.clocks import with_clocks
from proposals.models import Ask, Commitment, CommitmentAsk, Proposal, Response, ResponseDraft
from proposals.promise_lines import PromiseLine, promise_lines
from proposals.views.desk_seats import of_seats

FIRST = 5  # rows of each list on the desk itself


@dataclass(frozen=True)
class Facts:
    """How much lies there. This week ends on Sunday."""

    overdue: int
    this_week: int
    later: int
    promises_late: int
    asks: int  # proposals alone: the votes are listed whole


def asks_of(seats: list[Membership]) -> QuerySet[Any]:
    """Every open ask of the seats, with what a row shows."""
    return (
        Ask.objects.open()
        .filter(of_seats(seats, "proposal__community_id"))
        .select_related("organisation", "proposal__community", "draft__edited_by")
    )


def promises_of(seats: list[Membership]) -> QuerySet[Any]:
    """Every promise of the seats' organisations, with what a row shows."""
    return Commitment.objects.filter(of_seats(seats, "community_id")).select_related(
        "organisation", "promised_by", "community", "proposal__community"
    )


def facts_of(seats: list[Membership], today: date) -> Facts:
    """Three queries: proposals and votes that wait, and late promises."""
    sunday = today + timedelta(days=6 - today.weekday())
    when = {
        "overdue": Count("pk", filter=Q(due_on__lt=today)),
        "this_week": Count("pk", filter=Q(due_on__gte=today, due_on__lte=sunday)),
        "later": Count("pk", filter=Q(due_on__gt=sunday)),
    }
    asks, votes = asks_of(seats).aggregate(**when), vote_asks_of(seats).aggregate(**when)
    late = Commitment.objects.late(today).filter(of_seats(seats, "community_id")).count()
    both = {name: asks[name] + votes[name] for name in when}
    return Facts(**both, promises_late=late, asks=sum(asks.values()))


def vote_asks_of(seats: list[Membership]) -> QuerySet[Any]:
    """Every vote about which the seats' organisations still owe a word."""
    return (
        CommitmentAsk.objects.open().filter(of_seats(seats, "community_id")).select_related("organisation", "community")
    )


def vote_asks(seats: list[Membership], today: date, most: int = FIRST) -> list[CommitmentAsk]:
    """The longest waiting of them, each with its `clock`."""
    return with_clocks(vote_asks_of(seats).order_by("due_on", "id")[:most], today)


def ask_rows(asks: list[Ask], user: User, today: date) -> list[Ask]:
    """The asks, each with its `clock`, and with `writing`: the draft and whose it is, or None."""
    rows = with_clocks(asks, today)
    for ask in rows:
        draft = getattr(ask, "draft", None)
        ask.writing = draft  # type: ignore[attr-defined]
        ask.is_mine = draft is not None and draft.edited_by_id == user.pk  # type: ignore[attr-defined]
        ask.wants_my_look = (  # type: ignore[attr-defined]
            draft is not None
            and draft.second_look_asked_at is not None
            and draft.second_look_at is None
            and draft.edited_by_id != user.pk
        )
        ask.may_extend = ask.extended_at is None and today < ask.due_on  # type: ignore[attr-defined]
    return rows


def lines_of(promises: list[Commitment], user: User, today: date) -> list[PromiseLine]:
    """The promises as lines, each with the working days of its own community."""
    return [
        line
        for promise in promises
        for line in promise_lines([promise], user, promise.community, today, has_backed=False)
    ]


def my_draft(seats: list[Membership], user: User) -> ResponseDraft | None:
    """The answer that the person was writing last."""
    mine = ResponseDraft.objects.filter(ask__in=asks_of(seats).select_related(None).order_by().values("pk"))
    draft = (
        mine.filter(edited_by=user)
        .select_related("ask__proposal__community", "ask__organisation")
        .order_by("-edited_at")
        .first()
    )
    if draft is not None and draft.outcome in Response.Outcome.values:
        draft.outcome_words = Response.Outcome(draft.outcome).label  # type: ignore[attr-defined]
    return draft


def to_be_recorded(seats: list[Membership]) -> list[Proposal]:
    """Answered by all who were asked, and not recorded as a decision yet. The longest answered first."""
    mine = Ask.objects.filter(of_seats(seats, "proposal__community_id")).values("proposal_id")
    rows = Proposal.objects.filter(pk__in=mine, state=Proposal.State.RESPONDED, source_id="")
    return list(rows.select_related("community").order_by("responded_at", "id")[:FIRST])
