"""The links that stop e-mail: signed, good for ever, and of use to whoever holds the mail, signed in or not."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from notifications.kinds import GROUPS
from notifications.models import Notification

SALT = "notifications.unsubscribe"
SUBJECT_TYPES = ("proposal", "community", "organisation")


@dataclass(frozen=True)
class Leave:
    """Who wants less mail, about which thing and of which group."""

    user_id: UUID
    subject_type: str
    subject_id: UUID
    group: str


def token_for(notification: Notification, group: str) -> str:
    """The signed part of the link in one e-mail."""
    subject = [notification.subject_type, notification.subject_id.hex]
    return signing.dumps([notification.user_id.hex, *subject, group], salt=SALT)


def read_token(token: str) -> Leave | None:
    """What the link says, or None where it was not ours or was cut short."""
    try:
        user_id, subject_type, subject_id, group = signing.loads(token, salt=SALT)
        leave = Leave(UUID(user_id), subject_type, UUID(subject_id), group)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return leave if leave.group in GROUPS and leave.subject_type in SUBJECT_TYPES else None
