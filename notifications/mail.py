"""One notification as an e-mail: plain text and HTML, and headers that let people and machines leave."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from communities.models import Community
from notifications.kinds import GROUPS, group_of
from notifications.models import Delivery
from notifications.unsubscribing import token_for
from words.text import clean_line

TEMPLATES = "emails/notifications/event"


def message_for(delivery: Delivery, community: Community | None) -> EmailMultiAlternatives:
    """The message of a delivery (its notification and user at hand). No query."""
    notification = delivery.notification
    user = notification.user
    group = group_of(notification.kind)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    leave = settings.SITE_URL + reverse("inbox:unsubscribe", args=[token_for(notification, group)])
    with translation.override(user.language):
        context = {
            "title": notification.title,
            "body": notification.body,
            "url": settings.SITE_URL + notification.path,
            "why": notification.get_why_display(),
            "community": community,
            "group": GROUPS[group].name,
            "leave_url": leave,
            "preferences_url": settings.SITE_URL + reverse("inbox:preferences"),
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "contact_email": settings.CONTACT_EMAIL,
            "language": translation.get_language(),
        }
        subject, plain, html = (render_to_string(f"{TEMPLATES}/{name}", context) for name in PARTS)
    message = EmailMultiAlternatives(
        subject=clean_line(subject),
        body=plain.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[user.email or ""],
        headers={
            "Message-ID": f"<{delivery.message_key}@{host}>",
            "References": f"<{notification.subject_type}.{notification.subject_id.hex}@{host}>",  # one thread a thing
            "List-ID": f"<{community.slug if community else 'news'}.{host}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday replies
        },
    )
    message.attach_alternative(html, "text/html")
    return message


PARTS = ("subject.txt", "body.txt", "body.html")
