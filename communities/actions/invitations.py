"""Invitations: made, taken back, used once."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.codes import code_of, digest_of
from communities.exceptions import LockedOut, NotAllowed, NotNow, NotValid
from communities.guards import locked_community
from communities.models import Community, Invitation, InvitationGuess, Membership
from communities.seats import actor_in, forget_seats
from record import clock
from record.announcements import Actor, announce
from record.ids import uuid7

MOST_AT_ONCE = 500
LONGEST_VALID = 366  # days
GUESS_MINUTES = 60
GUESSES_OF_A_PERSON = 10
GUESSES_OF_AN_ADDRESS = 50


@transaction.atomic
def create_invitations(
    *,
    community: Community,
    acting_user: User,
    addresses: Sequence[tuple[str, str]],
    days_valid: int = 90,
    email: str = "",
    submission: UUID | None = None,
) -> list[Invitation]:
    """One invitation for each (door, area). The record says how many, never for whom.

    With `email`, the one code goes there (communities.actions.mailing) and not through a letter box. The same
    `submission` twice makes the invitations once.
    """
    if not permissions.can_facilitate(acting_user, community):
        raise NotAllowed(_("Only a facilitator can invite residents."))
    if not addresses:
        raise NotValid(_("Give at least one address."), field="addresses")
    if len(addresses) > MOST_AT_ONCE:
        raise NotValid(_("Make at most %(most)d at once.") % {"most": MOST_AT_ONCE}, field="addresses")
    if not 1 <= days_valid <= LONGEST_VALID:
        raise NotValid(_("Choose between 1 and %(most)d days.") % {"most": LONGEST_VALID}, field="days_valid")
    if email and len(addresses) != 1:
        raise NotValid(_("One e-mail invites one home."), field="email")
    locked_community(community.pk)  # the same form twice at once
    ids = _ids_for(community, submission, len(addresses))
    made = list(community.invitations.filter(pk__in=ids).order_by("label", "id")) if submission else []
    if made:
        return made
    moment = clock.now()  # what was made together is printed together
    invitations = []
    for invitation_id, (label, area) in zip(ids, addresses, strict=True):
        invitations.append(
            Invitation(
                id=invitation_id,
                community=community,
                code_digest=digest_of(code_of(invitation_id)),
                label=label.strip()[:120],
                area=area.strip()[:80],
                email=email,
                created_by=acting_user,
                created_at=moment,
                expires_at=moment + timedelta(days=days_valid),
            )
        )
    Invitation.objects.bulk_create(invitations, batch_size=200)
    announce(
        "invitation.created",
        subject=community,
        community=community,
        actor=actor_in(acting_user, community),
        payload={"count": len(invitations)},
    )
    return invitations


def _ids_for(community: Community, submission: UUID | None, count: int) -> list[UUID]:
    """Ids for the invitations of one form: the same ones when it is sent again."""
    if submission is None:
        return [uuid7() for _number in range(count)]
    return [uuid5(uuid5(community.pk, str(submission)), str(number)) for number in range(count)]


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, acting_user: User) -> Invitation:
    """Take an unused invitation back. Twice changes nothing."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("community").get(pk=invitation.pk)
    if not permissions.can_facilitate(acting_user, invitation.community):
        raise NotAllowed(_("Only a facilitator can take an invitation back."))
    if invitation.revoked_at is not None:
        return invitation
    if invitation.used_at is not None:
        raise NotNow(_("This invitation was used. Look at the members instead."))
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at"])
    announce(
        "invitation.revoked",
        subject=invitation.community,
        community=invitation.community,
        actor=actor_in(acting_user, invitation.community),
        payload={"count": 1},
    )
    return invitation


def join_with_code(
    *, acting_user: User, code: str, community: Community | None = None, address: str | None = None
) -> Membership:
    """The holder of an invitation becomes a verified resident, once.

    `address` is where the request came from, for the lock against guessing. A code that is wrong, used, run
    out or taken back gets one and the same answer. The guess is kept although the joining is refused.
    """
    _refuse_guessing(acting_user, address)
    invitation_id = _find(code, community)
    if invitation_id is not None:
        membership = _join(invitation_id, acting_user)
        if membership is not None:
            forget_seats(acting_user)
            return membership
    InvitationGuess.objects.create(user=acting_user, address=address)
    raise NotValid(
        _("This code does not open the door. Look at the letter again, or ask your facilitator for a new one."),
        field="code",
    )


def _find(code: str, community: Community | None) -> UUID | None:
    found = Invitation.objects.filter(code_digest=digest_of(code))
    if community is not None:
        found = found.filter(community=community)
    return found.values_list("pk", flat=True).first()


@transaction.atomic
def _join(invitation_id: UUID, user: User) -> Membership | None:
    """Use the invitation under its lock; None where somebody was first or it is over."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("community").get(pk=invitation_id)
    community = invitation.community
    seat = Membership.objects.select_for_update().filter(user=user, community=community, ended_at=None).first()
    if invitation.used_by_id == user.pk and seat is not None:
        return seat  # a second tap
    if invitation.used_at or invitation.revoked_at or invitation.expires_at < clock.now():
        return None
    if seat is not None and seat.role != Membership.Role.RESIDENT:
        raise NotNow(_("You have a seat here already, as %(role)s.") % {"role": seat.get_role_display().lower()})
    if seat is not None and seat.verified_at is not None:
        raise NotNow(_("You are a verified resident here already. Keep the code for somebody at your home."))
    if seat is None:
        seat = Membership(user=user, community=community, role=Membership.Role.RESIDENT)
    seat.verified_at = clock.now()
    seat.area = seat.area or invitation.area
    seat.save()
    invitation.used_at = clock.now()
    invitation.used_by = user
    invitation.save(update_fields=["used_at", "used_by"])
    Community.objects.filter(pk=community.pk).update(residents_count=F("residents_count") + 1, updated_at=clock.now())
    announce(
        "membership.joined",
        subject=seat,
        community=community,
        actor=Actor(role="resident", user_id=user.pk),
        payload={"role": "resident"},
    )
    return seat


def _refuse_guessing(user: User, address: str | None) -> None:
    """Ten wrong codes an hour for a person, fifty for an address: then wait."""
    since = clock.now() - timedelta(minutes=GUESS_MINUTES)
    recent = InvitationGuess.objects.filter(at__gt=since)
    by_address = recent.filter(address=address) if address else recent.none()
    for guesses, most in ((recent.filter(user=user), GUESSES_OF_A_PERSON), (by_address, GUESSES_OF_AN_ADDRESS)):
        times = list(guesses.order_by("-at").values_list("at", flat=True)[:most])
        if len(times) == most:
            waits = times[-1] + timedelta(minutes=GUESS_MINUTES) - clock.now()
            minutes = max(int(waits.total_seconds() // 60) + 1, 1)
            raise LockedOut(
                _("Too many wrong codes. Try again in %(minutes)d minutes, or call us.") % {"minutes": minutes},
                minutes=minutes,
            )
