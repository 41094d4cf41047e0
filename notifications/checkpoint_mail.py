"""The two mails about checkpoints: the one that asks whether the address is right, and the checkpoint itself."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from notifications.models import CheckpointReader
from record.checkpoints import document_of, file_name_of
from record.models import Checkpoint
from words.text import clean_line

SALT = "notifications.checkpoint-reader"
CONFIRM, LEAVE = "confirm", "leave"
CONFIRM_SECONDS = 7 * 24 * 3600


def token_for(reader: CheckpointReader, what: str) -> str:
    """The signed part of a link: to confirm, or to leave. It holds no address."""
    return signing.dumps([reader.pk, what], salt=SALT)


def reader_of(token: str, what: str) -> int | None:
    """Whose link it is, or None where it was not ours, was cut short, or is a link to confirm from long ago."""
    try:
        pk, meant = signing.loads(token, salt=SALT, max_age=CONFIRM_SECONDS if what == CONFIRM else None)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return pk if meant == what and isinstance(pk, int) else None


def asking_message(reader: CheckpointReader) -> EmailMultiAlternatives:
    """Somebody gave this address: was it you?"""
    url = settings.SITE_URL + reverse("record:confirm", args=[token_for(reader, CONFIRM)])
    return _message(reader, "confirm", f"ask-{reader.asks_count}", {"url": url})


def checkpoint_message(reader: CheckpointReader, checkpoint: Checkpoint) -> EmailMultiAlternatives:
    """The checkpoint in words, and as the file that verify_record.py reads."""
    leave = settings.SITE_URL + reverse("record:leave", args=[token_for(reader, LEAVE)])
    context = {"checkpoint": checkpoint, "url": settings.SITE_URL + reverse("record:record"), "leave_url": leave}
    message = _message(reader, "checkpoint", str(checkpoint.sequence_count), context)
    message.extra_headers["List-ID"] = f"<checkpoints.{_host()}>"
    message.extra_headers["List-Unsubscribe"] = f"<{leave}>"
    message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    document = json.dumps(document_of(checkpoint), indent=1, ensure_ascii=False) + "\n"
    message.attach(file_name_of(checkpoint), document, "application/json")
    return message


def _message(reader: CheckpointReader, name: str, key: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    context |= {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "language": settings.LANGUAGE_CODE,
    }
    subject, plain, html = (
        render_to_string(f"emails/notifications/{name}/{part}", context)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    message = EmailMultiAlternatives(
        subject=clean_line(subject),
        body=plain.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[reader.email],
        # Each attempt carries the same id, so a mail server can drop the second.
        headers={"Message-ID": f"<record.{reader.pk}.{key}@{_host()}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html, "text/html")
    return message


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
