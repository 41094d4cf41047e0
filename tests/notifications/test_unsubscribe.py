"""Leaving by the link in an e-mail."""

from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from notifications.actions.choosing import choices_of
from notifications.actions.relaying import relay_waiting_events
from notifications.actions.sending import send_due_deliveries
from notifications.kinds import GROUPS
from notifications.models import Follow, Preference
from proposals.models import Proposal
from record import clock

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(asked: Proposal, resident: User, mailoutbox: list[EmailMessage]) -> str:
    """The path of the link in the mail that Amina got."""
    relay_waiting_events()
    send_due_deliveries()
    (message,) = [message for message in mailoutbox if message.to == [resident.email]]
    header = message.extra_headers["List-Unsubscribe"]
    assert header.startswith("<http")
    return urlsplit(header.strip("<>")).path


@pytest.fixture
def strict() -> Client:
    """A mail programme: no cookies, and Django's CSRF check as in life."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(strict: Client, link: str, method: str) -> None:
    assert getattr(strict, method)(link).status_code == 200
    assert not Follow.objects.exclude(muted_at=None).exists()
    assert not Preference.objects.exists()


def test_one_click_mutes_the_thing(strict: Client, link: str, resident: User, asked: Proposal) -> None:
    for _twice in range(2):
        answer = strict.post(link, ONE_CLICK)
        assert answer.status_code == 200  # RFC 8058: no redirect
    row = Follow.objects.get(user=resident, subject_id=asked.pk)
    assert row.muted_at is not None
    assert row.why == "tabled"


@pytest.mark.parametrize(("what", "groups"), [("group", ["progress"]), ("all", list(GROUPS))])
def test_leaving_a_group_or_everything_keeps_the_inbox(
    strict: Client, link: str, resident: User, what: str, groups: list[str]
) -> None:
    answer = strict.post(link, {"what": what})
    assert answer.headers["Location"] == f"{link}?left={what}"
    assert "Done." in strict.get(answer.headers["Location"]).content.decode()
    chosen = choices_of(resident)
    assert [group for group, choice in chosen.items() if not choice.by_email] == groups
    assert all(choice.in_inbox for choice in chosen.values())


@pytest.mark.parametrize("token", ["x", "x:y:z", "%00", "☃", "a" * 3000, "..%2f"])
def test_a_broken_link_says_so(strict: Client, token: str) -> None:
    assert strict.get(f"/inbox/unsubscribe/{token}/").status_code == 404
    assert strict.post(f"/inbox/unsubscribe/{token}/", ONE_CLICK).status_code == 404


def test_a_changed_link_is_not_ours(strict: Client, link: str) -> None:
    changed = link.replace("unsubscribe/W", "unsubscribe/X").replace("unsubscribe/e", "unsubscribe/f")
    assert changed != link
    assert strict.post(changed, ONE_CLICK).status_code == 404
    assert not Follow.objects.exclude(muted_at=None).exists()


def test_an_unknown_choice_is_refused(strict: Client, link: str) -> None:
    assert strict.post(link, {"what": "the world"}).status_code == 400


def test_somebody_erased_has_nothing_to_leave(strict: Client, link: str, resident: User) -> None:
    User.objects.filter(pk=resident.pk).update(erased_at=clock.now())
    assert strict.post(link, ONE_CLICK).status_code == 200
    assert not Follow.objects.exclude(muted_at=None).exists()
