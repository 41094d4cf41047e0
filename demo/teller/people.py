"""Making the people, the organisations and the place."""

from dataclasses import dataclass, field
from uuid import UUID

from allauth.account.models import EmailAddress

from accounts.models import User
from communities.actions.communities import create_community
from communities.actions.invitations import create_invitations, join_with_code
from communities.actions.memberships import appoint_member
from communities.codes import code_of
from communities.models import Community, Membership, Organisation
from demo.story.people import FACILITATOR, OFFICERS, ORGANISATIONS, PLACE, RESIDENTS, VOTERS
from demo.story.place_shapes import Officer, Resident


@dataclass
class Cast:
    """Everybody and everything by its key."""

    community: Community
    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    officer_of: dict[str, str] = field(default_factory=dict)  # officer → organisation
    invitations: dict[str, UUID] = field(default_factory=dict)


def make_place() -> Cast:
    """The community with its organisations, opened by an operator who then has no sign-in."""
    operator = User.objects.create_user(None, display_name="The operator", is_staff=True)
    organisations = {
        body.key: Organisation.objects.create(
            name=body.name,
            slug=body.key,
            sector=body.sector,
            summary=body.summary,
            second_pair_of_eyes=body.second_pair_of_eyes,
        )
        for body in ORGANISATIONS
    }
    facilitator = _make_user(FACILITATOR)
    community = create_community(
        acting_user=operator, organisations=organisations.values(), facilitator=facilitator, **PLACE
    )
    operator.is_active = operator.is_staff = False
    operator.save()
    cast = Cast(community, organisations=organisations)
    cast.users[FACILITATOR.key] = facilitator
    return cast


def seat_officers(cast: Cast) -> None:
    """The professionals get their seats from the facilitator."""
    for officer in OFFICERS:
        user = cast.users[officer.key] = _make_user(officer)
        cast.officer_of[officer.key] = officer.organisation
        appoint_member(
            community=cast.community,
            acting_user=cast.users[FACILITATOR.key],
            user=user,
            role=Membership.Role.PROFESSIONAL,
            organisation=cast.organisations[officer.organisation],
            job_title=officer.job,
        )


def write_letters(cast: Cast) -> None:
    """One invitation for each home that answers, and a few that nobody has used yet."""
    homes = (*RESIDENTS, *VOTERS)
    doors = [(f"{resident.area}, door {number + 1}", resident.area) for number, resident in enumerate(homes)]
    spare = [
        (f"{area}, door {number}", area) for number, area in enumerate(sorted({row.area for row in RESIDENTS}), 90)
    ]
    made = create_invitations(
        community=cast.community, acting_user=cast.users[FACILITATOR.key], addresses=doors + spare, days_valid=366
    )
    for resident, invitation in zip(homes, made, strict=False):
        cast.invitations[resident.key] = invitation.pk


def join(cast: Cast, resident: Resident) -> None:
    """A resident opens the letter and joins."""
    user = cast.users[resident.key] = _make_user(resident)
    join_with_code(acting_user=user, code=code_of(cast.invitations[resident.key]))


def _make_user(person: Officer | Resident) -> User:
    user = User.objects.create_user(person.email or None, display_name=person.name)
    if person.email:
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
    return user
