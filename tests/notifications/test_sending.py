"""Mail: what it says, to whom, how often, and what becomes of it when the server does not want it."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend

from accounts.models import User
from communities.models import Community, Membership
from notifications.actions import sending
from notifications.actions.choosing import Choice, choose
from notifications.actions.fan_out import MAIL_WITHIN
from notifications.actions.following import mute, unfollow
from notifications.actions.relaying import relay_waiting_events
from notifications.actions.sending import send_due_deliveries
from notifications.models import Delivery, Follow, Notification
from proposals.models import Proposal
from record import clock
from record.models import Event

pytestmark = pytest.mark.django_db
Outbox = list[EmailMultiAlternatives]


@pytest.fixture
def waiting(asked: Proposal) -> Delivery:
    """The author's mail about enough backing, not sent yet; two neighbours' with it."""
    relay_waiting_events()
    return Delivery.objects.get(notification__why="tabled")


def to(outbox: Outbox, address: str) -> EmailMultiAlternatives:
    (message,) = [message for message in outbox if message.to == [address]]
    return message


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """server(error): from now on the mail server answers each message like that; None: it takes them."""
    take = EmailBackend.send_messages

    def answer(error: Exception | None) -> None:
        def send(self: EmailBackend, messages: Any) -> int:
            if error is not None:
                raise error
            return take(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", send)

    return answer


def test_says_what_happened_in_text_and_html(waiting: Delivery, asked: Proposal, mailoutbox: Outbox) -> None:
    assert send_due_deliveries() == 3
    message = to(mailoutbox, "amina.y@example.org")
    assert message.subject == f"Enough neighbours back it: {asked.title}"
    assert "Penhale Homes must answer by" in message.body
    assert asked.get_absolute_url() in message.body
    assert "because you tabled it" in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert asked.get_absolute_url() in html
    assert "<img" not in html  # nothing that tells whether it was read
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == ("sent", 1)


def test_headers_let_people_and_machines_leave(waiting: Delivery, mailoutbox: Outbox) -> None:
    send_due_deliveries()
    message = to(mailoutbox, "amina.y@example.org").message()
    assert message["Message-ID"] == f"<{waiting.message_key}@127.0.0.1>"
    assert message["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/inbox/unsubscribe/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-ID"] == "<larkfield.127.0.0.1>"
    assert str(waiting.notification.user_id.hex) not in waiting.message_key


def test_hostile_titles_stay_in_their_place(waiting: Delivery, mailoutbox: Outbox) -> None:
    title = "Lamps\r\nBcc: everyone@example.org <script>alert(1)</script> \u202etxt.exe"
    Notification.objects.filter(pk=waiting.notification_id).update(title=title)
    send_due_deliveries()
    message = to(mailoutbox, "amina.y@example.org")
    assert message.recipients() == ["amina.y@example.org"]
    assert "Bcc" not in message.message()
    assert "\u202e" not in message.subject
    html, _kind = message.alternatives[0]
    assert "<script>" not in html


def test_nothing_is_sent_twice(waiting: Delivery, mailoutbox: Outbox) -> None:
    send_due_deliveries()
    assert send_due_deliveries() == 0
    assert len(mailoutbox) == 3


def test_a_worker_that_died_with_a_claim_loses_only_time(waiting: Delivery, mailoutbox: Outbox) -> None:
    claimed = sending._claim()
    assert len(claimed) == 3
    assert send_due_deliveries() == 0
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert send_due_deliveries() == 3
    waiting.refresh_from_db()
    assert waiting.attempts == 2


def test_the_second_attempt_is_the_same_message(
    waiting: Delivery, mailoutbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server took it, and we died before we could write that down."""
    with monkeypatch.context() as broken:
        broken.setattr(sending, "_settle", lambda *_args: None)
        send_due_deliveries()
    with clock.at(clock.now() + timedelta(minutes=6)):
        send_due_deliveries()
    ids = [message.extra_headers["Message-ID"] for message in mailoutbox if message.to == ["amina.y@example.org"]]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_refused_for_good_is_not_tried_again(waiting: Delivery, server: Callable[..., None]) -> None:
    server(smtplib.SMTPRecipientsRefused({"amina.y@example.org": (550, b"no such person")}))
    send_due_deliveries()
    waiting.refresh_from_db()
    assert waiting.status == "failed"
    assert "no such person" in waiting.error


def test_refused_for_now_is_tried_later_and_later(
    waiting: Delivery, server: Callable[..., None], mailoutbox: Outbox
) -> None:
    server(smtplib.SMTPRecipientsRefused({"amina.y@example.org": (451, b"later")}))
    start, waits = clock.now(), []
    for _attempt in range(3):
        waiting.refresh_from_db()
        with clock.at(max(waiting.next_attempt_at, start)):
            send_due_deliveries()
            before = clock.now()
        waiting.refresh_from_db()
        waits.append(waiting.next_attempt_at - before)
    assert waits == [timedelta(minutes=1), timedelta(minutes=4), timedelta(minutes=16)]
    server(None)
    with clock.at(waiting.next_attempt_at):
        assert send_due_deliveries() == 3
    assert len(mailoutbox) == 3


def test_given_up_in_the_end(waiting: Delivery, server: Callable[..., None]) -> None:
    server(smtplib.SMTPDataError(451, b"later"))
    for _attempt in range(sending.MOST_ATTEMPTS):
        waiting.refresh_from_db()
        with clock.at(max(waiting.next_attempt_at, clock.now())):
            send_due_deliveries()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == ("failed", sending.MOST_ATTEMPTS)


def test_no_server_stops_the_batch_and_counts_one_attempt(waiting: Delivery, server: Callable[..., None]) -> None:
    server(ConnectionRefusedError())
    assert send_due_deliveries() == 0
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert Delivery.objects.filter(status="waiting", claimed_until=None).count() == 3


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"")}), sending.Trouble.REFUSED),
        (smtplib.SMTPRecipientsRefused({"a@b": (450, b"")}), sending.Trouble.LATER),
        (smtplib.SMTPDataError(554, b"spam"), sending.Trouble.REFUSED),
        (smtplib.SMTPDataError(451, b"busy"), sending.Trouble.LATER),
        (smtplib.SMTPNotSupportedError(), sending.Trouble.REFUSED),
        (smtplib.SMTPAuthenticationError(535, b""), sending.Trouble.NO_SERVER),
        (smtplib.SMTPServerDisconnected(), sending.Trouble.NO_SERVER),
        (TimeoutError(), sending.Trouble.NO_SERVER),
        (ValueError("a message that cannot be made"), sending.Trouble.LATER),
    ],
)
def test_errors_are_told_apart(error: Exception, trouble: sending.Trouble) -> None:
    assert sending.trouble_of(error) is trouble


# ── Not wanted any more ─────────────────────────────────────────────────────


def _erase(user: User, _proposal: Proposal) -> None:
    User.objects.filter(pk=user.pk).update(erased_at=clock.now())


def _no_address(user: User, _proposal: Proposal) -> None:
    User.objects.filter(pk=user.pk).update(email=None)


def _deactivate(user: User, _proposal: Proposal) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _mute(user: User, proposal: Proposal) -> None:
    mute(subject_type="proposal", subject_id=proposal.pk, acting_user=user)


def _mute_community(user: User, proposal: Proposal) -> None:
    mute(subject_type="community", subject_id=proposal.community_id, acting_user=user)


def _unfollow(user: User, proposal: Proposal) -> None:
    unfollow(subject_type="proposal", subject_id=proposal.pk, acting_user=user)


def _switch_off(user: User, _proposal: Proposal) -> None:
    choose(acting_user=user, choices={"progress": Choice(in_inbox=True, by_email=False)})


def _leave(user: User, proposal: Proposal) -> None:
    Community.objects.filter(pk=proposal.community_id).update(is_public=False)
    Membership.objects.filter(user=user).update(ended_at=clock.now())


@pytest.mark.parametrize(
    "change", [_erase, _no_address, _deactivate, _mute, _mute_community, _unfollow, _switch_off, _leave]
)
def test_what_is_not_wanted_any_more_is_not_sent(
    waiting: Delivery, asked: Proposal, resident: User, change: Callable[..., None], mailoutbox: Outbox
) -> None:
    change(resident, asked)
    assert send_due_deliveries() == 2
    assert all(message.to != ["amina.y@example.org"] for message in mailoutbox)
    waiting.refresh_from_db()
    assert waiting.status == "skipped"
    assert waiting.error


def test_an_officer_needs_no_follow(asked: Proposal, professional: User, mailoutbox: Outbox) -> None:
    relay_waiting_events()
    assert not Follow.objects.filter(user=professional).exists()
    send_due_deliveries()
    assert to(mailoutbox, "priya.nair@example.org")


def test_old_news_goes_to_the_inbox_alone(asked: Proposal) -> None:
    Event.objects.update(created_at=clock.now() - MAIL_WITHIN - timedelta(days=1))
    relay_waiting_events()
    assert Notification.objects.exists()
    assert not Delivery.objects.exists()


def test_a_batch_is_checked_in_a_handful_of_queries(asked: Proposal, django_assert_max_num_queries: Any) -> None:
    from notifications.wanted import reasons_to_skip

    relay_waiting_events()
    batch = sending._claim()
    with django_assert_max_num_queries(4):
        assert reasons_to_skip(batch) == {}
