"""Everything on the site that waits for an answer, longest first."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from communities.models import Community, Organisation
from front.narrowed import Narrowed
from front.views.embeds import SHOWN
from front.waiting_counts import open_asks, open_vote_asks, waiting_counts
from front.waiting_rows import waiting_html, waiting_values
from proposals.clocks import with_clocks
from proposals.models import Ask
from record import clock
from words.choices import Asked
from words.compiled import compiled
from words.keyset import Window, page_of, window

ORGANISATIONS_SHOWN = 200
VOTES_SHOWN = 50


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """`?organisation=slug` shows one organisation's, `?community=slug` what waits in one place."""
    today = clock.today()
    asked = Asked(request.GET)
    organisations = _organisations(reader=request.user)
    everyone = Organisation.objects.visible_to(request.user) if "organisation" in request.GET else None
    chosen = asked.row("organisation", organisations, everyone)
    place = asked.row("community", [], Community.objects.visible_to(request.user))
    wanted: dict[str, Any] = {
        "reader": request.user,
        "organisation": chosen.pk if chosen else None,
        "community": place.pk if place else None,
    }
    page = page_of(partial(_asks, **wanted), "due_on", "id", params=request.GET, model=Ask)
    return render(
        request,
        "front/waiting.html",
        {
            "waiting": waiting_html(page.rows, today),
            "votes": with_clocks(_votes(**wanted), today),
            "page": page,
            "first_titles": [row.proposal__title for row in page.rows[:SHOWN]],
            "counts": waiting_counts(today=today, **wanted),
            "organisations": organisations,
            "chosen": chosen,
            "narrowed": Narrowed(chosen, place),
            "unknown": asked.unknown,
        },
    )


@compiled
def _organisations(*, reader: User) -> QuerySet[Any]:
    return Organisation.objects.visible_to(reader).order_by("name")[:ORGANISATIONS_SHOWN]


@compiled
def _asks(
    *,
    reader: User,
    organisation: UUID | None,
    community: UUID | None,
    shape_window: Window,
    after: Sequence[Any],
) -> QuerySet[Any]:
    return window(waiting_values(open_asks(reader, organisation, community)), shape_window, after)


@compiled
def _votes(*, reader: User, organisation: UUID | None, community: UUID | None) -> QuerySet[Any]:
    rows = open_vote_asks(reader, organisation, community).select_related("organisation", "community")
    return rows.order_by("due_on", "id")[:VOTES_SHOWN]
