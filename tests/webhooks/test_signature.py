"""Messages are signed as Standard Webhooks says: checked by that project's own package, and by hand from its text."""

import base64
import hashlib
import hmac

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from tests.webhooks.receiver import Hit, Receiver
from webhooks.actions.managing import rotate_secret
from webhooks.actions.sending import send_due_deliveries
from webhooks.models import Delivery, Endpoint, new_secret
from webhooks.signatures import signature

pytestmark = pytest.mark.django_db


def by_hand(hit: Hit, secret: str) -> bool:
    """The text of the specification, once more: base64 after the underscore, id.timestamp.body, any of the list."""
    key = base64.standard_b64decode(secret.split("_", 1)[1])
    text = b".".join([hit.headers["webhook-id"].encode(), hit.headers["webhook-timestamp"].encode(), hit.body])
    ours = base64.standard_b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    given = [part.split(",", 1) for part in hit.headers["webhook-signature"].split(" ")]
    return ["v1", ours] in given


def test_the_example_of_the_specification() -> None:
    given = signature(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    )
    assert given == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_is_signed(delivery: Delivery, endpoint: Endpoint, receiver: Receiver) -> None:
    send_due_deliveries()
    (hit,) = receiver.hits
    assert by_hand(hit, endpoint.secret)
    Webhook(endpoint.secret).verify(hit.body, hit.headers)
    assert hit.headers["webhook-id"] == delivery.message_id


def test_another_secret_or_body_is_found_out(delivery: Delivery, endpoint: Endpoint, receiver: Receiver) -> None:
    send_due_deliveries()
    (hit,) = receiver.hits
    assert not by_hand(hit, new_secret())
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(hit.body + b" ", hit.headers)


def test_for_a_day_after_a_change_both_secrets_are_good(
    delivery: Delivery, endpoint: Endpoint, receiver: Receiver
) -> None:
    old = endpoint.secret
    new = rotate_secret(endpoint=endpoint).secret
    send_due_deliveries()
    (hit,) = receiver.hits
    assert by_hand(hit, old)
    assert by_hand(hit, new)
    for secret in (old, new):
        Webhook(secret).verify(hit.body, hit.headers)


def test_a_secret_has_32_bytes() -> None:
    prefix, _dash, key = new_secret().partition("_")
    assert prefix == "whsec"
    assert len(base64.b64decode(key)) == 32
    assert new_secret() != new_secret()
