"""The feeds: /feeds/decisions.atom and so on, of the whole site, one community or one organisation."""

import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.cors import for_any_page
from communities.models import Community, Organisation
from front.feeds.formats import atom, json_feed
from front.feeds.items import Feed, Item
from front.feeds.sources import ANYBODY, FEEDS, OF_THE_SITE_ALONE, Scope

FORMATS = {"atom": ("application/atom+xml", atom), "json": ("application/feed+json", json_feed)}
EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)  # an empty feed has no change of its own


@for_any_page
def site(request: HttpRequest, what: str, form: str) -> HttpResponse:
    """Of the whole site."""
    return _feed(request, Scope(), what, form)


@for_any_page
def community(request: HttpRequest, slug: str, what: str, form: str) -> HttpResponse:
    """Of one public community."""
    found: Community = get_object_or_404(Community.objects.visible_to(ANYBODY), slug=slug)
    return _feed(request, Scope(community=found), what, form)


@for_any_page
def organisation(request: HttpRequest, slug: str, what: str, form: str) -> HttpResponse:
    """Of one organisation, wherever it sits in public."""
    found: Organisation = get_object_or_404(Organisation.objects.visible_to(ANYBODY), slug=slug)
    return _feed(request, Scope(organisation=found), what, form)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What feeds there are, and what one does with them."""
    return render(request, "front/feeds.html", {"feeds": [(name, *titles()[name]) for name in FEEDS]})


def titles() -> dict[str, tuple[str, str]]:
    """The name and the meaning of each feed."""
    return {
        "decisions": (_("Decisions"), _("What was decided, and who decided it.")),
        "waiting": (_("Waiting for an answer"), _("What organisations must answer in public, and by when.")),
        "overdue": (_("Overdue"), _("What should have been answered by now.")),
        "checkpoints": (
            _("Checkpoints"),
            _("What the record was on each day, signed: keep it, and nobody can change the record in secret."),
        ),
    }


def _feed(request: HttpRequest, scope: Scope, what: str, form: str) -> HttpResponse:
    if what not in FEEDS or form not in FORMATS:
        raise Http404
    if what in OF_THE_SITE_ALONE and (scope.community or scope.organisation):
        raise Http404
    items = FEEDS[what](scope)
    title, meaning = titles()[what]
    media, write = FORMATS[form]
    body = write(
        Feed(
            title=f"{scope.name}: {title}",
            about=meaning,
            url=settings.SITE_URL + request.path,
            page=settings.SITE_URL + _page(scope, what),
            updated=_newest(items),
            items=items,
        )
    )
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        body, content_type=f"{media}; charset=utf-8"
    )
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=300"
    return response


def _newest(items: list[Item]) -> datetime:
    return max((item.updated for item in items), default=EMPTY_SINCE)


def _page(scope: Scope, what: str) -> str:
    if scope.community is not None:
        return scope.community.get_absolute_url()
    if scope.organisation is not None:
        return scope.organisation.get_absolute_url()
    pages = {"decisions": "decisions:list", "checkpoints": "record:checkpoints"}
    return reverse(pages.get(what, "front:waiting"))
