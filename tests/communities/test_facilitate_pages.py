"""What facilitators do with people: seats, invitations, letters."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities.actions.invitations import create_invitations, join_with_code
from communities.codes import code_of
from communities.models import Invitation, Membership

PAGES = ["", "members/", "members/new/", "invitations/", "invitations/email/", "letters/"]


@pytest.mark.parametrize("page", PAGES)
def test_who_may_see_them(client: Client, client_of, request, community, facilitator, page):
    url = f"/c/larkfield/facilitate/{page}"
    assert client.get(url).status_code == 302
    assert client_of(facilitator).get(url).status_code == 200
    for who in ("resident", "professional", "outsider", "staff"):
        assert client_of(request.getfixturevalue(who)).get(url).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_private_community_is_not_there_for_others(client_of, facilitator, private_community, host, page):
    url = f"/c/marrow-ward/facilitate/{page}"
    assert client_of(facilitator).get(url).status_code == 404
    assert client_of(host).get(url).status_code == 200


def test_letters_are_made_from_pasted_lines_once(client_of, facilitator, community):
    browser = client_of(facilitator)
    form = {
        "addresses": "Flat 1, Heron House\r\n\r\nFlat 2, Heron House\n3 Mill Lane",
        "days_valid": "30",
        "submission": str(uuid.uuid4()),
    }
    for _tap in range(2):
        assert browser.post("/c/larkfield/facilitate/invitations/", form).status_code == 302
    made = Invitation.objects.filter(community=community).order_by("label")
    assert [(row.label, row.area) for row in made] == [
        ("3 Mill Lane", ""),
        ("Flat 1, Heron House", "Heron House"),
        ("Flat 2, Heron House", "Heron House"),
    ]


@pytest.mark.parametrize(
    "form",
    [
        {"addresses": "", "days_valid": "30"},
        {"addresses": "\n".join(f"Flat {n}" for n in range(501)), "days_valid": "30"},
        {"addresses": "x" * 500, "days_valid": "30"},
        {"addresses": "Flat 1", "days_valid": "0"},
        {"addresses": "Flat 1", "days_valid": "99999999999999999999"},
        {"addresses": "Flat 1", "days_valid": "NaN"},
        {"addresses": "\x00", "days_valid": "30"},
    ],
)
def test_what_cannot_be_a_letter_is_refused(client_of, facilitator, community, form):
    response = client_of(facilitator).post("/c/larkfield/facilitate/invitations/", form)
    assert response.status_code == 200
    assert 'class="errors"' in response.content.decode()
    assert not Invitation.objects.exists()


def test_the_list_says_what_became_of_each_and_never_the_code(client_of, facilitator, invitation, stranger):
    html = client_of(facilitator).get("/c/larkfield/facilitate/invitations/").content.decode()
    assert "Flat 3, Heron House" in html
    assert code_of(invitation.pk) not in html
    join_with_code(acting_user=stranger, code=code_of(invitation.pk))
    html = client_of(facilitator).get("/c/larkfield/facilitate/invitations/").content.decode()
    assert "Used on" in html
    assert "Sue" not in html  # who lives behind which door is nobody's to see


def test_a_letter_has_its_code_and_a_picture_of_the_link(client_of, facilitator, invitation, community):
    create_invitations(community=community, acting_user=facilitator, addresses=[("Flat 9", "")])
    html = client_of(facilitator).get("/c/larkfield/facilitate/letters/").content.decode()
    assert html.count("<article") == len(re.findall(r'<svg[^>]*class="qr"', html)) == 2
    assert re.search(r"<svg[^>]*viewBox=", html)  # whole at any size: the stylesheet sets it
    assert code_of(invitation.pk) in html
    assert "style=" not in html
    one = client_of(facilitator).get(f"/c/larkfield/facilitate/letters/{invitation.pk}/").content.decode()
    assert one.count("<article") == 1


def test_five_hundred_letters(client_of, facilitator, community):
    doors = [(f"Flat {n}", "") for n in range(500)]
    create_invitations(community=community, acting_user=facilitator, addresses=doors)
    browser = client_of(facilitator)
    with CaptureQueriesContext(connection) as queries:
        html = browser.get("/c/larkfield/facilitate/letters/").content.decode()
    assert html.count("<article") == 500
    assert len(queries) <= 8


def test_taken_back(client_of, facilitator, resident, invitation):
    url = f"/c/larkfield/facilitate/invitations/{invitation.pk}/revoke/"
    assert client_of(resident).post(url).status_code == 403
    assert client_of(facilitator).get(url).status_code == 302
    for _tap in range(2):
        assert client_of(facilitator).post(url).status_code == 302
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert client_of(facilitator).get(f"/c/larkfield/facilitate/letters/{invitation.pk}/").status_code == 404


def test_another_communitys_invitation_is_not_there(client_of, invitation, host):
    url = f"/c/marrow-ward/facilitate/invitations/{invitation.pk}/revoke/"
    assert client_of(host).post(url).status_code == 404


def test_a_code_by_e_mail(client_of, facilitator, community):
    form = {"email": "sue@example.org", "label": "Flat 3, Heron House", "submission": str(uuid.uuid4())}
    for _tap in range(2):
        assert client_of(facilitator).post("/c/larkfield/facilitate/invitations/email/", form).status_code == 302
    row = Invitation.objects.get()
    assert (row.email, row.area) == ("sue@example.org", "Heron House")
    letters = client_of(facilitator).get("/c/larkfield/facilitate/letters/").content.decode()
    assert code_of(row.pk) not in letters


def test_a_seat_is_given_by_e_mail_address(client_of, facilitator, stranger, landlord):
    form = {"email": "SUE.stranger@example.org", "role": "professional", "organisation": landlord.pk, "job_title": "x"}
    response = client_of(facilitator).post("/c/larkfield/facilitate/members/new/", form)
    assert response.status_code == 302
    assert Membership.objects.get(user=stranger).organisation == landlord


@pytest.mark.parametrize(
    "change",
    [
        {"email": "nobody@example.org"},
        {"email": "\x00"},
        {"role": "resident"},
        {"organisation": ""},
        {"organisation": "1"},
    ],
)
def test_a_seat_that_does_not_fit_is_refused_in_words(client_of, facilitator, stranger, landlord, change):
    form = {"email": stranger.email, "role": "professional", "organisation": str(landlord.pk)} | change
    response = client_of(facilitator).post("/c/larkfield/facilitate/members/new/", form)
    assert response.status_code == 200
    assert 'class="errors"' in response.content.decode()
    assert not Membership.objects.filter(user=stranger).exists()


def test_legal_names_are_not_in_the_list(client_of, facilitator, resident):
    type(resident).objects.filter(pk=resident.pk).update(legal_name="Amina Secret", address="3 Hidden Road")
    html = client_of(facilitator).get("/c/larkfield/facilitate/members/").content.decode()
    assert "Amina Y" in html
    assert not re.search("Secret|Hidden|@example", html)


def test_a_seat_is_ended_after_a_question(client_of, facilitator, resident, community):
    seat = Membership.objects.get(user=resident)
    url = f"/c/larkfield/facilitate/members/{seat.pk}/end/"
    assert client_of(facilitator).get(url).status_code == 200
    assert client_of(resident).post(url).status_code == 403
    assert client_of(facilitator).post(url).status_code == 302
    seat.refresh_from_db()
    assert seat.ended_at is not None
    assert client_of(facilitator).post(url).status_code == 404  # the second tap: it has ended


def test_leaving(client_of, resident, stranger, community):
    browser = client_of(resident)
    assert browser.get("/c/larkfield/leave/").status_code == 200
    for _tap in range(2):
        assert browser.post("/c/larkfield/leave/").status_code == 302
    assert Membership.objects.get(user=resident).ended_at is not None
    assert client_of(stranger).post("/c/larkfield/leave/").status_code == 302


def test_the_only_facilitator_stays(client_of, facilitator, community):
    response = client_of(facilitator).post("/c/larkfield/leave/", follow=True)
    assert "the only facilitator" in response.content.decode()
    assert Membership.objects.get(user=facilitator).ended_at is None


@pytest.mark.parametrize("page", ["members/", "invitations/"])
def test_the_same_few_queries_for_one_row_and_for_twenty(client_of, facilitator, community, make_user, page):
    browser = client_of(facilitator)
    counts = []
    for rows in (1, 19):
        for n in range(rows):
            make_user(f"Row {rows} {n}", community)
            create_invitations(community=community, acting_user=facilitator, addresses=[(f"{rows} {n}", "")])
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/c/larkfield/facilitate/{page}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
