"""One organisation, whichever communities it sits in: does it answer, on time, and does it keep its promises?"""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from communities.models import Community, Organisation
from front.waiting_counts import waiting_counts
from front.waiting_rows import waiting_rows
from proposals.clocks import with_clocks
from proposals.models import Ask, Commitment, Response
from proposals.promise_lines import PromiseLine, promise_lines
from record import clock
from words.keyset import page_of

WAITING_SHOWN = 6
ANSWERS_SHOWN = 5
PROMISES_SHOWN = 6


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation that sits somewhere the person may see, by name."""
    page = page_of(_seen_by(request), "name", "id", params=request.GET)
    return render(request, "front/organisation_list.html", {"organisations": page.rows, "page": page})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers on time, waiting now, promises, by community. Only what the person may see is counted."""
    found: Organisation = get_object_or_404(_seen_by(request), slug=slug)
    today = clock.today()
    asks = Ask.objects.visible_to(request.user).filter(organisation=found)
    waiting = asks.open().longest_first()
    responses = Response.objects.visible_to(request.user).filter(organisation=found)
    promises = Commitment.objects.visible_to(request.user).filter(organisation=found)
    return render(
        request,
        "front/organisation_detail.html",
        {
            "organisation": found,
            "today": today,
            "figures": _figures(asks, promises, today),
            "counts": waiting_counts(waiting, today),
            "waiting": with_clocks(waiting_rows(waiting)[:WAITING_SHOWN], today),
            "responses": responses.select_related("proposal__community", "ask").order_by("-published_at", "-id")[
                :ANSWERS_SHOWN
            ],
            "promises": [_promise_line(promise, today) for promise in _shown_promises(promises)],
            "places": Community.objects.visible_to(request.user).filter(organisations=found).order_by("name")[:20],
        },
    )


def _seen_by(request: HttpRequest) -> "QuerySet[Organisation]":
    places = Community.objects.visible_to(request.user)
    if not places.exists():
        raise Http404
    return Organisation.objects.filter(communities__in=places).distinct()


def _figures(asks: "QuerySet[Ask]", promises: "QuerySet[Commitment]", today: date) -> dict[str, int]:
    """Answers and promises in two queries, over the rows that the person may see."""
    answered = Q(answered_on__isnull=False)
    on_time = answered & Q(answered_on__lte=F("due_on"))
    answers = asks.aggregate(answered=Count("pk", filter=answered), on_time=Count("pk", filter=on_time))
    open_ = ~Q(state__in=["confirmed", "dropped"])
    kept = promises.aggregate(
        kept=Count("pk", filter=Q(state="confirmed")),
        open=Count("pk", filter=open_),
        late=Count("pk", filter=open_ & ~Q(state="claimed_done") & Q(due_on__lt=today)),
        broken=Count("pk", filter=Q(broken_on__isnull=False)),
        disputed=Count("pk", filter=Q(state="disputed")),
    )
    return answers | {f"promises_{name}": n for name, n in kept.items()}


def _promise_line(promise: Commitment, today: date) -> PromiseLine:
    """As on the proposal's page, without its buttons: they are there."""
    return promise_lines([promise], AnonymousUser(), promise.community, today, has_backed=False)[0]


def _shown_promises(promises: "QuerySet[Commitment]") -> list[Commitment]:
    """The ones that speak: open ones by date first, then what was kept or dropped last."""
    rows = promises.select_related("proposal__community", "community", "organisation", "promised_by")
    shown = list(rows.exclude(state__in=["confirmed", "dropped"]).order_by("due_on", "id")[:PROMISES_SHOWN])
    if len(shown) < PROMISES_SHOWN:
        settled = rows.filter(state__in=["confirmed", "dropped"]).order_by("-updated_at", "-id")
        shown += list(settled[: PROMISES_SHOWN - len(shown)])
    return shown
