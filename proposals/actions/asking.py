"""The public clock: calling in, asking for more time, and what passes with the days."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Organisation
from communities.seats import actor_in
from communities.working_days import working_days_between
from proposals import permissions
from proposals.actions.crossing import open_asks
from proposals.exceptions import NotNow, NotValid
from proposals.guards import locked_ask, locked_proposal, require, require_step, require_words
from proposals.models import Ask, Proposal
from record import clock
from record.announcements import SYSTEM, announce, happened

LONGEST_REASON = 1000


@transaction.atomic
def call_in_proposal(
    *, proposal: Proposal, acting_user: User, reason: str, organisations: Iterable[Organisation] | None = None
) -> Proposal:
    """A facilitator asks for an answer before the threshold, in public, with a reason."""
    proposal = locked_proposal(proposal)
    require(permissions.can_call_in(acting_user, proposal), _("Only a facilitator can call a proposal in."))
    if proposal.asked_at is not None and proposal.called_in_reason:
        return proposal
    require_step(proposal, "call_in")
    reason = require_words(reason, "reason", _("Say why it cannot wait for more backing."), most=LONGEST_REASON)
    if organisations is not None:
        seated = proposal.community.organisations.filter(pk__in=[organisation.pk for organisation in organisations])
        proposal.organisations.set(seated)
    proposal.called_in_by = acting_user
    proposal.called_in_reason = reason
    asks = open_asks(proposal, proposal.organisations.all(), step="call_in")
    announce(
        "proposal.called_in",
        subject=proposal,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community),
        payload={
            "proposal": str(proposal.pk),
            "number": proposal.number,
            "supports": proposal.supports_count,
            "asks": [
                {"organisation": str(ask.organisation_id), "ask": str(ask.pk), "due_on": ask.due_on.isoformat()}
                for ask in asks
            ],
        },
        texts={"reason": reason},
    )
    return proposal


@transaction.atomic
def extend_ask(*, ask: Ask, acting_user: User, due_on: date, reason: str) -> Ask:
    """More time, once, before the due date, in public, with a reason. The first date stays shown, and the
    day from which the answer is long overdue does not move."""
    ask = locked_ask(ask)
    proposal = ask.proposal
    require(permissions.can_extend(acting_user, ask), _("Only the organisation that was asked can ask for more time."))
    if ask.extended_at is not None and ask.due_on == due_on:
        return ask
    require_step(proposal, "extend")
    if not ask.is_open:
        raise NotNow(_("This is answered already."))
    if ask.extended_at is not None:
        raise NotNow(_("More time was taken once already. It cannot be taken again."))
    if clock.today() >= ask.due_on:
        raise NotNow(_("More time must be asked for before the date. That day has come."))
    if not ask.due_on < due_on <= ask.long_overdue_on:
        raise NotValid(_("Choose a later date, within twice the time of the agreement."), field="due_on")
    ask.extension_reason = require_words(
        reason, "reason", _("Say why you need more time. Residents will read it."), most=LONGEST_REASON
    )
    ask.extended_at = clock.now()
    ask.extended_by = acting_user
    ask.due_on = due_on
    ask.save(update_fields=["extension_reason", "extended_at", "extended_by", "due_on"])
    keep_next_due(proposal)
    announce(
        "ask.extended",
        subject=ask,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community),
        payload=_facts(ask) | {"first_due_on": ask.first_due_on.isoformat()},
        texts={"reason": ask.extension_reason},
    )
    return ask


def keep_next_due(proposal: Proposal) -> None:
    """Keep the columns that lists of waiting proposals sort by. The proposal is locked."""
    open_dates = list(proposal.asks.filter(answered_on=None).order_by("due_on").values_list("due_on", flat=True))
    proposal.open_asks_count = len(open_dates)
    proposal.next_due_on = open_dates[0] if open_dates else None
    proposal.save(update_fields=["open_asks_count", "next_due_on"])


def record_clock_crossings() -> int:
    """Write one entry for each ask that became overdue, and one when it became long overdue.

    Safe to run late, twice or at once from two schedulers. Returns how many entries were written.
    """
    today = clock.today()
    written = 0
    for kind, late in [
        ("ask.overdue", Ask.objects.overdue(today)),
        ("ask.long_overdue", Ask.objects.long_overdue(today)),
    ]:
        for ask in late.order_by("due_on", "id").iterator(chunk_size=500):
            written += _record_once(ask, kind, f"{kind}:{ask.pk}")
    return written


def announce_due_soon() -> int:
    """Tell of answers due in five working days, and in one. Once each, also where a day was missed."""
    today = clock.today()
    told = 0
    for ask in Ask.objects.open().filter(due_on__gte=today).select_related("proposal__community").order_by("due_on"):
        left = working_days_between(today, ask.due_on, ask.proposal.community)
        if left > 5:
            continue
        mark = 1 if left <= 1 else 5
        told += _record_once(ask, "ask.due_soon", f"ask.due_soon:{ask.pk}:{ask.due_on}:{mark}", days=left)
    return told


def _record_once(ask: Ask, kind: str, once_key: str, **facts: int) -> int:
    if happened(once_key):
        return 0
    with transaction.atomic():
        fresh = locked_ask(ask)
        if not fresh.is_open or not _may_still_be(fresh.proposal) or happened(once_key):
            return 0
        if kind != "ask.due_soon":
            fresh.touch()
            fresh.proposal.touch()
        announce(
            kind,
            subject=fresh,
            community=fresh.proposal.community,
            actor=SYSTEM,
            payload=_facts(fresh) | facts,
            public=kind != "ask.due_soon",
            once_key=once_key,
        )
    return 1


def _may_still_be(proposal: Proposal) -> bool:
    return proposal.state == Proposal.State.AWAITING_RESPONSE


def _facts(ask: Ask) -> dict[str, str | int]:
    return {
        "proposal": str(ask.proposal_id),
        "ask": str(ask.pk),
        "organisation": str(ask.organisation_id),
        "due_on": ask.due_on.isoformat(),
    }
