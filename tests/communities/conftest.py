"""People and letters that the pages of this room are tested with."""

import pytest

from accounts.models import User
from communities.actions.invitations import create_invitations
from communities.models import Community, Invitation


@pytest.fixture
def stranger(make_user) -> User:
    """Sue: signed up, and sits nowhere."""
    return make_user("Sue Stranger")


@pytest.fixture
def invitation(community: Community, facilitator: User) -> Invitation:
    return create_invitations(
        community=community, acting_user=facilitator, addresses=[("Flat 3, Heron House", "Heron House")]
    )[0]


@pytest.fixture
def host(make_user, private_community: Community) -> User:
    """A facilitator of the private community."""
    return make_user("Pat Host", private_community, "facilitator")
