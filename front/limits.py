"""How often one address may send a form that anybody may send."""

from django.core.cache import cache
from django.http import HttpRequest

from api.throttling import address_of


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Counts this try; true from the one after `most` in so many seconds from the first. Without a cache the limit is
    open."""
    key = f"form-rate:{what}:{address_of(request)}"
    if cache.add(key, 1, seconds):
        return False
    try:
        used = cache.incr(key)
    except ValueError:  # the window ended between the two calls, or the cache is away
        return False
    return isinstance(used, int) and used > most
