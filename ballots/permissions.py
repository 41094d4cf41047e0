"""Who may do what with a ballot. One predicate each; they ask about the person, lifecycle about the state."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from ballots.models import Ballot, Elector
from communities.models import Community
from communities.seats import is_facilitator, seat_of
from proposals.models import CommitmentAsk
from words.compiled import compiled

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser


def can_prepare(user: "Person", community: Community) -> bool:
    """Facilitators prepare, announce and cancel ballots."""
    return is_facilitator(user, community.pk)


def can_run(user: "Person", ballot: Ballot) -> bool:
    return is_facilitator(user, ballot.community_id)


def can_enter_votes(user: "Person", ballot: Ballot) -> bool:
    """Paper and phone votes are entered by a facilitator."""
    return is_facilitator(user, ballot.community_id)


def elector_of(user: "Person", ballot: Ballot) -> Elector | None:
    """The person's line on the roll: the right to vote. The roll is taken at the opening, and leaving after it
    takes no vote away. One query."""
    if not user.is_authenticated:
        return None
    found: list[Elector] = _electors(ballot=ballot.pk, person=user.pk)
    return found[0] if found else None


@compiled
def _electors(*, ballot: UUID, person: UUID) -> QuerySet[Any]:
    return Elector.objects.filter(ballot_id=ballot, user_id=person).order_by()


def can_answer_advice(user: "Person", ballot: Ballot) -> bool:
    """Whoever sits here for an organisation."""
    seat = seat_of(user, ballot.community_id)
    return seat is not None and seat.organisation_id is not None


def must_answer_advice(user: "Person", ballot: Ballot) -> bool:
    """Whoever sits here for an organisation that still owes its answer to a vote that was advice."""
    seat = seat_of(user, ballot.community_id)
    if seat is None or seat.organisation_id is None or ballot.is_binding:
        return False
    asks = CommitmentAsk.objects.open().filter(ballot_reference=ballot.reference, community=ballot.community_id)
    return bool(asks.filter(organisation=seat.organisation_id).exists())
