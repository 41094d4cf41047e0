"""Kept or not: residents' word on a promise, and what passes with the days."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.seats import actor_in, seated
from communities.working_days import working_days_between
from proposals import lifecycle, permissions
from proposals.actions.keeping import count_promise, promise_facts, settle_delivery
from proposals.exceptions import NotValid
from proposals.guards import locked_commitment, require, require_commitment_step
from proposals.models import Check, Commitment
from record import clock
from record.announcements import SYSTEM, Actor, announce, happened

SUPPORTERS_NEEDED = 3  # domain.md: the author, or any three supporters
BROKEN_AFTER = 20  # working days past its date


@seated
def check_commitment(*, commitment: Commitment, acting_user: User, done: bool, note: str = "") -> Commitment:
    """One resident says whether a claimed promise is done. The author's yes, or three yeses, confirm it; a
    no disputes it, with what is missing. One word a resident for each claim; the last one counts."""
    commitment = locked_commitment(commitment)
    require(
        permissions.can_check(acting_user, commitment),
        _("Only those who backed this proposal can say whether the promise was kept."),
    )
    require_commitment_step(commitment, "check")
    note = note.strip()
    if not done and not note:
        raise NotValid(_("Say what is not done yet."), field="note")
    if len(note) > 1000:
        raise NotValid(_("Make this shorter."), field="note")
    Check.objects.update_or_create(
        commitment=commitment,
        user=acting_user,
        round=commitment.round,
        defaults={"done": done, "note": note, "at": clock.now()},
    )
    checks = list(commitment.checks.filter(round=commitment.round).values_list("done", flat=True))
    commitment.done_count, commitment.not_done_count = sum(checks), len(checks) - sum(checks)
    commitment.save(update_fields=["done_count", "not_done_count"])
    actor = actor_in(acting_user, commitment.community, named=False)
    is_author = commitment.proposal is not None and commitment.proposal.author_id == acting_user.pk
    if not done:
        _dispute(commitment, note, actor)
    elif is_author:
        _confirm(commitment, Commitment.ConfirmedHow.AUTHOR, actor)
    elif commitment.done_count >= SUPPORTERS_NEEDED:
        _confirm(commitment, Commitment.ConfirmedHow.SUPPORTERS, actor)
    else:
        announce(
            "commitment.checked",
            subject=commitment,
            community=commitment.community,
            actor=actor,
            payload=promise_facts(commitment),
            public=False,
        )
    return commitment


def confirm_undisputed_commitments() -> int:
    """After 14 days without a dispute a claim counts as confirmed, and says so. Returns how many did."""
    line = clock.now() - timedelta(days=settings.CONFIRM_WITHOUT_DISPUTE_DAYS)
    waiting = Commitment.objects.filter(state=Commitment.State.CLAIMED_DONE, claimed_at__lte=line)
    confirmed = 0
    for commitment in waiting.order_by("claimed_at").iterator(chunk_size=200):
        with transaction.atomic():
            fresh = locked_commitment(commitment)
            if fresh.state != Commitment.State.CLAIMED_DONE or fresh.claimed_at is None or fresh.claimed_at > line:
                continue
            _confirm(fresh, Commitment.ConfirmedHow.UNDISPUTED, SYSTEM)
            confirmed += 1
    return confirmed


def record_late_commitments() -> int:
    """Write one entry for each promise whose date passed, and one when it is twenty working days late,
    which counts as broken for ever. Safe to run twice or at once. Returns how many were written."""
    today = clock.today()
    written = 0
    for commitment in Commitment.objects.late(today).select_related("community").order_by("due_on", "id"):
        over = working_days_between(commitment.due_on, today, commitment.community)
        written += _record_once(commitment, "commitment.late", days_over=over)
        if over >= BROKEN_AFTER and commitment.broken_on is None:
            written += _record_once(commitment, "commitment.broken", days_over=over)
    return written


def announce_commitments_due() -> int:
    """Tell of promises due in five working days, and in one. Once each, also where a day was missed."""
    today = clock.today()
    told = 0
    soon = Commitment.objects.open().exclude(state=Commitment.State.CLAIMED_DONE)
    soon = soon.filter(due_on__gte=today, due_on__lte=today + timedelta(days=21)).select_related("community")
    for commitment in soon.order_by("due_on", "id"):
        left = working_days_between(today, commitment.due_on, commitment.community)
        if left <= 5:
            told += _record_once(commitment, "commitment.due_soon", mark=1 if left <= 1 else 5, days=left)
    return told


def _record_once(commitment: Commitment, kind: str, *, mark: int = 0, **facts: int) -> int:
    once_key = f"{kind}:{commitment.pk}:{commitment.due_on}:{mark}"
    if happened(once_key):
        return 0
    with transaction.atomic():
        fresh = locked_commitment(commitment)
        if not fresh.is_open or fresh.due_on != commitment.due_on or happened(once_key):
            return 0
        if kind == "commitment.broken":
            fresh.broken_on = clock.today()
            fresh.save(update_fields=["broken_on"])
            count_promise(fresh, broken=1)
        elif kind == "commitment.late":
            fresh.touch()
        announce(
            kind,
            subject=fresh,
            community=fresh.community,
            actor=SYSTEM,
            payload=promise_facts(fresh) | facts,
            public=kind != "commitment.due_soon",
            once_key=once_key,
        )
    return 1


def _dispute(commitment: Commitment, note: str, actor: Actor) -> None:
    commitment.state = lifecycle.commitment_after(commitment, "dispute")
    commitment.disputed_at = clock.now()
    commitment.dispute_reason = note
    commitment.save(update_fields=["state", "disputed_at", "dispute_reason"])
    announce(
        "commitment.disputed",
        subject=commitment,
        community=commitment.community,
        actor=actor,
        payload=promise_facts(commitment),
        texts={"reason": note},
    )


def _confirm(commitment: Commitment, how: str, actor: Actor) -> None:
    """Confirm; where it was the last open promise, its proposal is done, and the entry says both."""
    commitment.state = lifecycle.commitment_after(commitment, "confirm")
    commitment.confirmed_at = clock.now()
    commitment.confirmed_how = how
    commitment.save(update_fields=["state", "confirmed_at", "confirmed_how"])
    count_promise(commitment, open_=-1, kept=1)
    delivered = commitment.proposal is not None and settle_delivery(commitment.proposal)
    announce(
        "commitment.confirmed",
        subject=commitment,
        community=commitment.community,
        actor=actor,
        payload=promise_facts(commitment) | {"how": how, "proposal_delivered": delivered},
    )
