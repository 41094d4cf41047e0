"""A link that was lost comes again by mail; the page does not say whether we know the address."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from tests.webhooks.conftest import MakeEndpoint
from webhooks import limits
from webhooks.actions.mailing import send_letters
from webhooks.models import Letter
from webhooks.tokens import confirm_url, manage_url

pytestmark = pytest.mark.django_db


def test_the_links_come_by_mail(
    client: Client, make_endpoint: MakeEndpoint, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    one, two = make_endpoint(), make_endpoint(state="unconfirmed", confirmed_at=None)
    make_endpoint(email="other@example.org")
    make_endpoint(state="ended", email="", url="", secret="")
    for _tap in range(2):
        answer = client.post("/api/webhooks/lost/", {"email": " SUB@example.org "})
        assert (answer.status_code, answer["Location"]) == (302, "/api/webhooks/sent/")
    assert send_letters() == 2
    bodies = "".join(str(message.body) for message in mailoutbox)
    assert manage_url(one) in bodies
    assert confirm_url(two) in bodies
    assert {message.to[0] for message in mailoutbox} == {"sub@example.org"}


def test_the_answer_for_a_stranger_is_the_same(client: Client, make_endpoint: MakeEndpoint) -> None:
    make_endpoint()
    pages = []
    for email in ("sub@example.org", "nobody@example.org"):
        answer = client.post("/api/webhooks/lost/", {"email": email}, follow=True)
        pages.append((answer.redirect_chain, answer.status_code, "On its way" in answer.text))
    assert pages[0] == pages[1]
    assert Letter.objects.count() == 1


def test_one_mailbox_gets_the_links_once_an_hour(
    client: Client, make_endpoint: MakeEndpoint, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    make_endpoint()
    for number in range(3):
        answer = client.post("/api/webhooks/lost/", {"email": "Sub@example.org"}, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer["Location"] == "/api/webhooks/sent/"
        send_letters()
    assert len(mailoutbox) == 1


def test_without_a_cache_the_link_comes_all_the_same(
    client: Client, make_endpoint: MakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_endpoint()
    monkeypatch.setattr(limits.cache, "add", lambda *given: None)
    monkeypatch.setattr(limits.cache, "incr", lambda *given: None)
    client.post("/api/webhooks/lost/", {"email": "sub@example.org"})
    assert Letter.objects.count() == 1


def test_only_so_often(client: Client) -> None:
    answers = [client.post("/api/webhooks/lost/", {"email": "a@example.org"}).status_code for _time in range(22)]
    assert answers == [302] * 20 + [429] * 2
    page = client.post("/api/webhooks/lost/", {"email": "typed@example.org"})
    assert 'value="typed@example.org"' in page.text
    assert page["Retry-After"] == "3600"


def test_a_wrong_address_is_said(client: Client) -> None:
    assert 'class="errors"' in client.post("/api/webhooks/lost/", {"email": "nobody"}).text
