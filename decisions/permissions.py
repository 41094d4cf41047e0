"""Who may record a decision that no proposal led to."""

from typing import TYPE_CHECKING

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


def can_decide_agreement(user: "Person", community: Community) -> bool:
    return is_facilitator(user, community.pk)
