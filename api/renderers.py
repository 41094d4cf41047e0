"""The formats of an answer. A refusal is a problem document in any of them."""

from typing import Any

from rest_framework.renderers import BaseRenderer, JSONRenderer

from api.parts import PartFile


class FileRenderer(BaseRenderer):
    """Text as it is. A refusal, which is no text, is a problem document in any format."""

    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        if data is None:
            return b""
        return data.encode() if isinstance(data, str) else JSONRenderer().render(data)


class CSVRenderer(FileRenderer):
    """A table for a spreadsheet. The view streams it; only refusals are rendered here."""

    format = "csv"
    media_type = "text/csv"


class NDJSONRenderer(FileRenderer):
    """One JSON object a line. The view streams it; only refusals are rendered here."""

    format = "ndjson"
    media_type = "application/x-ndjson"


def file_renderer(file: PartFile) -> BaseRenderer:
    """A renderer by which `?format=` and Accept choose the file."""
    renderer = FileRenderer()
    renderer.format, renderer.media_type = file.format, file.media_type
    return renderer
