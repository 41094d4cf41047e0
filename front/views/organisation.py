"""One organisation, whichever communities it sits in: does it answer, on time, and does it keep its promises?"""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from communities.models import Community, Organisation
from front.organisation_figures import LATE_ANSWER, ON_TIME, ask_figures, promise_figures, promises_that_are
from front.waiting_rows import waiting_html, waiting_values
from proposals.models import Ask, Commitment, CommitmentAsk, Response
from proposals.promise_lines import PromiseLine, promise_lines
from record import clock
from words.choices import Asked
from words.keyset import page_of

WAITING_SHOWN = 6
ANSWERS_SHOWN = 5
PROMISES_SHOWN = 6
PLACES_SHOWN = 50
ANSWERS = {"on-time": _("On time"), "late": _("Late")}
PROMISES = {
    "kept": _("Kept"),
    "open": _("Open"),
    "late": _("Late now"),
    "disputed": _("Disputed"),
    "broken": _("Broken"),
}


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation that sits somewhere the person may see, by name."""
    page = page_of(Organisation.objects.visible_to(request.user), "name", "id", params=request.GET)
    return render(request, "front/organisation_list.html", {"organisations": page.rows, "page": page})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers on time, waiting now, promises, by community. Only what the person may see is counted."""
    found = _organisation_or_404(request, slug)
    today = clock.today()
    asks = Ask.objects.visible_to(request.user).filter(organisation=found)
    promises = _promises(request, found)
    votes = CommitmentAsk.objects.visible_to(request.user).filter(organisation=found)
    figures = ask_figures(asks, votes, today)
    return render(
        request,
        "front/organisation_detail.html",
        {
            "organisation": found,
            "asked": figures,
            "promised": promise_figures(promises, today),
            "waiting": waiting_html(waiting_values(asks.open().longest_first())[:WAITING_SHOWN], today),
            "responses": _answers(request, found)[:ANSWERS_SHOWN],
            "promises": [_promise_line(promise, today) for promise in _shown_promises(promises)],
            "places": figures.places[:PLACES_SHOWN] or _places(request, found),
        },
    )


@require_safe
def organisation_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Every answer, newest first; `?when=on-time` or `?when=late`."""
    found = _organisation_or_404(request, slug)
    asked = Asked(request.GET)
    when = asked.choice("when", ANSWERS)
    rows = _answers(request, found)
    if when:
        shown = Ask.objects.filter(ON_TIME if when == "on-time" else LATE_ANSWER, organisation=found)
        rows = rows.filter(ask__in=shown)
    page = page_of(rows, "-published_at", "-id", params=request.GET)
    context = {
        "organisation": found,
        "page": page,
        "responses": page.rows,
        "when": when,
        "choices": ANSWERS.items(),
        "unknown": asked.unknown,
    }
    return render(request, "front/organisation_answers.html", context)


@require_safe
def organisation_promises(request: HttpRequest, slug: str) -> HttpResponse:
    """Every promise by its date; `?state=` kept, open, late, disputed or broken."""
    found = _organisation_or_404(request, slug)
    today = clock.today()
    asked = Asked(request.GET)
    state = asked.choice("state", PROMISES)
    wanted = promises_that_are(state, today)
    rows = _promises(request, found)
    if wanted is not None:
        rows = rows.filter(wanted)
    page = page_of(rows, "due_on", "id", params=request.GET)
    context = {
        "organisation": found,
        "page": page,
        "promises": [_promise_line(promise, today) for promise in page.rows],
        "state": state,
        "choices": PROMISES.items(),
        "unknown": asked.unknown,
    }
    return render(request, "front/organisation_promises.html", context)


def _organisation_or_404(request: HttpRequest, slug: str) -> Organisation:
    found: Organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    return found


def _places(request: HttpRequest, found: Organisation) -> "QuerySet[Community]":
    """Where it sits, for an organisation that nobody has asked anything yet."""
    return Community.objects.visible_to(request.user).filter(organisations=found).order_by("name")[:PLACES_SHOWN]


def _answers(request: HttpRequest, found: Organisation) -> "QuerySet[Response]":
    rows = Response.objects.visible_to(request.user).filter(organisation=found)
    shown: QuerySet[Response] = rows.select_related("proposal__community", "ask").defer("reasons")
    return shown.order_by("-published_at", "-id")


def _promises(request: HttpRequest, found: Organisation) -> "QuerySet[Commitment]":
    rows = Commitment.objects.visible_to(request.user).filter(organisation=found)
    shown: QuerySet[Commitment] = rows.select_related(
        "proposal__community", "decision", "community", "organisation", "promised_by"
    )
    return shown


def _promise_line(promise: Commitment, today: date) -> PromiseLine:
    """As on the proposal's page, without its buttons: they are there."""
    return promise_lines([promise], AnonymousUser(), promise.community, today, has_backed=False)[0]


def _shown_promises(promises: "QuerySet[Commitment]") -> list[Commitment]:
    """The ones that speak: open ones by date first, then what was kept or dropped last."""
    settled = {"state__in": ["confirmed", "dropped"]}
    shown = list(promises.exclude(**settled).order_by("due_on", "id")[:PROMISES_SHOWN])
    last = list(promises.filter(**settled).order_by("-updated_at", "-id")[:PROMISES_SHOWN])
    return (shown + last)[:PROMISES_SHOWN]
