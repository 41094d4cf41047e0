"""The way of one request: read what was asked, compare validators, only then write rows."""

import math
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from api.columns import BASE
from api.cors import PREFLIGHT, open_to_anybody
from api.filters import PAGE_PARAMETERS, read_filters, refuse_unknown_things
from api.fingerprints import fingerprint
from api.formats import Formats
from api.gathering import gather
from api.pagination import PageRequest, read_page
from api.problems import BadParameters
from api.record_schema import PROOFS
from api.renderers import CSVRenderer, NDJSONRenderer
from api.resources import Resource
from api.schema import OpenSchema
from api.streaming import FILES, file_response, pieces, refuse_pages
from api.throttling import AddressThrottle
from api.written import rows_at
from record import clock


class OpenView(APIView):
    """Public data for anybody, from any page: no sign-in, no cookies, CORS open, the licence on each answer."""

    http_method_names = ["get", "head", "options"]
    renderer_classes: list[type[BaseRenderer]] = [JSONRenderer]
    content_negotiation_class: type[DefaultContentNegotiation] = Formats
    throttle_classes: list[type[BaseThrottle]] = [AddressThrottle]

    def get_throttles(self) -> list[BaseThrottle]:
        self.throttle = AddressThrottle()
        return [self.throttle]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count first. DRF does it last, after the format: whoever asks for one that we have not would never be
        counted, nor told how much is left."""
        super().check_throttles(request)
        super().initial(request, *args, **kwargs)

    def check_throttles(self, request: Request) -> None:
        """Done already: a request counts once."""

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        return Response(status=204, headers=PREFLIGHT)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        open_to_anybody(response)
        response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        patch_vary_headers(response, ["Accept", "Accept-Encoding"])
        if response.status_code == 304:
            _as_packed(request, response)
        if hasattr(self, "throttle"):
            for name, value in self.throttle.headers().items():
                response[name] = value
        return response


class ResourceView(OpenView):
    """A view of one declared resource."""

    resource: Resource | None = None
    schema = OpenSchema()

    def declared(self) -> Resource:
        """The resource that the URL gave to this view."""
        if self.resource is None:
            raise ImproperlyConfigured("ResourceView.as_view() needs a resource")
        return self.resource

    def unchanged(self, request: Request, etag: str) -> bool:
        """Whether the reader has this already."""
        answer = get_conditional_response(request._request, etag=etag)
        return answer is not None and answer.status_code == 304


class ListView(ResourceView):
    """A page of rows: one query for their places, one for the rows that were not written out before, one for each
    relation gathered for those, one for the count where asked. As CSV or NDJSON the whole list."""

    renderer_classes = [JSONRenderer, CSVRenderer, NDJSONRenderer]

    def get(self, request: Request) -> Any:
        resource = self.declared()
        form = request.accepted_renderer.format
        asked = read_filters(resource.filters, request.query_params)
        if form in FILES:
            refuse_pages(request.query_params)
        page = read_page(resource.name, resource.model, resource.orderings, request.query_params)
        rows = resource.rows()
        for item, value in asked:
            rows = item.narrow(rows, value)
        if form in FILES:
            return self._file(request, rows, page, asked)
        return self._answer(request, page, rows, asked)

    def _file(self, request: Request, rows: QuerySet[Any], page: PageRequest, asked: list[Any]) -> HttpResponseBase:
        resource, form = self.declared(), request.accepted_renderer.format
        # Taken before the first row is read: what changes while the file is written makes the next validator another.
        added = fingerprint(rows, resource.stamps)
        if not added.rows:
            refuse_unknown_things(asked)
        etag = f"W/{resource.etag([added], form, request.query_params.urlencode())}"
        if self.unchanged(request, etag):
            return Response(status=304, headers={"ETag": etag})
        response = self._whole(form, rows, page)
        response["ETag"] = etag
        return response

    def _whole(self, form: str, rows: QuerySet[Any], page: PageRequest) -> StreamingHttpResponse:
        resource = self.declared()
        return file_response(resource.short_name, form, resource.columns, pieces(resource, rows, page.ordering))

    def _answer(self, request: Request, page: PageRequest, rows: QuerySet[Any], asked: list[Any]) -> Response:
        resource = self.declared()
        # Who has the page counted pays for that already: its rows are read whole, which saves the query for places.
        things = list(resource.whole(page.window(rows))) if page.want_count else []
        found = page.places_of(things, resource) if page.want_count else page.places(rows, resource, is_whole=not asked)
        if not found:
            refuse_unknown_things(asked)
        count = rows.count() if page.want_count else None
        stamps = [place.stamps for place in found]
        etag = self._etag(resource, stamps, count)
        headers = {"ETag": etag}
        if self.unchanged(request, etag):
            return Response(status=304, headers=headers)
        shown, next_url, previous_url = page.page(found)
        body: dict[str, Any] = {"next": next_url, "previous": previous_url}
        if count is not None:
            body["count"] = count
        body["results"] = rows_at(resource, shown, things)
        return Response(body, headers=headers)

    def _etag(self, resource: Resource, stamps: list[tuple[Any, ...]], count: int | None) -> str:
        return resource.etag(stamps, self.request.query_params.urlencode(), count)


class DetailView(ResourceView):
    """One row."""

    def get(self, request: Request, id: UUID) -> Response:
        resource = self.declared()
        refuse_parameters(request)
        rows = resource.rows().filter(pk=id)
        if "if-none-match" in request.headers:
            stamps = list(rows.values_list(*resource.stamps))
            etag = resource.etag(stamps)
            if stamps and self.unchanged(request, etag):
                return Response(status=304, headers={"ETag": etag})
        thing = resource.whole(rows).first()
        if thing is None:
            raise Http404
        stamps = [resource.stamp_values(thing)]
        headers = {"ETag": resource.etag(stamps)} | _last_modified(resource, stamps)
        if _not_modified_since(request, resource, stamps):
            return Response(status=304, headers=headers)
        gather(resource.model, [thing], resource.gathered)
        return Response(resource.write([thing])[0], headers=headers)


class RootView(OpenView):
    """What there is."""

    schema = None
    resources: tuple[Resource, ...] = ()

    def get(self, request: Request) -> Response:
        refuse_parameters(request)
        listed = {resource.name: f"{BASE}/{resource.name}/" for resource in self.resources}
        below = {
            f"{resource.name}/{{id}}/{part.name}": f"{BASE}/{resource.name}/{{id}}/{part.name}/"
            for resource in self.resources
            for part in resource.parts
        }
        proofs = {f"record/{name}": f"{BASE}/{question}" for name, (question, _meaning) in PROOFS.items()}
        about = {"schema": f"{BASE}/schema/", "docs": f"{BASE}/docs/", "guide": f"{settings.SITE_URL}/api/"}
        return Response(
            {"resources": listed, "parts": below, "proofs": proofs, **about, "licence": settings.DATA_LICENCE_URL}
        )


def refuse_parameters(request: Request) -> None:
    """Where there is nothing to filter, every parameter is unknown, and the format is given once."""
    unknown = set(request.query_params) - {"format"}
    wrong = dict.fromkeys(unknown, _("There is no such parameter here."))
    wrong |= dict.fromkeys(unknown & PAGE_PARAMETERS, _("This address has one row, so there are no pages."))
    wrong |= {name: _("Give it once.") for name, texts in request.query_params.lists() if len(texts) > 1}
    if wrong:
        raise BadParameters(wrong)


def _as_packed(request: Request, response: Any) -> None:
    """Where the rows would have been packed, their validator would have become weak (GZipMiddleware), and a cache has
    them under that one: what it keeps is not made fresh by a strong one (RFC 9111, 4.3.4)."""
    etag = response.headers.get("ETag", "")
    if etag.startswith('"') and re_accepts_gzip.search(request.headers.get("accept-encoding", "")):
        response.headers["ETag"] = f"W/{etag}"


def _last_modified(resource: Resource, stamps: list[tuple[Any, ...]]) -> dict[str, str]:
    """The header, once its second has come: a change within the same second must look newer."""
    second = _second_of(resource.last_modified(stamps))
    if second is None or second > clock.now().timestamp():
        return {}
    return {"Last-Modified": http_date(second)}


def _second_of(moment: datetime | None) -> int | None:
    """The first full second at which it had happened. Within the one before, a reader can have come before it: who
    was given no Last-Modified yet may ask with the Date of that answer (RFC 9110, 13.1.3)."""
    return None if moment is None else math.ceil(moment.timestamp())


def _not_modified_since(request: Request, resource: Resource, stamps: list[tuple[Any, ...]]) -> bool:
    """If-Modified-Since, for one row. Lists go by their ETag alone, and have no Last-Modified: a row that leaves a list
    makes what stays no newer."""
    second = _second_of(resource.last_modified(stamps))
    if second is None or "if-none-match" in request.headers:
        return False
    answer = get_conditional_response(request._request, last_modified=second)
    return answer is not None and answer.status_code == 304
