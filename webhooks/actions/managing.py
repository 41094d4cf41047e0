"""What a subscriber does with a webhook: a new secret, a test, a pause, a replay, the end."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from record import clock
from record.models import Entry, RecordHead
from webhooks import lifecycle
from webhooks.exceptions import NotNow, NotValid, TooOften
from webhooks.models import Delivery, Endpoint, new_secret

OLD_SECRET_FOR = timedelta(hours=24)
TESTS_AN_HOUR = 10
MOST_REPLAYED = 10_000  # lines of the record


@transaction.atomic
def rotate_secret(*, endpoint: Endpoint) -> Endpoint:
    """A new secret. For a day each message is signed with both: nothing is lost while a receiver changes over."""
    endpoint = _locked(endpoint)
    lifecycle.require("rotate", endpoint)
    endpoint.old_secret, endpoint.secret = endpoint.secret, new_secret()
    endpoint.old_secret_until = clock.now() + OLD_SECRET_FOR
    endpoint.save()
    return endpoint


@transaction.atomic
def send_test(*, endpoint: Endpoint) -> Delivery:
    """A message that says that it is a test."""
    endpoint = _locked(endpoint)
    lifecycle.require("test", endpoint)
    lately = clock.now() - timedelta(hours=1)
    if Delivery.objects.filter(endpoint=endpoint, entry=None, created_at__gt=lately).count() >= TESTS_AN_HOUR:
        raise TooOften(_("That is enough tests for this hour. Try again later."))
    return Delivery.objects.create(endpoint=endpoint, message_id=f"msg_{secrets.token_hex(16)}")


@transaction.atomic
def pause(*, endpoint: Endpoint) -> Endpoint:
    """Nothing is sent until it is resumed."""
    endpoint = _locked(endpoint)
    lifecycle.require("pause", endpoint)
    _change(endpoint, Endpoint.State.PAUSED)
    return endpoint


@transaction.atomic
def resume(*, endpoint: Endpoint) -> Endpoint:
    """Go on where it stopped, but not further back than one replay reaches."""
    endpoint = _locked(endpoint)
    lifecycle.require("resume", endpoint)
    endpoint.next_sequence = max(endpoint.next_sequence, _sequence_count() - MOST_REPLAYED)
    endpoint.failing_since, endpoint.why_disabled = None, ""
    _change(endpoint, Endpoint.State.ACTIVE)
    return endpoint


@transaction.atomic
def replay(*, endpoint: Endpoint, sequence: int | None = None, since: datetime | None = None) -> tuple[int, int]:
    """Send again what this webhook asks for, from a line of the record or from a moment. Each message has the id that
    it had. At most 10,000 lines are looked at; gives the first line, and the one at which it stops."""
    endpoint = _locked(endpoint)
    lifecycle.require("replay", endpoint)
    if endpoint.replay_next is not None:
        raise NotNow(_("A replay is under way. Wait until it is done."))
    if sequence is None:
        sequence = Entry.objects.filter(at__gte=since).order_by("sequence").values_list("sequence", flat=True).first()
    if sequence is None or sequence >= endpoint.next_sequence:
        raise NotValid(_("Nothing came into the record after that."), field="since")
    end = min(sequence + MOST_REPLAYED, endpoint.next_sequence)
    endpoint.replay_next, endpoint.replay_end = sequence, end
    endpoint.save(update_fields=["replay_next", "replay_end"])
    return sequence, end


@transaction.atomic
def end_endpoint(*, endpoint: Endpoint) -> Endpoint:
    """For good. URL, secrets, log and e-mail address are erased; the row says only that it ended."""
    endpoint = _locked(endpoint)
    if endpoint.state == Endpoint.State.ENDED:
        return endpoint
    lifecycle.require("end", endpoint)
    endpoint.deliveries.all().delete()
    endpoint.letters.all().delete()
    endpoint.url = endpoint.email = endpoint.secret = endpoint.old_secret = ""
    endpoint.old_secret_until = endpoint.replay_next = endpoint.replay_end = None
    _change(endpoint, Endpoint.State.ENDED)
    return endpoint


def _locked(endpoint: Endpoint) -> Endpoint:
    found: Endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    return found


def _change(endpoint: Endpoint, state: str) -> None:
    endpoint.state, endpoint.state_at = state, clock.now()
    endpoint.save()


def _sequence_count() -> int:
    head = RecordHead.objects.filter(pk=1).first()
    return head.sequence_count if head else 0
