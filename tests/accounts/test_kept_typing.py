"""What somebody typed survives a session that ended and a page that lay open too long."""

import pytest
from django.test import Client
from django.urls import reverse

from proposals.models import Comment


@pytest.fixture
def say_url(tabled):
    return reverse("proposals:say", args=[tabled.community.slug, tabled.number, tabled.slug])


def test_a_comment_written_after_the_session_ended_is_not_lost(say_url, neighbour):
    client = Client(headers={"origin": "http://testserver"})
    sent = client.post(say_url, {"body": "I hold my keys in my hand."})
    assert sent.status_code == 302
    assert "next=/account/kept/" in sent.url
    client.force_login(neighbour)
    page = client.get(reverse("accounts:kept"))
    assert "I hold my keys in my hand." in page.text
    assert f'action="{say_url}"' in page.text
    client.post(say_url, {"body": "I hold my keys in my hand."})
    assert Comment.objects.get().author == neighbour
    assert client.get(reverse("accounts:kept")).status_code == 302  # it was sent: nothing is kept any more


def test_an_old_page_keeps_what_was_typed(say_url, neighbour):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.force_login(neighbour)
    sent = client.post(say_url, {"body": "Typed for an hour.", "csrfmiddlewaretoken": "old"})
    assert sent.url == reverse("accounts:kept")
    assert "Typed for an hour." in client.get(sent.url).text
    assert not Comment.objects.exists()


def test_another_site_puts_no_words_in_my_session(say_url, neighbour):
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://evil.example"})
    client.force_login(neighbour)
    client.post(say_url, {"body": "Send me your key."})
    assert client.get(reverse("accounts:kept")).status_code == 302


def test_secrets_are_never_kept(say_url, neighbour):
    client = Client(headers={"origin": "http://testserver"})
    client.post(say_url, {"body": "Hello", "password": "hunter2hunter2", "code": "ABC123"})
    assert "hunter2" not in str(dict(client.session))
    assert "ABC123" not in str(dict(client.session))


def test_what_is_too_long_is_not_kept(say_url):
    client = Client(headers={"origin": "http://testserver"})
    client.post(say_url, {"body": "x" * 100_001})
    assert "kept_typing" not in client.session


@pytest.mark.parametrize(
    ("question", "fields"),
    [("", {"body": "a\x00b"}), ("", {"bo\x00dy": "ab"}), (f"?{'a' * 2000}", {"body": "ab"})],
)
def test_what_the_database_cannot_hold_is_not_kept(say_url, question, fields):
    client = Client(headers={"origin": "http://testserver"})
    sent = client.post(f"{say_url}{question}", fields)
    assert sent.status_code == 302
    assert "kept_typing" not in client.session


def test_it_can_be_thrown_away(say_url, neighbour):
    client = Client(headers={"origin": "http://testserver"})
    client.post(say_url, {"body": "Never mind."})
    client.force_login(neighbour)
    client.post(reverse("accounts:kept"))
    assert client.get(reverse("accounts:kept")).status_code == 302
