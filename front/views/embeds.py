"""Pages that other sites may show inside theirs. Whoever reads one is nobody: only what is public is on it."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.html import format_html
from django.utils.log import log_response
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from communities.models import Community, Organisation
from decisions.models import Decision
from front.feeds.sources import ANYBODY
from front.frame_sizes import WIDTH, decision_height, waiting_height
from front.narrowed import Narrowed
from front.waiting_counts import open_asks
from front.waiting_rows import waiting_rows
from proposals.clocks import with_clocks
from proposals.querysets import AskQuerySet
from record import clock
from words.markdown import plain
from words.text import clean_line

SHOWN = 3
# Another site may frame it; it may load our style and font, and nothing else: no script, no form, no frame.
POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "connect-src": [NONE],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF, "data:"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
View = Callable[..., HttpResponseBase]


def framed(view: View) -> View:
    """A page that other sites may frame."""
    wrapped: View = csp_replace(POLICY)(xframe_options_exempt(require_safe(view)))
    return wrapped


@framed
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision: what, who decided, when."""
    rows = Decision.objects.visible_to(ANYBODY).select_related("community")
    found: Decision = get_object_or_404(rows, reference=reference)
    return _card(
        request,
        "embed/decision.html",
        {"decision": found, "community": found.community, "whole": found.get_absolute_url()},
    )


@framed
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the most late first, then what is due next; `?community=` and `?organisation=` narrow
    it, also both."""
    narrowed = _narrowed_to(request.GET)
    found = list(waiting_rows(_asks_of(narrowed))[: SHOWN + 1])  # one more tells that there are more
    rows = with_clocks(found[:SHOWN], clock.today())
    whole = reverse("front:waiting") + narrowed.query
    return _card(
        request,
        "embed/waiting.html",
        {"asks": rows, "title": narrowed.frame_title, "whole": whole, "has_more": len(found) > SHOWN},
    )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: `?url=` of a decision or of the waiting list. 404 for any other address, 501 for XML."""
    if request.GET.get("format", "json") != "json":
        return _not_written(request)
    title, address, height = _framed_of(request.GET.get("url", ""))
    width = _at_most(request.GET.get("maxwidth", ""), WIDTH)
    height = _at_most(request.GET.get("maxheight", ""), height)
    document = {
        "type": "rich",
        "version": "1.0",
        "title": title,
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "cache_age": 3600,
        "html": frame(address, title, width, height),
        "width": width,
        "height": height,
    }
    response = JsonResponse(document)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=300"
    return response


def _not_written(request: HttpRequest) -> HttpResponse:
    """oEmbed wants a 501 for a format that we do not write. It is no fault of ours: Django would log it as one."""
    words = _("Only JSON is written here.")
    response = HttpResponse(words, status=501, content_type="text/plain; charset=utf-8")
    log_response("Asked for oEmbed in another format", response=response, request=request, level="info")
    return response


def frame(address: str, title: str, width: int | str, height: int) -> str:
    """The line that another site puts into its page."""
    room = mark_safe(' style="max-width: 100%"') if isinstance(width, int) else ""  # a phone may have less
    return format_html(
        '<iframe src="{}{}" title="{}" width="{}" height="{}" loading="lazy"{}></iframe>',
        settings.SITE_URL,
        address,
        title,
        width,
        height,
        room,
    )


def height_of_decision(found: Decision) -> int:
    """How high its frame is. `found` has its community."""
    summary = plain(found.summary)
    return decision_height(found.community.name, found.title, summary, is_overruled=found.is_overruled)


def height_of_waiting(narrowed: Narrowed, titles: Sequence[str]) -> int:
    """How high the frame of the waiting list is, by the first titles that are on it."""
    return waiting_height(narrowed.frame_title, titles, SHOWN)


def waiting_address(narrowed: Narrowed) -> str:
    """Where the frame of the waiting list is: of all of it, or of what it is narrowed to."""
    return reverse("embed:waiting") + narrowed.query


def _narrowed_to(given: QueryDict) -> Narrowed:
    """Raises Http404 for an organisation or a community that is not there."""
    organisation, community = (clean_line(given.get(name, "")) for name in ("organisation", "community"))
    return Narrowed(
        get_object_or_404(Organisation.objects.visible_to(ANYBODY), slug=organisation) if organisation else None,
        get_object_or_404(Community.objects.visible_to(ANYBODY), slug=community) if community else None,
    )


def _framed_of(url: str) -> tuple[str, str, int]:
    """What the address of one of our pages is as a framed page: its title, its address, its height. Raises Http404."""
    parts = urlsplit(url[:500]) if url.startswith(f"{settings.SITE_URL}/") else None
    match: ResolverMatch | None = None
    try:
        match = resolve(parts.path) if parts else None
    except Resolver404 as error:
        raise Http404 from error
    if match is not None and match.view_name == "decisions:detail":
        rows = Decision.objects.visible_to(ANYBODY).select_related("community")
        found = get_object_or_404(rows, reference=match.kwargs["reference"])
        return found.title, reverse("embed:decision", args=[found.reference]), height_of_decision(found)
    if parts is not None and match is not None and match.view_name == "front:waiting":
        narrowed = _narrowed_to(_query_of(parts.query))
        titles = list(_asks_of(narrowed).values_list("proposal__title", flat=True)[:SHOWN])
        return narrowed.frame_title, waiting_address(narrowed), height_of_waiting(narrowed, titles)
    raise Http404


def _asks_of(narrowed: Narrowed) -> AskQuerySet:
    """What waits, as anybody may see it, the most late first."""
    organisation, community = narrowed.organisation, narrowed.community
    asks = open_asks(ANYBODY, organisation.pk if organisation else None, community.pk if community else None)
    return asks.longest_first()


def _query_of(text: str) -> QueryDict:
    """The filters of the page. More than we read are as if there were nothing at that address."""
    try:
        return QueryDict(text)
    except SuspiciousOperation as error:
        raise Http404 from error


def _at_most(text: str, otherwise: int) -> int:
    """What a site has room for: never more, even where we would scroll. Nonsense is as if it had said nothing."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 5):
        return otherwise
    return min(int(text), otherwise) or otherwise


def _card(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    response["Cache-Control"] = "public, max-age=300"
    return response
