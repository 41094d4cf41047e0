"""A session is looked up again on each request: what ended in between has ended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Session, User
from accounts.sessions import SessionStore
from accounts.tasks import clear_expired_sessions
from communities.models import Community, Membership
from communities.seats import seats_of, session_with_seats
from proposals.models import Proposal, Support
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


@pytest.mark.django_db(transaction=True)
def test_a_session_of_somebody_who_is_gone_is_nobodys(
    browser: Client, resident: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their sessions go with them. A request that had read one before may write it anew, once."""
    session = SessionStore(browser.cookies["sessionid"].value)
    assert session["_auth_user_id"] == str(resident.pk)
    resident.memberships.all().delete()
    resident.delete()
    assert not Session.objects.exists()
    keys = iter(["0" * 32])
    monkeypatch.setattr(session, "_get_new_session_key", lambda: next(keys))
    session.cycle_key()
    browser.cookies["sessionid"] = "0" * 32
    found = session_with_seats("0" * 32, clock.now())
    assert found is not None
    assert found.user is None
    assert browser.get(PAGE).status_code == 302


def test_who_signs_in_as_somebody_else_is_somebody_else(browser: Client, neighbour: User) -> None:
    browser.force_login(neighbour)
    assert browser.get(PAGE).context["user"] == neighbour


def test_a_session_that_was_deleted_has_ended(browser: Client) -> None:
    Session.objects.all().delete()
    assert browser.get(PAGE).status_code == 302


@pytest.mark.django_db
def test_nobody_chooses_the_key_of_their_session() -> None:
    """A key that is not known is not taken over: what is kept next gets a new one."""
    session = SessionStore("akeythatsomebodymadeup0000002026")
    session["words"] = "kept"
    session.save()
    assert session.session_key not in (None, "akeythatsomebodymadeup0000002026")
    assert SessionStore(session.session_key)["words"] == "kept"


@pytest.mark.django_db
@pytest.mark.parametrize("key", [r'"\000aaaaaaaaaaaaaaaa"', r'"\355\240\200aaaaaaaaaaaaa"', "é" * 16, "'--" * 8])
def test_what_cannot_be_a_key_is_not_asked_for(
    client: Client, key: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """A quoted cookie may say anything, NUL too, at which PostgreSQL stumbles."""
    with django_assert_num_queries(0):
        assert client.get(PAGE, headers={"Cookie": f"sessionid={key}"}).status_code == 302


def test_a_person_comes_with_their_seats(
    browser: Client, resident: User, community: Community, private_community: Community
) -> None:
    """Two seats are two rows of one query; one that has ended is not among them."""
    Membership.objects.create(user=resident, community=private_community, role="facilitator")
    key = browser.cookies["sessionid"].value
    session = session_with_seats(key, clock.now())
    assert session is not None
    assert session.user == resident
    assert set(seats_of(session.user)) == {community.pk, private_community.pk}
    Membership.objects.filter(community=community).update(ended_at=clock.now())
    session = session_with_seats(key, clock.now())
    assert session is not None
    assert session.user is not None
    assert set(seats_of(session.user)) == {private_community.pk}


def test_a_person_without_a_seat_is_signed_in_too(
    browser: Client, resident: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Membership.objects.filter(user=resident).update(ended_at=clock.now())
    key = browser.cookies["sessionid"].value
    with django_assert_num_queries(2):
        session = session_with_seats(key, clock.now())
        assert session is not None
        assert session.user == resident
        assert seats_of(session.user) == {}


def test_no_seat_is_found_by_a_session_that_has_ended(browser: Client) -> None:
    key = browser.cookies["sessionid"].value
    assert session_with_seats(key, clock.now()) is not None
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert session_with_seats(key, clock.now()) is None
    assert session_with_seats("nobody-has-this-key-0000000000000", clock.now()) is None


def test_a_seat_that_ends_is_gone_at_the_next_request(
    browser: Client, resident: User, make_proposal: Callable[..., Proposal]
) -> None:
    url = f"{make_proposal().get_absolute_url()}back/"
    Membership.objects.filter(user=resident).update(ended_at=clock.now())
    assert browser.post(url, headers={"HX-Request": "true"}).status_code == 403
    assert not Support.objects.exists()


@pytest.mark.django_db
def test_what_one_request_does_to_its_session_is_nothing_to_the_next() -> None:
    """The seal of a row is looked at once; what was in it is read anew for each request."""
    session = SessionStore()
    session["kept"] = {"choices": [1]}
    session.save()
    first, second = SessionStore(session.session_key), SessionStore(session.session_key)
    first["kept"]["choices"].append(2)
    assert second["kept"] == {"choices": [1]}


@pytest.mark.django_db
def test_a_session_whose_seal_is_broken_is_empty() -> None:
    session = SessionStore()
    session["words"] = "kept"
    session.save()
    row = Session.objects.get(session_key=session.session_key)
    Session.objects.update(session_data=row.session_data[:-1] + ("A" if row.session_data[-1] != "A" else "B"))
    assert list(SessionStore(session.session_key).keys()) == []
