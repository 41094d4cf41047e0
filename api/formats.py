"""Which format a reader gets."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http.request import MediaType
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from api.problems import MEDIA_TYPE as PROBLEM
from api.problems import BadParameters


class Formats(DefaultContentNegotiation):
    """`?format=json`, or else what Accept says. Another format is refused by name."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        wanted = request.query_params.get("format")
        if wanted is None:
            return liked_best(request.headers.get("accept", ""), renderers)
        for renderer in renderers:
            # Whatever Accept says: it is often set by a library, `format` by the person who asks.
            if renderer.format == wanted:
                return renderer, renderer.media_type
        known = ", ".join(renderer.format for renderer in renderers)
        raise BadParameters({"format": _("Choose from: %(choices)s.") % {"choices": known}})


def liked_best(accept: str, renderers: Sequence[BaseRenderer]) -> tuple[BaseRenderer, str]:
    """The format that Accept gives the most weight to (RFC 9110, 12.5.1): how much is said by the most specific of the
    ranges in which a format lies, and 0 is never. Of equals the one that is named comes before those that a star
    stands for, and then the order is ours. DRF knows no weights."""
    ranges = list(_ranges(accept)) or [MediaType("*/*")]
    best: tuple[tuple[float, int], BaseRenderer, str] | None = None
    for renderer in renderers:
        main, _slash, sub = renderer.media_type.partition("/")
        fitting = [one for one in ranges if one.main_type in ("*", main) and one.sub_type in ("*", "", sub)]
        if not fitting:
            continue
        said = max(fitting, key=lambda one: (_exactness(one), one.quality))
        weight = (said.quality, _exactness(said))
        if said.quality > 0 and (best is None or weight > best[0]):
            # What stands beside the name may be for the renderer, such as how far JSON is indented.
            best = weight, renderer, str(said) if said.sub_type == sub else renderer.media_type
    if best is None:
        # Whoever takes problem documents gets what there is to say. Rows come as JSON, of which problems are a kind.
        if not any(str(one).partition(";")[0] == PROBLEM and one.quality > 0 for one in ranges):
            raise exceptions.NotAcceptable
        return renderers[0], renderers[0].media_type
    return best[1:]


def _ranges(accept: str) -> Iterator[MediaType]:
    """What can be read of the header."""
    for text in accept.lower().split(","):
        if text.strip():
            try:
                yield MediaType(text)
            except ValueError:
                continue


def _exactness(one: MediaType) -> int:
    """0: anything. 1: anything of one kind. 2: this very type; what else is said of it is not ours to choose by."""
    return min(one.specificity, 2)
