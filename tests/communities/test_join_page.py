"""Joining with the code of a letter."""

import pytest
from django.test import Client

from communities.actions.invitations import create_invitations
from communities.codes import code_of, normal
from communities.models import InvitationGuess, Membership


@pytest.fixture
def code(invitation) -> str:
    return code_of(invitation.pk)


@pytest.mark.parametrize("url", ["/join/", "/join/{code}/", "/c/larkfield/join/"])
def test_the_code_gives_a_seat(client_of, stranger, code, url):
    browser = client_of(stranger)
    assert browser.get(url.format(code=code)).status_code == 200
    response = browser.post(url.format(code=code), {"code": code})
    assert (response.status_code, response["Location"]) == (302, "/c/larkfield/")
    assert Membership.objects.get(user=stranger).verified_at is not None


def test_opening_the_link_uses_nothing_up(client_of, stranger, invitation, code):
    browser = client_of(stranger)
    for _time in range(3):
        assert browser.get(f"/join/{code}/").status_code == 200
    invitation.refresh_from_db()
    assert invitation.used_at is None
    assert not InvitationGuess.objects.exists()


def test_the_link_does_not_say_whether_the_code_is_right(client_of, stranger, code):
    browser = client_of(stranger)
    right = browser.get(f"/join/{code}/").content.decode()
    assert "Larkfield" not in right
    assert browser.get("/join/00000-00000/").status_code == 200


def test_a_visitor_signs_in_and_comes_back_with_the_code(client: Client, code):
    assert f"next=/join/{code}/" in client.get(f"/join/{code}/")["Location"]
    assert f"next=/join/{normal(code)}/" in client.post("/join/", {"code": code})["Location"]
    assert "next=/join/" in client.post("/join/", {"code": "\x00?!"})["Location"]


def test_a_second_tap_is_welcome_too(client_of, stranger, code):
    browser = client_of(stranger)
    for _tap in range(2):
        assert browser.post("/join/", {"code": code})["Location"] == "/c/larkfield/"
    assert Membership.objects.filter(user=stranger).count() == 1


@pytest.mark.parametrize("typed", ["", "wrong", "\x00", "Ω" * 30, "x" * 10_000, "\u202eEDOC"])
def test_a_wrong_code_is_answered_in_words_and_kept(client_of, stranger, db, typed):
    response = client_of(stranger).post("/join/", {"code": typed})
    assert response.status_code == 200
    assert 'class="errors"' in response.content.decode()


def test_too_many_wrong_codes_lock_out_and_say_for_how_long(client_of, stranger, code):
    browser = client_of(stranger)
    for n in range(10):
        assert browser.post("/join/", {"code": f"WRONG-{n}"}).status_code == 200
    response = browser.post("/join/", {"code": code})
    assert response.status_code == 429
    assert "Try again in" in response.content.decode()
    assert not Membership.objects.filter(user=stranger).exists()


@pytest.mark.parametrize("who", ["professional", "facilitator"])
def test_staff_do_not_become_tenants(request, client_of, code, who):
    response = client_of(request.getfixturevalue(who)).post("/join/", {"code": code})
    assert "You have a seat here already" in response.content.decode()


def test_the_code_of_one_community_does_not_open_another(client_of, stranger, make_user, private_community, host):
    other = create_invitations(community=private_community, acting_user=host, addresses=[("Bed 4", "")])[0]
    browser = client_of(stranger)
    assert browser.get("/c/marrow-ward/join/").status_code == 404
    assert browser.post("/join/", {"code": code_of(other.pk)})["Location"] == "/c/marrow-ward/"
    assert browser.get("/c/marrow-ward/").status_code == 200
