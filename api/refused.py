"""What is refused below /api/ before a view of the API is reached: a problem document, counted and open to any page,
like every other refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request
from rest_framework.response import Response

from api.nothing_here import AnyFormat
from api.views import OpenView


class RefusedView(OpenView):
    """Says what the error is; without one, that the API is for reading."""

    schema = None
    content_negotiation_class = AnyFormat
    error: Exception | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.error is not None:
            raise self.error

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """So that GET is among what is allowed: the page itself answers it."""
        return Response(status=204)


def is_of_the_api(request: HttpRequest) -> bool:
    """Whether programs ask there. The pages about webhooks are for people."""
    return request.path_info.startswith("/api/") and not request.path_info.startswith("/api/webhooks/")


def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem document of an error that Django found by itself."""
    response: Response = RefusedView.as_view(error=error)(request)
    return response.render()


def only_read(page: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page of the API for people. It has no form: whoever sends something there is told what the API is for, not
    that a token is missing."""

    @csrf_exempt
    @wraps(page)
    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            return page(request)
        response: Response = RefusedView.as_view()(request)
        return response

    return answer
