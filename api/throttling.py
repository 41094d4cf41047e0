"""How much one address may ask for, counted on the shared cache, and said in RateLimit-* headers."""

import math
import time

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from api.limits import address_of, count_in_window

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
        used = count_in_window(key, self.period + 5)
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
