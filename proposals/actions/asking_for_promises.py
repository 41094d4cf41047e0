"""After a vote: asking organisations what they will do about it, with a date and a public clock."""

from collections.abc import Iterable

from django.db import transaction

from communities.models import Community, Organisation
from communities.working_days import add_working_days, working_days_between
from decisions.models import Decision
from proposals.models import CommitmentAsk
from record import clock
from record.announcements import SYSTEM, announce, happened


def ask_for_commitments(
    community: Community,
    organisations: Iterable[Organisation],
    *,
    ballot_reference: str,
    question: str,
    decision: Decision | None,
    working_days: int,
) -> list[CommitmentAsk]:
    """Start one clock for each organisation. A step of certifying a ballot, which holds the transaction and
    announces it."""
    today = clock.today()
    due_on = add_working_days(today, working_days, community)
    return CommitmentAsk.objects.bulk_create(
        CommitmentAsk(
            community=community,
            ballot_reference=ballot_reference,
            question=question,
            decision=decision,
            organisation=organisation,
            working_days=working_days,
            asked_on=today,
            first_due_on=due_on,
            due_on=due_on,
            long_overdue_on=add_working_days(today, 2 * working_days, community),
        )
        for organisation in organisations
    )


def close_commitment_ask(decision: Decision | None, organisation: Organisation | None) -> None:
    """The organisation promised something for the decision, or overruled it: its clock stops. A step."""
    if decision is None or organisation is None:
        return
    open_asks = CommitmentAsk.objects.select_for_update().filter(answered_on=None)
    ask = open_asks.filter(decision=decision, organisation=organisation).first()
    if ask is not None:
        stop_clock(ask, decision)


def working_days_so_far(ask: CommitmentAsk, community: Community) -> int:
    """From the day of asking until today."""
    return max(working_days_between(ask.asked_on, clock.today(), community), 0)


def stop_clock(ask: CommitmentAsk, decision: Decision) -> None:
    """Write down when it was answered, and by which decision. A step: the caller holds the row."""
    ask.decision = decision
    ask.answered_on = clock.today()
    ask.answered_after_working_days = working_days_so_far(ask, decision.community)
    ask.save(update_fields=["decision", "answered_on", "answered_after_working_days"])


def record_overdue_commitment_asks() -> int:
    """Write down once that a date passed without a promise. Safe to run late or twice. Returns how many."""
    written = 0
    late = CommitmentAsk.objects.open().filter(due_on__lt=clock.today()).select_related("community")
    for ask in late.order_by("due_on", "id").iterator(chunk_size=200):
        with transaction.atomic():
            fresh = CommitmentAsk.objects.select_for_update().get(pk=ask.pk)
            key = f"commitments.overdue/{ask.pk}"
            if not fresh.is_open or happened(key):
                continue
            fresh.touch()
            announce(
                "commitments.overdue",
                subject=fresh,
                community=ask.community,
                actor=SYSTEM,
                payload={
                    "ballot": ask.ballot_reference,
                    "decision": str(ask.decision_id) if ask.decision_id else None,
                    "organisation": str(ask.organisation_id),
                    "due_on": ask.due_on.isoformat(),
                },
                once_key=key,
            )
            written += 1
    return written
