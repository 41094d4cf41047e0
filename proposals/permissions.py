"""Who may do what with a proposal, an ask, an answer or a promise. One predicate each, for actions,
templates and the API alike. They ask about the person; what is open now is lifecycle's."""

from typing import TYPE_CHECKING
from uuid import UUID

from communities.models import Community
from communities.seats import is_facilitator, is_verified_resident, seat_of, works_for
from proposals.models import Ask, Comment, Commitment, Offer, Proposal, Support

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser


def can_table(user: "Person", community: Community) -> bool:
    """Verified residents table proposals."""
    return is_verified_resident(user, community.pk)


def can_edit_draft(user: "Person", proposal: Proposal) -> bool:
    """A draft is its author's alone, for as long as they sit here."""
    return user.is_authenticated and proposal.author_id == user.pk and can_table(user, proposal.community)


def can_back(user: "Person", proposal: Proposal) -> bool:
    """Residents back; professionals and facilitators do not."""
    return can_back_in(user, proposal.community_id)


def can_back_in(user: "Person", community_id: UUID) -> bool:
    """Nothing more is asked of who backs, whichever proposal of the community it is (see backing_at_once)."""
    return is_verified_resident(user, community_id)


def can_give_opinion(user: "Person", proposal: Proposal) -> bool:
    """Those who may back it say what they think of it."""
    return can_back(user, proposal)


def can_comment(user: "Person", proposal: Proposal) -> bool:
    """Everybody with a seat speaks; a resident once verified."""
    seat = seat_of(user, proposal.community_id)
    return seat is not None and (seat.role != "resident" or seat.verified_at is not None)


def can_remove_comment(user: "Person", comment: Comment) -> bool:
    return user.is_authenticated and comment.author_id == user.pk


def can_offer(user: "Person", proposal: Proposal) -> bool:
    return is_verified_resident(user, proposal.community_id)


def can_withdraw_offer(user: "Person", offer: Offer) -> bool:
    return user.is_authenticated and offer.user_id == user.pk


def can_withdraw(user: "Person", proposal: Proposal) -> bool:
    """Its author takes a proposal off the table."""
    return user.is_authenticated and proposal.author_id == user.pk


def can_retable(user: "Person", proposal: Proposal) -> bool:
    """Any verified resident may table again what lapsed, or what a vote did not choose."""
    return is_verified_resident(user, proposal.community_id)


def can_call_in(user: "Person", proposal: Proposal) -> bool:
    return is_facilitator(user, proposal.community_id)


def can_merge(user: "Person", proposal: Proposal) -> bool:
    return is_facilitator(user, proposal.community_id)


def can_respond(user: "Person", ask: Ask) -> bool:
    """Whoever sits here for the organisation that was asked."""
    return works_for(user, ask.proposal.community_id, ask.organisation_id)


def can_extend(user: "Person", ask: Ask) -> bool:
    return can_respond(user, ask)


def can_give_verdict(user: "Person", proposal: Proposal, *, has_backed: bool | None = None) -> bool:
    """Those who backed it, and its author, while they sit here. One query, or none where the caller has
    read already whether they backed it."""
    if not is_verified_resident(user, proposal.community_id):
        return False
    if proposal.author_id == user.pk:
        return True
    if has_backed is None:
        return Support.objects.filter(proposal=proposal, user_id=user.pk).exists()  # type: ignore[misc]  # signed in
    return has_backed


def can_record_decision(user: "Person", proposal: Proposal) -> bool:
    """A facilitator, or an officer of an organisation that was asked."""
    seat = seat_of(user, proposal.community_id)
    if seat is None:
        return False
    if seat.role == "facilitator":
        return True
    return seat.organisation_id is not None and proposal.asks.filter(organisation_id=seat.organisation_id).exists()


def can_promise(user: "Person", proposal: Proposal) -> bool:
    """Organisations promise through their officers; residents promise for themselves."""
    return is_verified_resident(user, proposal.community_id) or can_record_decision(user, proposal)


def can_deliver(user: "Person", commitment: Commitment) -> bool:
    """Start, claim, change or drop: whoever promised, or a colleague of the same organisation."""
    if commitment.organisation_id is not None:
        return works_for(user, commitment.community_id, commitment.organisation_id)
    return user.is_authenticated and commitment.promised_by_id == user.pk


def can_check(user: "Person", commitment: Commitment, *, has_backed: bool | None = None) -> bool:
    """Residents who backed the proposal, or its author; never the one who promised. `has_backed` as above."""
    if commitment.promised_by_id is not None and commitment.promised_by_id == user.pk:
        return False
    if commitment.proposal is None:
        return is_verified_resident(user, commitment.community_id)
    return can_give_verdict(user, commitment.proposal, has_backed=has_backed)
