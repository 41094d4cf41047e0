"""Any other address below /api/: a problem document that says what may have been meant, not a page."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from api import values
from api.columns import BASE
from api.problems import problem
from api.resources import Resource
from api.views import OpenView

LONGEST = 500  # characters of an address that are looked at


class AnyFormat(DefaultContentNegotiation):
    """What there is to say is said in JSON: whoever asked for CSV must see it, too."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class NothingHereView(OpenView):
    """Nothing, or the same address with a slash at its end and in small letters: then the way there."""

    schema = None
    content_negotiation_class = AnyFormat
    resources: tuple[Resource, ...] = ()

    def get(self, request: Request, **parts: str) -> Response:
        path = request._request.path_info
        if len(path) <= LONGEST:
            for candidate in _like(path):
                if self._is_there(candidate):
                    return _moved(request, candidate)
        raise exceptions.NotFound(self._meant(path))

    def _is_there(self, path: str) -> bool:
        try:
            found = resolve(path)
        except Resolver404:
            return False
        return getattr(found.func, "view_class", None) is not type(self)

    def _meant(self, path: str) -> str:
        """Words for a row that was asked for by its reference, or for anything else."""
        name, _slash, rest = path.removeprefix("/api/v1/").strip("/").partition("/")
        hint = rest and len(path) <= LONGEST and _by_reference(self.resources, name, rest)
        if hint:
            return _("Rows go by their id. One that you know by its reference is at %(url)s") % {"url": hint}
        return _("There is nothing here. What there is stands at %(url)s") % {"url": f"{BASE}/"}


def _like(path: str) -> Iterator[str]:
    """The same address with a slash at its end; and in small letters, as ids are."""
    whole = path if path.endswith("/") else f"{path}/"
    yield from (candidate for candidate in dict.fromkeys((whole, whole.lower())) if candidate != path)


def _by_reference(resources: Iterable[Resource], name: str, given: str) -> str | None:
    """The question that finds this reference, where it has the shape of one of that list."""
    for item in (item for one in resources if one.name == name for item in one.filters if item.name == "reference"):
        try:
            item.read(given)
        except values.BadValue:
            return None
        return f"{BASE}/{name}/?reference={quote(given, safe='/')}"
    return None


def _moved(request: Request, path: str) -> Response:
    """301 for programs that follow it, with the words for people whose program does not."""
    address, query = quote(path, safe="/"), iri_to_uri(request.META.get("QUERY_STRING", ""))
    words = _("Addresses end with a slash, and ids are in small letters: %(url)s (curl -L goes there by itself.)")
    response = problem(301, words % {"url": f"{settings.SITE_URL}{address}"}, code="moved")
    response["Location"] = f"{address}?{query}" if query else address
    return response
