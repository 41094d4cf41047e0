"""The ends other than done: withdrawn, merged, lapsed; and tabling again what lapsed or was not chosen."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Organisation
from communities.seats import actor_in, seated
from proposals import lifecycle, permissions
from proposals.actions.crossing import cross_threshold
from proposals.exceptions import NotNow, NotValid
from proposals.guards import locked_proposal, require, require_step, require_words
from proposals.models import Proposal, Support
from record import clock
from record.announcements import SYSTEM, announce

LONGEST_REASON = 1000


@seated
def withdraw_proposal(*, proposal: Proposal, acting_user: User, reason: str) -> Proposal:
    """Its author takes it off the table, with a reason. It stays public. Twice changes nothing."""
    proposal = locked_proposal(proposal)
    require(permissions.can_withdraw(acting_user, proposal), _("Only its author can take a proposal off the table."))
    if proposal.state == Proposal.State.WITHDRAWN:
        return proposal
    require_step(proposal, "withdraw")
    reason = require_words(reason, "reason", _("Say why you take it off the table."), most=LONGEST_REASON)
    if proposal.community.is_public:
        open_asks = proposal.asks.filter(answered_on=None)
        Organisation.objects.filter(pk__in=open_asks.values("organisation_id")).update(asks_count=F("asks_count") - 1)
    proposal.asks.update(updated_at=clock.now())  # nobody has to answer any more
    _end(proposal, "withdraw", reason)
    announce(
        "proposal.withdrawn",
        subject=proposal,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community),
        payload={"proposal": str(proposal.pk), "number": proposal.number},
        texts={"reason": reason},
    )
    return proposal


@transaction.atomic
def merge_proposals(*, duplicate: Proposal, into: Proposal, acting_user: User, reason: str) -> Proposal:
    """Join a duplicate to another proposal: supports move over, once per person. Returns `into`.

    Both rows are locked in the order of their ids, so that two merges never wait for each other.
    """
    for row in sorted((duplicate, into), key=lambda proposal: proposal.pk):
        locked_proposal(row)
    duplicate, into = locked_proposal(duplicate), locked_proposal(into)
    require(permissions.can_merge(acting_user, duplicate), _("Only a facilitator can join proposals."))
    if duplicate.merged_into_id == into.pk:
        return into
    if duplicate.pk == into.pk or duplicate.community_id != into.community_id:
        raise NotValid(_("Choose another proposal of this community."), field="into")
    require_step(duplicate, "merge")
    require_step(into, "back")
    reason = require_words(reason, "reason", _("Say why they are the same."), most=LONGEST_REASON)
    moved = _move_supports(duplicate, into)
    duplicate.merged_into = into
    _end(duplicate, "merge", reason)
    announce(
        "proposal.merged",
        subject=duplicate,
        community=into.community,
        actor=actor_in(acting_user, into.community),
        payload={
            "proposal": str(duplicate.pk),
            "into": str(into.pk),
            "supports_moved": moved,
            "supports": into.supports_count,
        },
        texts={"reason": reason},
    )
    if into.state == Proposal.State.TABLED and into.supports_count >= into.threshold:
        cross_threshold(into, backed_by=None)
    return into


def lapse_proposals() -> int:
    """End what did not reach its threshold in the time that the agreement gives. Returns how many."""
    today = clock.today()
    ended = 0
    late = Proposal.objects.filter(state=Proposal.State.TABLED, gather_until__lt=today).order_by("gather_until", "id")
    for proposal in late.iterator(chunk_size=200):
        with transaction.atomic():
            fresh = locked_proposal(proposal)
            if not lifecycle.may(fresh, "lapse") or fresh.gather_until is None or fresh.gather_until >= today:
                continue
            _end(fresh, "lapse", "")
            announce(
                "proposal.lapsed",
                subject=fresh,
                community=fresh.community,
                actor=SYSTEM,
                payload={
                    "proposal": str(fresh.pk),
                    "number": fresh.number,
                    "supports": fresh.supports_count,
                    "threshold": fresh.threshold,
                },
            )
            ended += 1
    return ended


@seated
def retable_proposal(*, proposal: Proposal, acting_user: User, submission: UUID) -> Proposal:
    """A new draft with the words of a proposal that lapsed, or that residents voted on and did not choose, for any
    verified resident to work on."""
    proposal = locked_proposal(proposal)
    require(permissions.can_retable(acting_user, proposal), _("Only verified residents can table this again."))
    if not lifecycle.may(proposal, "retable"):
        raise NotNow(_("Only what did not get enough backing, or was not chosen in a vote, can be tabled again."))
    draft, is_new = Proposal.objects.get_or_create(
        author=acting_user,
        submission=submission,
        defaults={
            "community": proposal.community,
            "retabled_from": proposal,
            **{
                name: getattr(proposal, name)
                for name in (
                    "title",
                    "outcome_wanted",
                    "case",
                    "we_can",
                    "need_help_with",
                    "only_they_can",
                    "needs_nothing_from_them",
                    "topic",
                    "area",
                )
            },
        },
    )
    if is_new:
        draft.organisations.set(proposal.organisations.all())
    return draft


def _end(proposal: Proposal, step: str, reason: str) -> None:
    proposal.state = lifecycle.after(proposal, step)
    proposal.ended_at = clock.now()
    proposal.ended_reason = reason
    proposal.open_asks_count = 0
    proposal.next_due_on = None
    proposal.save()


def _move_supports(duplicate: Proposal, into: Proposal) -> int:
    already = Support.objects.filter(proposal=into).values("user_id")
    moved = (
        Support.objects.filter(proposal=duplicate)
        .exclude(user_id__in=already)
        .update(proposal=into, moved_from=duplicate)
    )
    Support.objects.filter(proposal=duplicate).delete()
    into.supports_count += moved
    into.save(update_fields=["supports_count"])
    duplicate.supports_count = 0
    return moved
