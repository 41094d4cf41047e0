"""Open data for any page: a browser gives it to a page of another site, and asks beforehand (CORS) where it must."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

METHODS = ("GET", "HEAD", "OPTIONS")
LIMITS = "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy"
EXPOSED = f"ETag, Last-Modified, Link, Retry-After, Content-Disposition, {LIMITS}"
# What a browser asks before it sends a header of ours to another site: whether it may.
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def open_to_anybody(response: HttpResponseBase) -> None:
    """Any page may read it, its validators too, under the licence that is said."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Link"] = f'<{settings.DATA_LICENCE_URL}>; rel="license"'


def for_any_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that only reads, outside the API, for pages of any site."""

    @require_http_methods(METHODS)
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked_beforehand = request.method == "OPTIONS"
        response = HttpResponse(status=204, headers=PREFLIGHT) if asked_beforehand else view(request, *args, **kwargs)
        open_to_anybody(response)
        return response

    return answer
