"""Which packings of an answer a reader refuses."""

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$", re.IGNORECASE)  # RFC 9110, 12.5.3


class RefusedEncodingsMiddleware:
    """Whoever says gzip;q=0 gets no gzip. Django and WhiteNoise look for the word alone: here it is taken out of what
    they look at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.headers.get("accept-encoding", "")
        if ";" in said:
            taken = [part for part in said.split(",") if not _REFUSED.search(part)]
            request.META["HTTP_ACCEPT_ENCODING"] = ",".join(taken)
        return self.get_response(request)
