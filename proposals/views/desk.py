"""The desk: what an officer must answer, by when, and what was promised."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.refusals import SignedInRequest, signed_in
from communities.models import Membership
from proposals.views.desk_rows import (
    FIRST,
    ask_rows,
    asks_of,
    facts_of,
    lines_of,
    my_draft,
    promises_of,
    to_be_recorded,
    vote_asks,
)
from proposals.views.desk_seats import desk_seats, required_seats
from record import clock
from words import plain
from words.keyset import page_of

MOST_VOTES = 50


@require_safe
@signed_in
def desk(request: SignedInRequest) -> HttpResponse:
    """Overdue and due first. Without any seat the page says how one gets a desk."""
    seats = desk_seats(request.user)
    if not seats:
        return render(request, "proposals/desk_none.html")
    today = clock.today()
    asks = asks_of(seats).order_by("due_on", "id")[:FIRST]
    promises = promises_of(seats).open().order_by("due_on", "id")[:FIRST]  # type: ignore[attr-defined]
    draft = my_draft(seats, request.user)
    context = {
        "seats": seats,
        "facts": facts_of(seats, today),
        "asks": ask_rows(list(asks), request.user, today),
        "votes": vote_asks(seats, today),
        "promises": lines_of(list(promises), request.user, today),
        "draft": draft,
        "check": plain.check(draft.summary + "\n\n" + draft.reasons) if draft else None,
        "to_record": to_be_recorded(seats),
        **_several(seats),
    }
    return render(request, "proposals/desk_desk.html", context)


@require_safe
@signed_in
def waiting(request: SignedInRequest) -> HttpResponse:
    """Every answer that is waited for, the longest first."""
    seats = required_seats(request.user)
    page = page_of(asks_of(seats), "due_on", "id", params=request.GET)
    today = clock.today()
    context = {
        "asks": ask_rows(page.rows, request.user, today),
        "votes": vote_asks(seats, today, most=MOST_VOTES),
        "page": page,
        **_several(seats),
    }
    return render(request, "proposals/desk_waiting.html", context)


def _several(seats: list[Membership]) -> dict[str, bool]:
    """Whether a row must say for which community, and for which organisation, it is."""
    return {
        "show_community": len({seat.community_id for seat in seats}) > 1,
        "show_organisation": len({seat.organisation_id for seat in seats}) > 1,
    }
