"""The mails to a subscriber: once, again where the server is away, and nothing in them that was not meant."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend

from record import clock
from tests.webhooks.conftest import MakeEndpoint
from webhooks.actions.mailing import send_letters
from webhooks.models import Letter
from webhooks.tokens import manage_url

pytestmark = pytest.mark.django_db
Outbox = list[EmailMultiAlternatives]


@pytest.mark.parametrize("kind", ["confirm", "link", "disabled"])
def test_text_and_html(kind: str, make_endpoint: MakeEndpoint, mailoutbox: Outbox) -> None:
    endpoint = make_endpoint(url="https://hooks.example.org/?a=<b>&c=1", why_disabled="gone")
    Letter.objects.create(endpoint=endpoint, kind=kind)
    assert send_letters() == 1
    assert send_letters() == 0
    (message,) = mailoutbox
    assert endpoint.url in message.body
    assert endpoint.secret not in message.body
    html, mime = message.alternatives[0]
    assert mime == "text/html"
    assert "<b>&c" not in html
    assert "<img" not in html


def test_the_notice_says_why(make_endpoint: MakeEndpoint, mailoutbox: Outbox) -> None:
    endpoint = make_endpoint(state="disabled", why_disabled="failing")
    Letter.objects.create(endpoint=endpoint, kind="disabled")
    send_letters()
    assert "nothing arrived at your address for five days" in mailoutbox[0].body
    assert manage_url(endpoint) in mailoutbox[0].body


def test_a_server_that_is_away(
    make_endpoint: MakeEndpoint, mailoutbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    Letter.objects.create(endpoint=make_endpoint(), kind="link")

    def refuse(*_arguments: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        assert send_letters() == 0
    assert send_letters() == 0  # its claim still stands
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert send_letters() == 1
