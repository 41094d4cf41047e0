"""What lies below one row: compare validators first, then read."""

import base64
import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api import values
from api.columns import BASE
from api.pagination import DEFAULT_SIZE, LARGEST_SIZE
from api.parts import Part, PartFile
from api.problems import BadParameters
from api.schema_parts import PartSchema
from api.views import ResourceView, refuse_parameters

LIST_PARAMETERS = ("cursor", "page_size", "count", "format")


class FileRenderer(BaseRenderer):
    """Text as it is. A refusal, which is no text, is a problem document in any format."""

    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        if data is None:
            return b""
        return data.encode() if isinstance(data, str) else JSONRenderer().render(data)


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
        return [JSONRenderer(), file_renderer(part.file)] if part.file else [JSONRenderer()]

    def get(self, request: Request, id: UUID) -> Response:
        resource, part = self.declared(), self.declared_part()
        owner = resource.whole(resource.rows().filter(pk=id)).first()
        if owner is None:
            raise Http404
        if not part.is_there(owner):
            raise exceptions.NotFound(str(part.missing))
        is_file = part.file is not None and request.accepted_renderer.format == part.file.format
        page = PartPage.read(f"{resource.name}/{id}/{part.name}", request) if part.columns and not is_file else None
        if page is None:
            refuse_parameters(request)
        etag = resource.etag([resource.stamp_values(owner)], part.name, is_file, request.query_params.urlencode())
        headers = {"ETag": etag}
        if self.unchanged(request, etag):
            return Response(status=304, headers=headers)
        if is_file and part.file is not None:
            name = f"{owner.reference}-{part.name}.{part.file.format}"
            return Response(
                part.file.text(owner), headers=headers | {"Content-Disposition": f'attachment; filename="{name}"'}
            )
        found = part.read(owner)
        if page is None:
            return Response(found, headers=headers)
        return Response(page.body(part, found), headers=headers)


class PartPage:
    """A page of a list that never changes once it is there: the cursor is how many rows come before it."""

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

    def body(self, part: Part, found: Any) -> dict[str, Any]:
        """The page as JSON, of everything that was found."""
        end = self.start + self.size
        body: dict[str, Any] = {
            "next": self._url(end) if end < len(found) else None,
            "previous": self._url(max(self.start - self.size, 0)) if self.start else None,
        }
        if self.want_count:
            body["count"] = len(found)
        return body | {"results": [part.write(row) for row in found[self.start : end]]}

    def _url(self, start: int) -> str:
        pairs = [(name, text) for name, text in self.given.items() if name != "cursor"]
        cursor = json.dumps([self.path, start], separators=(",", ":"))
        pairs.append(("cursor", base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("=")))
        return f"{BASE}/{self.path}/?{urlencode(pairs)}"


def file_renderer(file: PartFile) -> BaseRenderer:
    """A renderer by which `?format=` and Accept choose the file."""
    renderer = FileRenderer()
    renderer.format, renderer.media_type = file.format, file.media_type
    return renderer


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
