"""An open vote with every resident on its roll, made by the actions that a facilitator uses."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from ballots.actions.announcing import announce_ballot
from ballots.actions.preparing import add_option, start_ballot
from ballots.actions.running import open_ballot
from ballots.models import Ballot
from communities.models import Community, Membership
from record import clock

OPTIONS = ("Light the path", "Mend the lift", "Paint the stairs", "Open the garden", "Warm the hall", "Move the bins")


@transaction.atomic
def open_a_vote(community: Community) -> Ballot:
    """The open vote of this community; a new one where there is none. It closes in a month."""
    there = Ballot.objects.filter(community=community, state=Ballot.State.OPEN).first()
    if there is not None:
        return there
    facilitator = _facilitator(community)
    now = clock.now()
    with clock.at(now - timedelta(days=2)):
        ballot = start_ballot(
            community=community,
            acting_user=facilitator,
            submission=uuid4(),
            question="What should be done first?",
            seats=2,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=30),
        )
        for title in OPTIONS:
            add_option(ballot=ballot, acting_user=facilitator, title=title)
        ballot = announce_ballot(ballot=ballot, acting_user=facilitator)
    open_ballot(ballot=ballot)
    ballot.refresh_from_db()
    return ballot


def _facilitator(community: Community) -> User:
    person = User.objects.create(
        email=f"facilitator@{community.slug}.example",
        display_name="Facilitator",
        password=make_password(None),  # nobody signs in with it
    )
    Membership.objects.create(user=person, community=community, role=Membership.Role.FACILITATOR)
    return person
