"""What follows when a proposal has enough backing or is called in: the asks open and the clocks start.

These are steps of actions, not actions: the caller holds the proposal's lock and the transaction.
"""

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Organisation, Rule
from communities.seats import actor_in
from communities.working_days import add_working_days
from proposals import lifecycle
from proposals.exceptions import NotValid
from proposals.models import Ask, Proposal
from proposals.sent_to_vote import send_to_vote
from record import clock
from record.announcements import SYSTEM, announce


def cross_threshold(proposal: Proposal, *, backed_by: User | None) -> None:
    """Enough neighbours back it: to the residents' next vote where the topic is theirs, else to those asked."""
    proposal.threshold_reached_at = clock.now()
    if proposal.rule is not None and proposal.rule.who_decides == Rule.WhoDecides.RESIDENTS:
        proposal.state = lifecycle.after(proposal, "send_to_residents")
        proposal.waits_for = Proposal.WaitsFor.BALLOT
        proposal.save(update_fields=["state", "waits_for", "threshold_reached_at"])
        send_to_vote(proposal)
        asks: list[Ask] = []
    else:
        asks = open_asks(proposal, proposal.organisations.all(), step="ask")
    actor = actor_in(backed_by, proposal.community, named=False) if backed_by else SYSTEM
    announce(
        "proposal.threshold_reached",
        subject=proposal,
        community=proposal.community,
        actor=actor,
        payload={
            "proposal": str(proposal.pk),
            "number": proposal.number,
            "supports": proposal.supports_count,
            "threshold": proposal.threshold,
            "waits_for": proposal.waits_for,
            "asks": [
                {"organisation": str(ask.organisation_id), "ask": str(ask.pk), "due_on": ask.due_on.isoformat()}
                for ask in asks
            ],
        },
    )


def open_asks(proposal: Proposal, organisations: Iterable[Organisation], *, step: str) -> list[Ask]:
    """Start one clock for each organisation. The time is the agreement's, bank holidays left out."""
    chosen = list(organisations)
    if not chosen or proposal.rule is None:
        raise NotValid(_("Choose who should answer."), field="organisations")
    today = clock.today()
    days = proposal.rule.response_working_days
    due_on = add_working_days(today, days, proposal.community)
    asks = Ask.objects.bulk_create(
        Ask(
            proposal=proposal,
            organisation=organisation,
            working_days=days,
            asked_on=today,
            first_due_on=due_on,
            due_on=due_on,
            long_overdue_on=add_working_days(today, 2 * days, proposal.community),
        )
        for organisation in chosen
    )
    if proposal.community.is_public:
        ids = [organisation.pk for organisation in chosen]
        Organisation.objects.filter(pk__in=ids).update(asks_count=F("asks_count") + 1)
    proposal.state = lifecycle.after(proposal, step)
    proposal.asked_at = clock.now()
    proposal.open_asks_count = len(asks)
    proposal.next_due_on = due_on
    proposal.save()
    return asks
