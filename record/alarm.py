"""What must not stay unseen: the log at its loudest, and a mail to the operators."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)


def sound(title: str, sentences: list[str]) -> None:
    """Say it in the log and by mail. A mail server that is away is logged too, and stops nothing."""
    logger.critical("%s %s", title, " ".join(sentences))
    # mail_admins() says nothing where ADMINS is empty, which is how most sites are set up.
    to = [admin[1] for admin in settings.ADMINS] or [settings.CONTACT_EMAIL]
    message = EmailMessage(
        subject=f"[{settings.SITE_NAME}] {title}",
        body="\n\n".join([title, *sentences, f"{settings.SITE_URL}", "What to do: docs/operator.md, “The record”."]),
        from_email=settings.SERVER_EMAIL,
        to=to,
        headers={"Auto-Submitted": "auto-generated", "Importance": "high"},
    )
    try:
        message.send()
    except OSError as error:
        logger.critical("The mail about it could not be sent: %s", error)
