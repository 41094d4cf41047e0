"""How often one address may ask for a mail, and one mailbox be written to."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from api.limits import is_too_often
from webhooks.exceptions import TooOften

MOST = 20
SECONDS = 3600


def count_try(request: HttpRequest, what: str) -> None:
    """Count one form that was sent; raises TooOften after twenty in an hour."""
    if is_too_often(request, f"webhooks-{what}", most=MOST, seconds=SECONDS):
        raise TooOften(_("Many people asked from your network. Please try again in an hour."))


def is_first_of_the_hour(what: str, email: str) -> bool:
    """Whether this mailbox was not written to lately, whoever asks from wherever. The cache holds no address."""
    key = f"webhooks:{what}:{hashlib.sha256(email.lower().encode()).hexdigest()}"
    return cache.add(key, 1, SECONDS) is not False  # None: the cache is away
