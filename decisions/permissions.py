"""Who may record a decision that no proposal led to."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from communities.models import Community
from communities.seats import is_facilitator, seat_of
from decisions.models import Decision

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser

OF_RESIDENTS = (Decision.DecidedBy.RESIDENTS, Decision.DecidedBy.TOGETHER)


def can_give_notice(user: "Person", community: Community) -> bool:
    """Whoever sits here for an organisation."""
    seat = seat_of(user, community.pk)
    return seat is not None and seat.organisation_id is not None


def can_overrule(user: "Person", decision: Decision) -> bool:
    """Whoever sits here for an organisation; only what residents had a binding say in can be overruled."""
    return decision.decided_by in OF_RESIDENTS and can_give_notice(user, decision.community)


def must_promise(user: "Person", decision: Decision, asks: Sequence[Any]) -> bool:
    """Whoever sits here for an organisation that still owes a word about it. No query where nobody does."""
    waiting = {ask.organisation_id for ask in asks if ask.is_open}
    seat = seat_of(user, decision.community_id) if waiting else None
    return seat is not None and seat.organisation_id in waiting


def can_decide_agreement(user: "Person", community: Community) -> bool:
    return is_facilitator(user, community.pk)
