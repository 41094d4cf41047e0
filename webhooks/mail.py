"""The e-mails to a subscriber: to confirm, with the link, and when a webhook was switched off."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from webhooks.models import Endpoint, Letter
from webhooks.tokens import confirm_url, manage_url
from words.text import clean_line

TEMPLATES = "emails/webhooks/letter"


def message_for(letter: Letter) -> EmailMultiAlternatives:
    """The message of a letter, its endpoint at hand. Opening a link in it changes nothing."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    context = _words(letter) | {
        "endpoint": letter.endpoint,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
    }
    message = EmailMultiAlternatives(
        subject=clean_line(context["title"]),
        body=render_to_string(f"{TEMPLATES}/body.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.endpoint.email],
        headers={
            "Message-ID": f"<webhook.{letter.endpoint_id.hex}.{letter.kind}.{letter.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"{TEMPLATES}/body.html", context), "text/html")
    return message


def _words(letter: Letter) -> dict[str, Any]:
    endpoint = letter.endpoint
    if letter.kind == Letter.Kind.CONFIRM:
        return _to_confirm(endpoint)
    if letter.kind != Letter.Kind.DISABLED:
        return _its_link(endpoint)
    return _stopped(endpoint) if endpoint.why_disabled == Endpoint.Why.STOPPED else _switched_off(endpoint)


def _to_confirm(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "title": _("Confirm your webhook"),
        "text": _(
            "Somebody, we hope you, asked %(site)s to send news to the server below. "
            "Nothing is sent until you open the page and press the button there."
        )
        % {"site": settings.SITE_NAME},
        "action": _("Confirm it"),
        "url": confirm_url(endpoint),
        "foot": _("Was it not you? Then do nothing. We forget it after seven days."),
    }


def _its_link(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "title": _("The link to your webhook"),
        "text": _("Keep this e-mail: its link opens the page of your webhook, with its secret and what was sent."),
        "action": _("Open its page"),
        "url": manage_url(endpoint),
        "foot": _("Please do not pass it on. Whoever has the link can change and end the webhook."),
    }


def _stopped(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "title": _("Your webhook was stopped"),
        "text": _(
            "The people who run this site stopped it, and it cannot be switched on again. "
            "Do you think that this is a mistake? Write to %(contact)s."
        )
        % {"contact": settings.CONTACT_EMAIL},
        "action": _("See what was sent"),
        "url": manage_url(endpoint),
        "foot": _("After 90 days we end it and forget your e-mail address."),
    }


def _switched_off(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "title": _("Your webhook was switched off"),
        "text": _(
            "We stopped sending, because %(why)s. When it works again, switch it on from its page, "
            "and have what you missed sent again."
        )
        % {"why": endpoint.get_why_disabled_display()},
        "action": _("See what went wrong"),
        "url": manage_url(endpoint),
        "foot": _("If you leave it off for 90 days, we end it and forget your e-mail address."),
    }
