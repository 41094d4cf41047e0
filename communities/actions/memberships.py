"""Seats at the table: given and ended."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.exceptions import NotAllowed, NotNow, NotValid
from communities.guards import locked_community
from communities.models import Community, Membership, Organisation
from communities.seats import actor_in, forget_seats
from record import clock
from record.announcements import announce


@transaction.atomic
def appoint_member(
    *,
    community: Community,
    acting_user: User,
    user: User,
    role: str,
    organisation: Organisation | None = None,
    job_title: str = "",
) -> Membership:
    """Give a professional or facilitator a seat. Residents join with a code. The same twice changes nothing."""
    if not permissions.can_appoint(acting_user, community):
        raise NotAllowed(_("Only a facilitator can give a seat."))
    if role not in (Membership.Role.PROFESSIONAL, Membership.Role.FACILITATOR):
        raise NotValid(_("Choose professional or facilitator."), field="role")
    if (role == Membership.Role.PROFESSIONAL) != (organisation is not None):
        raise NotValid(_("A professional sits here for one organisation, and nobody else does."), field="organisation")
    if organisation is not None and not community.organisations.filter(pk=organisation.pk).exists():
        raise NotValid(_("This organisation does not sit in this community."), field="organisation")
    seat = Membership.objects.select_for_update().filter(user=user, community=community, ended_at=None).first()
    if seat is not None:
        if (seat.role, seat.organisation_id) == (role, organisation.pk if organisation else None):
            return seat
        raise NotNow(_("This person has another seat here. End that one first."))
    seat = Membership.objects.create(
        user=user, community=community, role=role, organisation=organisation, job_title=job_title.strip()[:80]
    )
    forget_seats(user)
    announce(
        "membership.appointed",
        subject=seat,
        community=community,
        actor=actor_in(acting_user, community),
        payload={
            "role": role,
            "organisation": str(organisation.pk) if organisation else None,
            "name": user.display_name,
        },
    )
    return seat


@transaction.atomic
def end_membership(*, membership: Membership, acting_user: User) -> Membership:
    """End a seat. What the person said and backed stays. The last facilitator stays until there is another."""
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("community", "organisation", "user")
        .get(pk=membership.pk)
    )
    community = membership.community
    if not permissions.can_end(acting_user, membership):
        raise NotAllowed(_("Only the person or a facilitator can end this seat."))
    if membership.ended_at is not None:
        return membership
    locked_community(community.pk)  # two last facilitators do not leave at once
    if membership.role == Membership.Role.FACILITATOR:
        others = Membership.objects.current().filter(community=community, role=membership.role)
        if not others.exclude(pk=membership.pk).exists():
            raise NotNow(_("You are the only facilitator here. Give somebody else the seat first."))
    actor = actor_in(acting_user, community, named=False)
    membership.ended_at = clock.now()
    membership.save(update_fields=["ended_at"])
    if membership.verified_at is not None:
        Community.objects.filter(pk=community.pk).update(
            residents_count=F("residents_count") - 1, updated_at=clock.now()
        )
    forget_seats(membership.user)
    forget_seats(acting_user)
    announce(
        "membership.ended",
        subject=membership,
        community=community,
        actor=actor,
        payload={
            "role": membership.role,
            "organisation": str(membership.organisation_id) if membership.organisation_id else None,
        },
    )
    return membership
