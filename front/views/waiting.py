"""Everything on the site that waits for an answer, longest first."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from communities.models import Community, Organisation
from front.waiting_counts import open_asks, waiting_counts
from front.waiting_rows import waiting_html, waiting_values
from proposals.clocks import with_clocks
from proposals.models import Ask, CommitmentAsk
from record import clock
from words.compiled import compiled
from words.keyset import Window, page_of, window
from words.text import clean_line

ORGANISATIONS_SHOWN = 200
VOTES_SHOWN = 50


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """`?organisation=slug` shows one organisation's."""
    today = clock.today()
    organisations = _organisations(reader=request.user)
    slug = clean_line(request.GET.get("organisation", ""))
    chosen = next((organisation for organisation in organisations if organisation.slug == slug), None)
    if slug and chosen is None:
        raise Http404
    asked: dict[str, Any] = {"reader": request.user, "organisation": chosen.pk if chosen else None}
    page = page_of(partial(_asks, **asked), "due_on", "id", params=request.GET, model=Ask)
    return render(
        request,
        "front/waiting.html",
        {
            "waiting": waiting_html(page.rows, today),
            "votes": with_clocks(_votes(**asked), today),
            "page": page,
            "counts": waiting_counts(request.user, today, asked["organisation"]),
            "organisations": organisations,
            "chosen": chosen,
        },
    )


@compiled
def _organisations(*, reader: User) -> QuerySet[Any]:
    rows = Organisation.objects.filter(communities__in=Community.objects.visible_to(reader))
    return rows.distinct().order_by("name")[:ORGANISATIONS_SHOWN]


@compiled
def _asks(*, reader: User, organisation: UUID | None, shape_window: Window, after: Sequence[Any]) -> QuerySet[Any]:
    return window(waiting_values(open_asks(reader, organisation)), shape_window, after)


@compiled
def _votes(*, reader: User, organisation: UUID | None) -> QuerySet[Any]:
    rows = CommitmentAsk.objects.visible_to(reader).open().select_related("organisation", "community")
    if organisation is not None:
        rows = rows.filter(organisation_id=organisation)
    return rows.order_by("due_on", "id")[:VOTES_SHOWN]
