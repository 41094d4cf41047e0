"""How often an address asked for something in a window of time, counted on the shared cache. Without one every limit is
open: nothing fails."""

import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def count_in_window(key: str, seconds: int) -> int:
    """How many came so far, this one among them, in so many seconds from the first; 1 where the cache is away. Asks for
    the number first, as most windows are begun: one question to the cache."""
    return _one_more(key) or (1 if cache.add(key, 1, seconds) else _one_more(key) or 1)


def _one_more(key: str) -> int:
    """0 for a window that nobody began."""
    try:
        used = cache.incr(key)
    except ValueError:  # nobody began, the window ended between two calls, or the cache is away
        return 0
    return used if isinstance(used, int) else 0


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """For a form that anybody may send. Counts this try of the caller's; true from the one after `most` in so many
    seconds from the first."""
    return count_in_window(f"form-rate:{what}:{address_of(request)}", seconds) > most


def address_of(request: HttpRequest) -> str:
    """The caller's address: what our own proxies saw, never what the caller claims. One home is one IPv6 /64."""
    text = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        seen = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
        if len(seen) >= settings.TRUSTED_PROXIES:
            text = seen[-settings.TRUSTED_PROXIES]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    # A server that listens on [::] sees callers by IPv4 as ::ffff:a.b.c.d: all of them would be one home.
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)
