"""Invitations that go by e-mail."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail

from communities.actions.invitations import create_invitations, revoke_invitation
from communities.actions.mailing import send_invitations
from communities.codes import code_of
from communities.exceptions import NotValid
from communities.models import Invitation
from record import clock


@pytest.fixture
def invitation(community, facilitator):
    return create_invitations(
        community=community, acting_user=facilitator, addresses=[("Flat 3", "")], email="sue@example.org"
    )[0]


def test_the_code_goes_out_once(invitation):
    assert (send_invitations(), send_invitations()) == (1, 0)
    (message,) = mail.outbox
    assert message.to == ["sue@example.org"]
    assert code_of(invitation.pk) in message.body
    assert message.extra_headers["Message-ID"].startswith(f"<invitation.{invitation.pk.hex}@")
    assert "Flat 3" not in message.body  # the door is between facilitators


def test_a_letter_is_not_e_mailed(community, facilitator):
    create_invitations(community=community, acting_user=facilitator, addresses=[("Flat 3", "")])
    assert send_invitations() == 0


def test_one_taken_back_is_not_sent(invitation, facilitator):
    revoke_invitation(invitation=invitation, acting_user=facilitator)
    assert send_invitations() == 0


def test_a_server_that_is_away_is_asked_again_after_the_lease(invitation, monkeypatch):
    def away(self):
        raise OSError("no server")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", away)
        assert send_invitations() == 0
    assert send_invitations() == 0  # a worker may still be at it
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert send_invitations() == 1


def test_one_e_mail_invites_one_home(community, facilitator):
    with pytest.raises(NotValid):
        create_invitations(
            community=community, acting_user=facilitator, addresses=[("A", ""), ("B", "")], email="sue@example.org"
        )


def test_the_same_form_twice_makes_the_invitations_once(community, private_community, facilitator):
    words = {"acting_user": facilitator, "addresses": [("A", ""), ("B", "")], "submission": uuid.uuid4()}
    first = create_invitations(community=community, **words)
    again = create_invitations(community=community, **words)
    assert {row.pk for row in first} == {row.pk for row in again}
    assert Invitation.objects.count() == 2
