"""A resident without e-mail gets a seat by the code on their letter, typed in by a facilitator."""

import pytest
from django.test import Client

from accounts.models import User
from communities.actions.without_email import seat_without_email
from communities.codes import code_of
from communities.exceptions import NotAllowed, NotValid
from communities.models import Community, Invitation, Membership

PAGE = "/c/larkfield/facilitate/members/paper/"


def test_the_letter_makes_one_resident_once(community: Community, facilitator: User, invitation: Invitation) -> None:
    given = {"community": community, "acting_user": facilitator, "code": code_of(invitation.pk)}
    seat = seat_without_email(display_name="Nana Pat", **given)
    assert seat.verified_at is not None
    assert (seat.user.email, seat.user.has_usable_password(), seat.area) == (None, False, "Heron House")
    with pytest.raises(NotValid):
        seat_without_email(display_name="Somebody else", **given)
    assert not User.objects.filter(display_name="Somebody else").exists()
    community.refresh_from_db()
    assert community.residents_count == Membership.objects.residents().filter(community=community).count() == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_is_needed(name: str, community: Community, facilitator: User, invitation: Invitation) -> None:
    with pytest.raises(NotValid):
        seat_without_email(community=community, acting_user=facilitator, display_name=name, code=code_of(invitation.pk))


def test_only_a_facilitator_of_this_place(
    community: Community, resident: User, host: User, invitation: Invitation
) -> None:
    for user in (resident, host):
        with pytest.raises(NotAllowed):
            seat_without_email(community=community, acting_user=user, display_name="Pat", code=code_of(invitation.pk))


def test_the_page_keeps_what_was_typed(facilitator: User, invitation: Invitation, client: Client) -> None:
    client.force_login(facilitator)
    response = client.post(PAGE, {"display_name": "Nana Pat", "code": "AAAAA-AAAAA"})
    assert response.status_code == 200
    assert "Nana Pat" in response.text
    assert client.post(PAGE, {"display_name": "Nana Pat", "code": code_of(invitation.pk)}).status_code == 302
    assert "Nana Pat" in client.get("/c/larkfield/facilitate/members/").text
