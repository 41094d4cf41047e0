"""How much one address may ask for, counted on the shared cache, and said in RateLimit-* headers."""

import ipaddress
import math
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

SECONDS = {"sec": 1, "min": 60, "hour": 3600, "day": 86400}


def read_rate(rate: str) -> tuple[int, int]:
    """ "600/min" as (600, 60): how many requests, in how many seconds."""
    count, _slash, period = rate.partition("/")
    return int(count), SECONDS[period]


class AddressThrottle(BaseThrottle):
    """A window of fixed length for each address. Without a cache the limit is open: nothing fails."""

    def __init__(self) -> None:
        self.limit, self.period = read_rate(settings.API_RATE)
        self.left = self.limit
        self.reset = self.period

    def allow_request(self, request: Request, view: APIView) -> bool:
        now = time.time()
        window = int(now // self.period)
        self.reset = max(1, math.ceil((window + 1) * self.period - now))
        key = f"api-rate:{address_of(request._request)}:{window}"
        used = self._count(key) or (1 if cache.add(key, 1, self.period + 5) else self._count(key) or 1)
        self.left = max(self.limit - used, 0)
        return used <= self.limit

    def wait(self) -> float:
        return self.reset

    def headers(self) -> dict[str, str]:
        """What the answer says of the limit."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.left),
            "RateLimit-Reset": str(self.reset),
            "RateLimit-Policy": f"{self.limit};w={self.period}",
        }

    def _count(self, key: str) -> int:
        """How many requests of this window came so far, this one among them; 0 for a window that nobody began. First
        of all, as most windows are begun: one question to the cache a request."""
        try:
            used = cache.incr(key)
        except ValueError:  # nobody began, the window ended between two calls, or the cache is away
            return 0
        return used if isinstance(used, int) else 0


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
