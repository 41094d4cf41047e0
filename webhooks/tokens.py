"""The links by which a subscriber confirms and manages: signed, and good for whoever holds the mail."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from webhooks.models import Endpoint

CONFIRM, MANAGE = "webhooks.confirm", "webhooks.manage"


def manage_path(endpoint: Endpoint) -> str:
    """The page of this endpoint. Whoever has the address may do everything there."""
    return reverse("webhooks:manage", args=[_token(endpoint, MANAGE)])


def manage_url(endpoint: Endpoint) -> str:
    return settings.SITE_URL + manage_path(endpoint)


def confirm_url(endpoint: Endpoint) -> str:
    """The link of the first mail."""
    return settings.SITE_URL + reverse("webhooks:confirm", args=[_token(endpoint, CONFIRM)])


def endpoint_of(token: str, salt: str) -> Endpoint | None:
    """What the link leads to; None where it is not ours, was cut short, or there is nothing any more."""
    try:
        pk = UUID(signing.Signer(salt=salt).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    found: Endpoint | None = Endpoint.objects.select_related("community", "organisation").filter(pk=pk).first()
    return found


def _token(endpoint: Endpoint, salt: str) -> str:
    return signing.Signer(salt=salt).sign(endpoint.pk.hex)
