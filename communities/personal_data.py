"""What this room holds of a person, and how it is erased."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.addresses import addresses_of
from accounts.models import User
from communities.models import Community, Invitation, InvitationGuess, Membership
from communities.seats import forget_seats
from record import clock


def export(user: User) -> dict[str, Any]:
    """Seats, and the invitations that the person used."""
    return {
        "seats": list(
            Membership.objects.filter(user=user).values(
                "community__name", "role", "organisation__name", "job_title", "area", "joined_at", "ended_at"
            )
        ),
        "invitations_used": list(Invitation.objects.filter(used_by=user).values("community__name", "label", "used_at")),
    }


def erase(user: User) -> None:
    """Seats end, the block or street goes, and no invitation leads to the person any more.

    Rooms erase in the order of their names, so seats end before words are looked for (see communities.seats.seated)."""
    if Membership.objects.filter(user=user).exclude(role=Membership.Role.RESIDENT).exists():
        user.display_name = _("Former member of staff")  # not a resident: it stands beside what they wrote for others
    for seat in Membership.objects.select_for_update().filter(user=user, ended_at=None):
        if seat.verified_at is not None:
            Community.objects.filter(pk=seat.community_id).update(residents_count=F("residents_count") - 1)
    Membership.objects.filter(user=user, ended_at=None).update(ended_at=clock.now())
    Membership.objects.filter(user=user).update(area="", job_title="")
    _erase_invitations(user)
    InvitationGuess.objects.filter(user=user).delete()
    forget_seats(user)


def _erase_invitations(user: User) -> None:
    """Those that they used, and those that were sent to an address of theirs, which nobody is to use any more."""
    theirs = Q(used_by=user)
    for address in addresses_of(user):
        theirs |= Q(email__iexact=address)
    found = Invitation.objects.filter(theirs)
    found.filter(used_at=None, revoked_at=None).update(revoked_at=clock.now())
    Invitation.objects.filter(theirs).update(used_by=None, label="", email="")
