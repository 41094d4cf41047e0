"""Checkpoints by e-mail: asked for, confirmed, sent once, and ended with one click; without an account."""

import json
import smtplib
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.actions import erase_user
from accounts.models import User
from notifications import tasks
from notifications.actions.sending_checkpoints import send_checkpoint_mail
from notifications.checkpoint_mail import LEAVE, token_for
from notifications.models import CheckpointReader
from record import clock
from record.verify import verify_record
from tests.record.conftest import Grow, Sign, download, grow, sign

__all__ = ["grow", "sign"]  # fixtures of the record, for this room too
pytestmark = pytest.mark.django_db

Outbox = list[EmailMessage]
ADDRESS = "Reader@example.org"


def ask(client: Client, email: str = ADDRESS) -> None:
    response = client.post("/record/subscribe/", {"email": email})
    assert (response.status_code, response.url) == (302, "/record/?asked=yes#asked")


def link_in(mail: EmailMessage, part: str) -> str:
    (line,) = [word for word in str(mail.body).split() if f"/record/{part}/" in word]
    return urlsplit(line).path


def main_of(page: str) -> str:
    return page.partition("<main")[2]


@pytest.fixture
def reader(client: Client, grow: Grow, sign: Sign, mailoutbox: Outbox) -> CheckpointReader:
    """Asked, confirmed, and sent the first checkpoint."""
    grow(3)
    sign(0)
    ask(client)
    send_checkpoint_mail()
    client.post(link_in(mailoutbox[0], "confirm"))
    send_checkpoint_mail()
    return CheckpointReader.objects.get()


def test_from_the_form_to_a_file_that_verifies(reader: CheckpointReader, mailoutbox: Outbox, tmp_path) -> None:
    asked, checkpoint = mailoutbox
    assert asked.to == checkpoint.to == ["reader@example.org"]
    assert "button" in asked.body
    name, content, kind = checkpoint.attachments[0]
    assert (name, kind) == ("checkpoint-3.json", "application/json")
    (tmp_path / "record.ndjson").write_bytes(download())
    (tmp_path / name).write_text(content)
    key = json.loads(content)["public_key"]
    assert verify_record.main([str(tmp_path / "record.ndjson"), str(tmp_path / name), "--key", key]) == 0
    assert json.loads(content)["root"] in checkpoint.body
    assert json.loads(content)["note"] in checkpoint.body


def test_each_checkpoint_goes_once(reader: CheckpointReader, mailoutbox: Outbox, grow: Grow, sign: Sign) -> None:
    assert send_checkpoint_mail() == 0
    grow(1)
    assert send_checkpoint_mail() == 0
    sign(1)
    tasks.send_checkpoints()
    tasks.send_checkpoints()
    assert [mail.subject.split()[-2:] for mail in mailoutbox[1:]] == [["3", "lines"], ["4", "lines"]]
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 3


def test_nothing_is_sent_to_an_address_that_did_not_confirm(
    client: Client, grow: Grow, sign: Sign, mailoutbox: Outbox
) -> None:
    grow(1)
    sign(0)
    ask(client)
    for _again in range(3):
        send_checkpoint_mail()
        ask(client)
    assert len(mailoutbox) == 1
    path = link_in(mailoutbox[0], "confirm")
    assert client.get(path).status_code == 200
    send_checkpoint_mail()
    assert len(mailoutbox) == 1
    with clock.at(clock.now() + timedelta(hours=2)):
        ask(client)
        send_checkpoint_mail()
    assert len(mailoutbox) == 2


def test_an_address_that_is_not_confirmed_is_forgotten(client: Client, mailoutbox: Outbox) -> None:
    ask(client)
    send_checkpoint_mail()
    with clock.at(clock.now() + timedelta(days=8)):
        send_checkpoint_mail()
    assert not CheckpointReader.objects.exists()
    assert client.post(link_in(mailoutbox[0], "confirm")).status_code == 404


def test_the_answer_tells_nobody_who_reads(reader: CheckpointReader, client: Client, mailoutbox: Outbox) -> None:
    before = len(mailoutbox)
    ask(client)
    ask(client, "stranger@example.org")
    with clock.at(clock.now() + timedelta(hours=2)):
        ask(client)
        send_checkpoint_mail()
    assert [mail.to for mail in mailoutbox[before:]] == [["stranger@example.org"]]


@pytest.mark.parametrize("email", ["", "nonsense", "a@b\r\nBcc: c@example.org", "x" * 300 + "@example.org"])
def test_an_address_that_is_none_is_said(client: Client, email: str) -> None:
    page = client.post("/record/subscribe/", {"email": email})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "Error:" in page.content.decode()
    assert not CheckpointReader.objects.exists()


def test_one_address_cannot_fill_many_inboxes(client: Client) -> None:
    answers = [client.post("/record/subscribe/", {"email": f"r{n}@example.org"}).status_code for n in range(12)]
    assert answers == [302] * 10 + [429] * 2
    page = client.post("/record/subscribe/", {"email": "typed@example.org"})
    assert 'value="typed@example.org"' in page.text
    assert "Many people asked from your network. Please try again in an hour." in page.text
    assert page["Retry-After"] == "3600"
    other = client.post("/record/subscribe/", {"email": "r@example.org"}, REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 302


# ── Leaving ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_opening_the_link_changes_nothing_and_the_button_leaves(reader: CheckpointReader, mailoutbox: Outbox) -> None:
    strict = Client(enforce_csrf_checks=True)
    path = link_in(mailoutbox[1], "leave")
    assert "Nothing is changed" in strict.get(path).content.decode()
    assert CheckpointReader.objects.exists()
    assert "forgotten" in strict.post(path).content.decode()
    assert not CheckpointReader.objects.exists()
    assert strict.post(path).status_code == 200
    again = strict.get(path)
    assert again.status_code == 200
    assert "You have left already" in again.text
    assert "<button" not in main_of(again.text)


def test_the_link_to_confirm_says_when_that_was_done(
    reader: CheckpointReader, client: Client, mailoutbox: Outbox
) -> None:
    path, before = link_in(mailoutbox[0], "confirm"), CheckpointReader.objects.values().get()
    for page in (client.get(path).text, client.post(path).text):
        assert "You already get them" in page
        assert "<button" not in main_of(page)
    assert CheckpointReader.objects.values().get() == before
    client.post(link_in(mailoutbox[1], "leave"))
    assert client.get(path).status_code == 404


def test_one_click_of_a_mail_programme(reader: CheckpointReader, mailoutbox: Outbox) -> None:
    headers = mailoutbox[1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(headers["List-Unsubscribe"].strip("<>")).path
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (200, b"OK")
    assert not CheckpointReader.objects.exists()


def test_links_that_are_not_ours(reader: CheckpointReader, client: Client) -> None:
    leave = token_for(reader, LEAVE)
    for path in ("leave/x", f"leave/{leave}x", f"leave/{leave[:-4]}", f"confirm/{leave}", "confirm/x"):
        for answer in (client.get(f"/record/{path}/"), client.post(f"/record/{path}/")):
            assert answer.status_code == 404
    assert CheckpointReader.objects.exists()


def test_an_erased_person_gets_no_more(reader: CheckpointReader, make_user: Callable[..., User]) -> None:
    user = make_user("Reader")
    erase_user(user=user, acting_user=user)
    assert not CheckpointReader.objects.exists()


# ── When mail fails ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """server(error): from now on the mail server answers each message like that; None: it takes them."""
    take = EmailBackend.send_messages

    def answer(error: Exception | None) -> None:
        def send(self: EmailBackend, messages: list[EmailMessage]) -> int:
            if error is not None:
                raise error
            return take(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", send)

    return answer


def test_a_server_that_is_away_is_tried_again(
    client: Client, server: Callable[[Exception | None], None], mailoutbox: Outbox
) -> None:
    for number in range(3):
        ask(client, f"r{number}@example.org")
    server(ConnectionRefusedError())
    assert send_checkpoint_mail() == 0
    assert sorted(CheckpointReader.objects.values_list("attempts", flat=True)) == [0, 0, 1]  # one try tells enough
    server(None)
    assert send_checkpoint_mail() == 2
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert send_checkpoint_mail() == 1


def test_an_address_that_is_refused_for_good_is_let_go(
    client: Client, server: Callable[[Exception | None], None]
) -> None:
    ask(client)
    server(smtplib.SMTPRecipientsRefused({"reader@example.org": (550, b"no such person")}))
    for day in range(6):
        with clock.at(clock.now() + timedelta(hours=13 * day)):
            send_checkpoint_mail()
    assert CheckpointReader.objects.get().attempts == 6
    CheckpointReader.objects.update(attempts=9, next_attempt_at=clock.now())
    send_checkpoint_mail()
    assert not CheckpointReader.objects.exists()


def test_a_run_with_nothing_to_do_is_cheap(
    reader: CheckpointReader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        send_checkpoint_mail()
