"""What lies below one row: compare validators first, then read."""

import base64
import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api import values
from api.columns import BASE
from api.fingerprints import fingerprint
from api.pagination import DEFAULT_SIZE, LARGEST_SIZE
from api.parts import Part
from api.problems import BadParameters
from api.renderers import CSVRenderer, NDJSONRenderer, file_renderer
from api.schema_parts import PartSchema
from api.streaming import file_response, pieces_of_part, refuse_pages
from api.views import ResourceView, refuse_parameters

LIST_PARAMETERS = ("cursor", "page_size", "count", "format")


class PartView(ResourceView):
    """One part of one row."""

    part: Part | None = None
    schema = PartSchema()

    def declared_part(self) -> Part:
        """The part that the URL gave to this view."""
        if self.part is None:
            raise ImproperlyConfigured("PartView.as_view() needs a part")
        return self.part

    def get_renderers(self) -> list[BaseRenderer]:
        part = self.declared_part()
        renderers: list[BaseRenderer] = [JSONRenderer()]
        if part.file is not None:
            renderers.append(file_renderer(part.file))
        if part.columns:
            known = {renderer.format for renderer in renderers}
            renderers += [renderer for renderer in (CSVRenderer(), NDJSONRenderer()) if renderer.format not in known]
        return renderers

    def get(self, request: Request, id: UUID) -> Any:
        resource, part = self.declared(), self.declared_part()
        form = request.accepted_renderer.format
        is_file = part.file is not None and form == part.file.format
        page = PartPage.read(f"{resource.name}/{id}/{part.name}", request) if part.columns and form == "json" else None
        if form != "json":
            refuse_pages(request.query_params)
        if page is None:
            refuse_parameters(request)
        owner = resource.whole(resource.rows().filter(pk=id)).first()
        if owner is None:
            raise Http404
        if not part.is_there(owner):
            raise exceptions.NotFound(str(part.missing))
        etag = self._etag(owner, form, page)
        headers = {"ETag": etag}
        if self.unchanged(request, etag):
            return Response(status=304, headers=headers)
        if form != "json" and not is_file:
            name = f"{owner.reference}-{part.name}"
            response = file_response(name, form, part.columns, pieces_of_part(part, part.read(owner)))
            response["ETag"] = etag
            return response
        if is_file and part.file is not None:
            name = f"{owner.reference}-{part.name}.{part.file.format}"
            return Response(
                part.file.text(owner), headers=headers | {"Content-Disposition": f'attachment; filename="{name}"'}
            )
        found = part.read(owner)
        return Response(found if page is None else page.body(part, found), headers=headers)

    def _etag(self, owner: Any, form: str, page: "PartPage | None") -> str:
        """Weak for a list as one file: its rows are added up, not read one by one."""
        resource, part = self.declared(), self.declared_part()
        stamps: list[tuple[Any, ...]] = []
        if part.stamps and form != "json":
            stamps = [fingerprint(part.read(owner), part.stamps)]
        elif part.stamps and page:
            stamps = list(page.window(part.read(owner)).values_list(*part.stamps))
        question = self.request.query_params.urlencode()
        etag = resource.etag([resource.stamp_values(owner)], part.name, form, stamps, question)
        return f"W/{etag}" if stamps and form != "json" else etag


class PartPage:
    """A page of a list that only grows at its end: the cursor is how many rows come before it."""

    def __init__(self, path: str, request: Request, start: int, size: int, want_count: bool) -> None:
        self.path, self.given = path, request.query_params
        self.start, self.size, self.want_count = start, size, want_count

    @classmethod
    def read(cls, path: str, request: Request) -> "PartPage":
        """What was asked for, each parameter refused by name where it is wrong."""
        given = request.query_params
        wrong = {
            name: _("There is no such filter. There are: %(known)s.") % {"known": ", ".join(LIST_PARAMETERS)}
            for name in set(given) - set(LIST_PARAMETERS)
        }
        wrong |= {name: _("Give it once.") for name, texts in given.lists() if len(texts) > 1}
        start, size, want_count = 0, DEFAULT_SIZE, False
        try:
            size = values.read_number(given.get("page_size", str(DEFAULT_SIZE)), least=1, most=LARGEST_SIZE)
        except values.BadValue as error:
            wrong["page_size"] = str(error)
        try:
            want_count = values.read_flag(given.get("count", "false"))
        except values.BadValue as error:
            wrong["count"] = str(error)
        try:
            start = _read_cursor(path, given["cursor"]) if "cursor" in given else 0
        except ValueError:
            wrong["cursor"] = _("This is not a cursor of this list. Begin again without one.")
        if wrong:
            raise BadParameters(wrong)
        return cls(path, request, start, size, want_count)

    def window(self, found: Any) -> Any:
        """The rows of this page, and one more to see whether there are any after it."""
        return found[self.start : self.start + self.size + 1]

    def body(self, part: Part, found: Any) -> dict[str, Any]:
        """The page as JSON, of everything that was found: a list, or a queryset of which only the page is read."""
        rows = list(self.window(found))
        body: dict[str, Any] = {
            "next": self._url(self.start + self.size) if len(rows) > self.size else None,
            "previous": self._url(max(self.start - self.size, 0)) if self.start else None,
        }
        if self.want_count:
            body["count"] = found.count() if isinstance(found, QuerySet) else len(found)
        return body | {"results": part.write(rows[: self.size])}

    def _url(self, start: int) -> str:
        pairs = [(name, text) for name, text in self.given.items() if name != "cursor"]
        cursor = json.dumps([self.path, start], separators=(",", ":"))
        pairs.append(("cursor", base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("=")))
        return f"{BASE}/{self.path}/?{urlencode(pairs)}"


def _read_cursor(path: str, text: str) -> int:
    """Raises ValueError."""
    if len(text) > 400 or not text.isascii():
        raise ValueError
    parts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    if not isinstance(parts, list) or len(parts) != 2 or parts[0] != path or type(parts[1]) is not int:
        raise ValueError
    if not 0 <= parts[1] <= 10**9:
        raise ValueError
    return parts[1]
