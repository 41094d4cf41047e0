"""Promising more than an answer did: for a proposal, or for what residents decided by a vote."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import SignedInRequest, filled_in, signed_in
from communities.models import Organisation
from communities.seats import seat_of
from decisions.models import Decision
from proposals.actions.promising import make_commitment
from proposals.exceptions import NotAllowed
from proposals.forms.promising import NewPromiseForm
from proposals.models import Ask, Proposal
from proposals.views.desk_rows import vote_asks
from proposals.views.desk_seats import of_seats, required_seats
from record import clock

CLOSED_TO_PROMISES = (Proposal.State.DRAFT, Proposal.State.WITHDRAWN, Proposal.State.MERGED, Proposal.State.LAPSED)
MOST_PROPOSALS = 50


@require_safe
@signed_in
def choose(request: SignedInRequest) -> HttpResponse:
    """For what? What residents voted for and is not answered, then the proposals on which the seats' organisations
    were asked, the newest first."""
    seats = required_seats(request.user)
    asked = Ask.objects.filter(of_seats(seats, "proposal__community_id")).values("proposal_id")
    rows = Proposal.objects.filter(pk__in=asked).exclude(state__in=CLOSED_TO_PROMISES)
    shown = rows.select_related("community").order_by("-asked_at", "-id")[:MOST_PROPOSALS]
    context = {"proposals": shown, "votes": vote_asks(seats, clock.today(), most=MOST_PROPOSALS)}
    return render(request, "proposals/desk_promise_choose.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def for_proposal(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """A promise of the person's organisation for one proposal."""
    rows = Proposal.objects.visible_to(request.user).tabled().select_related("community")
    found: Proposal = get_object_or_404(rows, pk=proposal)
    organisation = _organisation_of(request, found.community_id)
    if request.method != "POST" and found.state in CLOSED_TO_PROMISES:
        messages.error(request, _("Nothing can be promised for this proposal now."))
        return redirect(found.get_absolute_url())
    return _promise(request, found, organisation, proposal=found)


@require_http_methods(["GET", "POST"])
@signed_in
def for_decision(request: HttpRequest, decision: UUID) -> HttpResponse:
    """What the person's organisation will do about what residents decided. The first promise stops its clock."""
    found: Decision = get_object_or_404(
        Decision.objects.visible_to(request.user).select_related("community"), pk=decision
    )
    organisation = _organisation_of(request, found.community_id)
    return _promise(request, found, organisation, decision=found)


def _promise(request: HttpRequest, about: Proposal | Decision, organisation: Organisation, **link: Any) -> HttpResponse:
    """The form's mark makes two taps one promise."""
    form = NewPromiseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = filled_in(
            form, make_commitment, acting_user=request.user, organisation=organisation, **link, **form.cleaned_data
        )
        if made is not None:
            messages.success(request, _("The promise is public."))
            return redirect(f"{about.get_absolute_url()}#{made.reference}")
    context = {"about": about, "community": about.community, "organisation": organisation, "form": form}
    return render(request, "proposals/desk_promise_new.html", context)


def _organisation_of(request: HttpRequest, community: UUID) -> Organisation:
    seat = seat_of(request.user, community)
    if seat is None or seat.organisation is None:
        raise NotAllowed(_("Only somebody who works for an organisation here can promise this for it."))
    return seat.organisation
