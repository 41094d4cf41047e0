"""Password, second step, passkeys and limits: what stands beside the code by e-mail."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.models import User
from config.cache import SharedCache

PASSWORD = "three words in a row"


@pytest.fixture
def person(make_user):
    user = make_user("Amina Y")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, person, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def code_in(message):
    return re.search(r"^([A-Z0-9-]{6,})$", message.body, re.MULTILINE)[1]


def test_a_password_signs_in(client, person):
    assert "Your password" in client.get(reverse("account_login")).text
    assert sign_in(client, person).status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person):
    def words(address):
        page = client.post(reverse("account_login"), {"login": address, "password": "not the right one"})
        return re.sub(r'value="[^"]*"', "", page.text)

    assert words(person.email) == words("nobody@example.org")


def test_the_second_step_is_asked_for(client, person):
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person).get_unused_codes()
    assert sign_in(client, person).url == reverse("mfa_authenticate")
    assert client.get(reverse("accounts:account")).status_code == 302
    page = client.get(reverse("mfa_authenticate"))
    assert "one of your spare codes" in page.text
    assert "Use my passkey" not in page.text
    assert "That is not the code" in client.post(reverse("mfa_authenticate"), {"code": "000000"}).text
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert client.get(reverse("accounts:account")).status_code == 200


def test_the_picture_for_the_app_is_dark_on_white_in_every_theme(client, person):
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    picture = page.context["totp_svg"]
    assert 'fill="#fff"' in picture
    assert 'stroke="#000"' in picture


def test_a_forgotten_password_is_replaced_with_a_code(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    code = next(code_in(message) for message in mail.outbox if message.to == [person.email])
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    new = "another row of words"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})
    assert authenticate(email=person.email, password=new) == person


@pytest.mark.parametrize("password", ["short", "1234567890"])
def test_a_weak_password_is_refused(client, make_user, password):
    user = make_user("Nadia")
    client.force_login(user)
    page = client.post(reverse("account_set_password"), {"password1": password, "password2": password})
    assert page.status_code == 200
    user.refresh_from_db()
    assert not user.has_usable_password()


NO_PASSKEYS = [
    "",
    "{",
    "[]",
    "[1]",
    "null",
    "1e999",
    "NaN",
    '"x"',
    '{"a": 1}',
    '{"id": "x", "response": {}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "eA", "clientDataJSON": "eA"}}',
    '{"id": 1, "rawId": [], "response": "x", "type": {}}',
    '{"response": {"userHandle": "__79_Q"}}',
    '{"response": []}',
]


@pytest.mark.parametrize("sent", NO_PASSKEYS)
def test_what_is_no_passkey_is_refused_in_words(client, person, sent):
    client.force_login(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "Add a passkey" in client.get(reverse("mfa_add_webauthn")).text
    page = client.post(reverse("mfa_add_webauthn"), {"name": "My phone", "credential": sent})
    assert page.status_code == 200
    assert not Authenticator.objects.exists()
    stranger = Client()
    stranger.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert stranger.post(reverse("mfa_login_webauthn"), {"credential": sent}).status_code in (200, 302)
    assert not stranger.session.get("_auth_user_id")


def test_a_new_address_counts_once_its_code_is_typed(client, person, make_user):
    client.force_login(person)
    client.post(reverse("account_email"), {"email": "New@Example.org", "action_add": ""})
    person.refresh_from_db()
    assert person.email == "amina.y@example.org"
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["new@example.org"]


def test_nobody_takes_the_address_of_somebody_else(client, person, make_user):
    other = make_user("Nadia")
    client.force_login(other)
    answer = client.post(reverse("account_email"), {"email": person.email.upper(), "action_add": ""})
    assert answer.url == reverse("account_email_verification_sent")  # the same answer as for a free address
    assert User.objects.filter(email__iexact=person.email).count() == 1


def test_an_operator_made_in_the_shell_signs_in_with_one_code(client, db):
    call_command("createsuperuser", email="Root@example.org", display_name="Root", interactive=False)
    client.post(reverse("account_request_login_code"), {"email": "root@example.org"})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])})
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "claimed", "counted"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (1, "", "127.0.0.1"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
    ],
)
def test_only_our_own_proxies_say_where_a_try_comes_from(settings, proxies, claimed, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": claimed} if claimed else {}
    assert AccountAdapter().get_client_ip(RequestFactory().get("/", headers=headers)) == counted


def test_a_forged_address_does_not_open_the_limit(db):
    for n in range(25):
        headers = {"x-forwarded-for": f"203.0.113.{n}"}
        client = Client(headers=headers)
        page = client.post(reverse("account_request_login_code"), {"email": f"somebody{n}@example.org"})
    assert "Too many tries" in page.text


def test_without_the_shared_cache_people_still_sign_in():
    away = SharedCache("redis://127.0.0.1:1/0", {"OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.2}})
    assert away.add("allauth:rl:login:lock", True) is True
    assert away.add("anything else", True) is None
    assert away.get("allauth:rl:login", []) == []
