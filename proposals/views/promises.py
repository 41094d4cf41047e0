"""Promises, as officers keep them: the list, starting, saying that it is done, changing, giving up."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import SignedInRequest, filled_in, one_tap, signed_in
from proposals import lifecycle, permissions
from proposals.actions.promising import (
    change_commitment,
    claim_commitment,
    drop_commitment,
    start_commitment,
)
from proposals.exceptions import NotAllowed
from proposals.forms.promising import ChangePromiseForm, ClaimDoneForm, DropPromiseForm
from proposals.models import Commitment
from proposals.views.desk_rows import lines_of, promises_of
from proposals.views.desk_seats import required_seats
from record import clock
from words.choices import Asked
from words.keyset import page_of

C = Commitment.State
SHOWS = {
    "": gettext_lazy("All open"),
    "late": gettext_lazy("Late"),
    "due": gettext_lazy("Due"),
    "claimed": gettext_lazy("Waiting for residents to check"),
    "disputed": gettext_lazy("Disputed"),
    "over": gettext_lazy("Kept or dropped"),
}


@require_safe
@signed_in
def promises(request: SignedInRequest) -> HttpResponse:
    """`show` filters; an unknown one shows all open, and the page says so."""
    seats = required_seats(request.user)
    asked = Asked(request.GET)
    show = asked.choice("show", SHOWS)
    page = page_of(_shown(promises_of(seats), show, clock.today()), "due_on", "id", params=request.GET)
    lines = lines_of(page.rows, request.user, clock.today())
    context = {
        "lines": [{"line": line, "may": _may(line.promise)} for line in lines],
        "page": page,
        "show": show,
        "shows": SHOWS.items(),
        "unknown": asked.unknown,
        "show_community": len({seat.community_id for seat in seats}) > 1,
    }
    return render(request, "proposals/desk_promises.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: HttpRequest, promise: UUID) -> HttpResponse:
    found = _promise_or_404(request, promise)
    url = f"{reverse('desk:promises')}#{found.reference}"
    if request.method != "POST":
        return redirect(url)
    return one_tap(request, url, _("You said: this has started."), start_commitment, commitment=found)


@require_http_methods(["GET", "POST"])
@signed_in
def claim(request: HttpRequest, promise: UUID) -> HttpResponse:
    """“It is done”: a claim, which residents check."""
    found = _promise_or_404(request, promise)
    said = _("You said: this is done. Now residents check it.")
    return _step(
        request,
        found,
        "claim",
        ClaimDoneForm(request.POST if request.method == "POST" else None),
        claim_commitment,
        said,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: HttpRequest, promise: UUID) -> HttpResponse:
    """Other words or another date, with the reason. The old promise stays shown."""
    found = _promise_or_404(request, promise)
    form = ChangePromiseForm(
        request.POST if request.method == "POST" else None, initial={"text": found.text, "due_on": found.due_on}
    )
    said = _("The promise is changed. The old one stays on the page, with your reason.")
    return _step(request, found, "change", form, change_commitment, said)


@require_http_methods(["GET", "POST"])
@signed_in
def drop(request: HttpRequest, promise: UUID) -> HttpResponse:
    """Giving a promise up: it counts as broken for ever."""
    found = _promise_or_404(request, promise)
    said = _("The promise is dropped. It stays on the page, with your reason.")
    return _step(
        request,
        found,
        "drop",
        DropPromiseForm(request.POST if request.method == "POST" else None),
        drop_commitment,
        said,
    )


def _step(request: HttpRequest, promise: Commitment, step: str, form: Any, action: Any, said: str) -> HttpResponse:
    """A page with a form for one step. Where the step is closed it says so; who did it already is led back."""
    url = f"{reverse('desk:promises')}#{promise.reference}"
    if request.method == "POST":
        if form.is_valid():
            done = filled_in(form, action, commitment=promise, acting_user=request.user, **form.cleaned_data)
            if done is not None:
                messages.success(request, said)
                return redirect(url)
    elif not lifecycle.commitment_may(promise, step):
        messages.error(request, _("This step is not open for this promise now. Look at the page again."))
        return redirect(url)
    context = {"promise": promise, "community": promise.community, "form": form}
    return render(request, f"proposals/desk_promise_{step}.html", context)


def _promise_or_404(request: HttpRequest, promise: UUID) -> Commitment:
    """An organisation's promise that the person may speak for; residents' own are looked after on the proposal."""
    rows = Commitment.objects.visible_to(request.user).select_related(
        "community", "organisation", "proposal__community"
    )
    found: Commitment = get_object_or_404(rows, pk=promise)
    if found.organisation_id is None or not permissions.can_deliver(request.user, found):
        raise NotAllowed(_("Only the organisation that promised can do this."))
    return found


def _shown(rows: QuerySet[Any], show: str, today: date) -> QuerySet[Any]:
    if show == "late":
        return rows.late(today)  # type: ignore[attr-defined]
    if show == "due":
        return rows.filter(state__in=[C.PROMISED, C.IN_PROGRESS, C.CHANGED], due_on__gte=today)
    states = {"claimed": [C.CLAIMED_DONE], "disputed": [C.DISPUTED], "over": [C.CONFIRMED, C.DROPPED]}
    return rows.filter(state__in=states[show]) if show else rows.open()  # type: ignore[attr-defined]


def _may(promise: Commitment) -> dict[str, bool]:
    """Which buttons the line has."""
    return {step: lifecycle.commitment_may(promise, step) for step in ("start", "claim", "change", "drop")}
