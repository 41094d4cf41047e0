"""A session is looked up again on each request: what ended in between has ended."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Session, User
from accounts.sessions import SessionStore
from accounts.tasks import clear_expired_sessions
from record import clock

PAGE = "/inbox/"


@pytest.fixture
def browser(resident: User) -> Client:
    client = Client()
    client.force_login(resident)
    assert client.get(PAGE).status_code == 200
    return client


def test_who_was_switched_off_is_signed_out(browser: Client, resident: User) -> None:
    User.objects.filter(pk=resident.pk).update(is_active=False)
    assert browser.get(PAGE).status_code == 302


def test_a_new_password_ends_the_session(browser: Client, resident: User) -> None:
    resident.set_password("another one")
    resident.save()
    assert browser.get(PAGE).status_code == 302


def test_a_session_that_is_too_old_has_ended(browser: Client) -> None:
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert browser.get(PAGE).status_code == 302


def test_a_session_knows_whose_it_is(browser: Client, resident: User) -> None:
    """One that is nobody’s is nobody’s; and what has ended is cleared away."""
    assert Session.objects.get().user == resident
    anonymous = SessionStore()
    anonymous["words"] = "kept"
    anonymous.save()
    assert Session.objects.get(pk=anonymous.session_key).user is None
    Session.objects.filter(user=resident).update(expire_date=clock.now() - timedelta(seconds=1))
    clear_expired_sessions()
    assert Session.objects.get().pk == anonymous.session_key


def test_who_signs_in_as_somebody_else_is_somebody_else(browser: Client, neighbour: User) -> None:
    browser.force_login(neighbour)
    assert browser.get(PAGE).context["user"] == neighbour


def test_a_session_that_was_deleted_has_ended(browser: Client) -> None:
    Session.objects.all().delete()
    assert browser.get(PAGE).status_code == 302


@pytest.mark.django_db
def test_nobody_chooses_the_key_of_their_session() -> None:
    """A key that is not known is not taken over: what is kept next gets a new one."""
    session = SessionStore("a-key-that-somebody-made-up-2026")
    session["words"] = "kept"
    session.save()
    assert session.session_key not in (None, "a-key-that-somebody-made-up-2026")
    assert SessionStore(session.session_key)["words"] == "kept"
