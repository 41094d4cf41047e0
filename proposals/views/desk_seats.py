"""Whose desk it is: the seats that a person has for organisations, and what hangs on them."""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Membership
from communities.seats import seats_of
from proposals import permissions
from proposals.exceptions import NotAllowed
from proposals.models import Ask


def desk_seats(user: User) -> list[Membership]:
    """The person's seats for organisations, the oldest first. Raises NotAllowed where there are only others."""
    seats = seats_of(user).values()
    for_organisations = [seat for seat in seats if seat.role == Membership.Role.PROFESSIONAL]
    if seats and not for_organisations:
        raise NotAllowed(_("The desk is for people who work for an organisation here, such as the landlord."))
    return sorted(for_organisations, key=lambda seat: seat.joined_at)


def required_seats(user: User) -> list[Membership]:
    """As desk_seats, refusing also whoever has no seat at all."""
    seats = desk_seats(user)
    if not seats:
        raise NotAllowed(_("The desk is for people who work for an organisation here, such as the landlord."))
    return seats


def of_seats(seats: list[Membership], community: str) -> Q:
    """A condition on rows with an `organisation`, and a community at the path `community`: of one of the seats."""
    nothing = Q(pk__in=[])
    pairs = (Q(**{"organisation_id": seat.organisation_id, community: seat.community_id}) for seat in seats)
    return reduce(or_, pairs, nothing)


def ask_or_404(request: HttpRequest, ask: UUID) -> Ask:
    """An ask that the person may answer. Who may not see its community gets 404, who may not answer is refused."""
    rows = Ask.objects.visible_to(request.user).select_related(
        "organisation", "proposal__community", "proposal__topic", "draft__edited_by", "draft__second_look_by"
    )
    found: Ask = get_object_or_404(rows, pk=ask)
    if not permissions.can_respond(request.user, found):
        raise NotAllowed(_("Only the organisation that was asked can answer."))
    return found
