"""Signing in: by code, with one answer for known and unknown addresses."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from record import clock


@pytest.fixture
def person(make_user):
    user = make_user("Amina Y")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def ask_for_code(client, address):
    return client.post(reverse("account_request_login_code"), {"email": address})


def test_the_first_page_asks_for_a_code(client):
    page = client.get("/account/login/")
    assert page.status_code == 200
    assert "You need no password" in page.text


def test_a_code_signs_in_and_leads_back(client, person):
    client.post(reverse("account_request_login_code"), {"email": person.email.upper(), "next": "/waiting/"})
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)[1]
    answer = client.post(reverse("account_confirm_login_code"), {"code": code, "next": "/waiting/"})
    assert answer.status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer(client, person):
    known = ask_for_code(client, person.email)
    client.logout()
    unknown = ask_for_code(client, "nobody@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [message.to for message in mail.outbox] == [[person.email], ["nobody@example.org"]]


def test_signing_up_with_a_known_address_says_nothing(person):
    def sign_up(address):
        return Client().post(reverse("account_signup"), {"email": address, "display_name": "Somebody"})

    known, unknown = sign_up(person.email), sign_up("new@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert User.objects.filter(email="new@example.org", display_name="Somebody").count() == 1
    assert User.objects.count() == 2


def test_a_wrong_code_is_refused_in_words(client, person):
    ask_for_code(client, person.email)
    page = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert page.status_code == 200
    assert "err" in page.text
    assert not client.session.get("_auth_user_id")


def test_a_new_code_can_be_asked_for(client, person):
    ask_for_code(client, person.email)
    page = client.get(reverse("account_confirm_login_code"))
    assert "Send a new code" in page.text
    assert page.text.count("We sent a code to") == 1
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert len(mail.outbox) == 2


def test_too_many_tries_send_no_more_mail(db):
    answers = [ask_for_code(Client(), f"somebody{n}@example.org") for n in range(25)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [200] * 5
    assert len(mail.outbox) == 20
    assert "Too many tries" in answers[-1].text


def test_too_many_sign_ups_are_stopped(db):
    words = {"display_name": "Somebody"}
    url = reverse("account_signup")
    answers = [Client().post(url, words | {"email": f"somebody{n}@example.org"}) for n in range(22)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_next_never_leads_away(client, person, target):
    client.post(reverse("account_request_login_code"), {"email": person.email, "next": target})
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)[1]
    answer = client.post(reverse("account_confirm_login_code"), {"code": code, "next": target})
    assert "evil" not in answer.get("Location", "")
    assert not answer.get("Location", "").startswith("javascript")


def test_signing_out_needs_a_button(client_of, person):
    client = client_of(person)
    client.get(reverse("account_logout"))
    assert client.session.get("_auth_user_id")
    client.post(reverse("account_logout"))
    assert not client.session.get("_auth_user_id")


def test_one_user_per_address_whatever_its_case(person, make_user):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="AMINA.Y@example.org", display_name="Twin")


PAGES = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_logout",
]
MINE = ["account_email", "account_set_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_signing_in_are_ours(client, db, name):
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert 'class="site-foot"' in page.text


@pytest.mark.parametrize("name", MINE)
def test_pages_of_the_account_are_ours(client, person, name):
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": clock.now().timestamp()}]
    session.save()
    page = client.get(reverse(name), follow=True)
    assert page.status_code == 200
    assert 'class="site-foot"' in page.text
