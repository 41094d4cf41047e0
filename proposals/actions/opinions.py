"""Agreeing, disagreeing and passing: what a person thinks of a proposal. Not a vote, and nothing follows from it.

The outbox learns that an answer came, not whose it was nor which: beside the kept counts, a name would tell.
"""

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities.seats import seated
from proposals import permissions
from proposals.counts import OPINION_COLUMNS
from proposals.exceptions import NotValid
from proposals.guards import locked_proposal, require, require_step
from proposals.models import Opinion, Proposal
from record import clock
from record.announcements import Actor, announce

SOMEBODY = Actor(role="resident")


@seated
def give_opinion(*, proposal: Proposal, acting_user: User, value: int) -> Proposal:
    """One resident's answer, which they may change. The same one twice changes nothing.

    The proposal's row is locked first, so two answers of one person that arrive together take turns.
    """
    proposal = _open_to(proposal, acting_user)
    if value not in Opinion.Value:
        raise NotValid(_("Choose agree, disagree or pass."), field="value")
    mine = Opinion.objects.filter(proposal=proposal, user=acting_user).first()
    if mine is None:
        Opinion.objects.create(proposal=proposal, user=acting_user, value=value)
    elif mine.value == value:
        return proposal
    else:
        _count(proposal, mine.value, -1)
        mine.value, mine.answered_at = value, clock.now()
        mine.save(update_fields=["value", "answered_at"])
    _count(proposal, value, 1)
    _announce("opinion.given", proposal)
    return proposal


@seated
def take_opinion_back(*, proposal: Proposal, acting_user: User) -> Proposal:
    """As if it had never been given. Twice changes nothing."""
    proposal = _open_to(proposal, acting_user)
    mine = Opinion.objects.filter(proposal=proposal, user=acting_user).first()
    if mine is None:
        return proposal
    mine.delete()
    _count(proposal, mine.value, -1)
    _announce("opinion.taken_back", proposal)
    return proposal


def _open_to(proposal: Proposal, user: User) -> Proposal:
    fresh = locked_proposal(proposal)
    require(permissions.can_give_opinion(user, fresh), _("Only verified residents can agree or disagree."))
    require_step(fresh, "give_opinion")
    return fresh


def _count(proposal: Proposal, value: int, step: int) -> None:
    """Keep the column. The row is locked, so the copy in hand is right too."""
    column = OPINION_COLUMNS[Opinion.Value(value)]
    Proposal.objects.filter(pk=proposal.pk).update(**{column: F(column) + step}, updated_at=clock.now())
    setattr(proposal, column, getattr(proposal, column) + step)


def _announce(kind: str, proposal: Proposal) -> None:
    announce(
        kind,
        subject=proposal,
        community=proposal.community,
        actor=SOMEBODY,
        payload={"proposal": str(proposal.pk)},
        public=False,
    )
