"""Preparing a vote, announcing it, calling it off, certifying it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import SignedInRequest, filled_in, one_tap, signed_in
from ballots import lifecycle, permissions
from ballots.actions.announcing import announce_ballot, cancel_ballot
from ballots.actions.certifying import certify_ballot
from ballots.actions.preparing import (
    add_option,
    change_ballot,
    change_option,
    discard_ballot,
    move_option,
    remove_option,
    start_ballot,
)
from ballots.exceptions import NotAllowed
from ballots.forms.preparing import CancelForm, OptionForm, TermsForm, initial_of
from ballots.models import Ballot
from ballots.roll import electors_now
from ballots.views.fetch import to_run
from ballots.views.waiting import waiting_in
from communities.models import Community
from communities.views.fetch import community_or_404
from proposals.models import Proposal
from words.keyset import page_of

MOST_WAITING = 50


@require_safe
@signed_in
def manage(request: SignedInRequest, community: str) -> HttpResponse:
    """The votes of a community, for whoever prepares and runs them."""
    place = _to_prepare(request, community)
    rows = Ballot.objects.filter(community=place, source_id="").select_related("community")
    page = page_of(rows, "-created_at", "-id", params=request.GET)
    context = {"community": place, "page": page, "waiting": waiting_in(place)}
    return render(request, "ballots/facilitate_list.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: SignedInRequest, community: str) -> HttpResponse:
    """A new draft."""
    place = _to_prepare(request, community)
    initial = {"method": Ballot.Method.BUDGET, "electorate": Ballot.Electorate.RESIDENTS, "budget_rule": "equal_shares"}
    form = TermsForm(request.POST if request.method == "POST" else None, community=place, initial=initial)
    if request.method == "POST" and form.is_valid():
        ballot = filled_in(
            form,
            start_ballot,
            community=place,
            acting_user=request.user,
            submission=form.cleaned_data["submission"],
            **form.terms(),
        )
        if ballot is not None:
            messages.success(request, _("The draft is made. Now add what there is to choose from."))
            return redirect("ballots:prepare", place.slug, ballot.reference)
    return render(request, "ballots/facilitate_terms.html", {"community": place, "form": form})


@require_safe
@signed_in
def prepare(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """The working page of one vote: what it is, its options, and what can be done now."""
    ballot = to_run(request, community, reference)
    return render(request, "ballots/facilitate_prepare.html", _working(ballot) | {"option_form": OptionForm()})


@require_http_methods(["GET", "POST"])
@signed_in
def terms(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """Change the terms of a draft."""
    ballot = to_run(request, community, reference)
    sent = request.POST if request.method == "POST" else None
    form = TermsForm(sent, community=ballot.community, initial=initial_of(ballot))
    if request.method == "POST" and form.is_valid():
        done = filled_in(form, change_ballot, ballot=ballot, acting_user=request.user, **form.terms())
        if done is not None:
            messages.success(request, _("Changed."))
            return redirect("ballots:prepare", community, reference)
    context = {"community": ballot.community, "ballot": ballot, "form": form}
    return render(request, "ballots/facilitate_terms.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def option_add(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """One more option: words of its own, or a proposal that waits."""
    ballot = to_run(request, community, reference)
    if request.method != "POST":
        return redirect("ballots:prepare", community, reference)
    if request.POST.get("proposal"):
        proposal = get_object_or_404(_waiting(ballot), pk=_uuid(request.POST["proposal"]))
        back = _prepare_url(ballot)
        return one_tap(request, back, _("It is on this ballot now."), add_option, ballot=ballot, proposal=proposal)
    form = OptionForm(request.POST)
    if form.is_valid():
        done = filled_in(form, add_option, ballot=ballot, acting_user=request.user, **form.words)
        if done is not None:
            return redirect(f"{_prepare_url(ballot)}#options")
    return render(request, "ballots/facilitate_prepare.html", _working(ballot) | {"option_form": form})


@require_http_methods(["GET", "POST"])
@signed_in
def option_change(request: SignedInRequest, community: str, reference: str, option: UUID) -> HttpResponse:
    """Other words, another cost, another place, or off the paper."""
    ballot = to_run(request, community, reference)
    found = get_object_or_404(ballot.options, pk=option)
    back = f"{_prepare_url(ballot)}#options"
    if request.method == "POST" and ("up" in request.POST or "down" in request.POST):
        return one_tap(request, back, "", move_option, option=found, up="up" in request.POST)
    if request.method == "POST" and "remove" in request.POST:
        return one_tap(request, back, _("It is off this ballot."), remove_option, option=found)
    initial = {"title": found.title, "about": found.about, "price": found.cost / 100 if found.cost else None}
    form = OptionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = filled_in(form, change_option, option=found, acting_user=request.user, **form.words)
        if done is not None:
            return redirect(back)
    context = {"community": ballot.community, "ballot": ballot, "option": found, "form": form}
    return render(request, "ballots/facilitate_option.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def announce(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """What will be locked, and the button that locks it."""
    ballot = to_run(request, community, reference)
    if request.method == "POST":
        back = ballot.get_absolute_url()
        return one_tap(
            request, back, _("It is announced. Nothing in it can change now."), announce_ballot, ballot=ballot
        )
    if not lifecycle.may(ballot, "announce"):
        return redirect("ballots:prepare", community, reference)
    context = _working(ballot) | {"electors": electors_now(ballot).count()}
    return render(request, "ballots/facilitate_announce.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def cancel(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """Call it off, with a reason that everybody reads."""
    ballot = to_run(request, community, reference)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if filled_in(form, cancel_ballot, ballot=ballot, acting_user=request.user, reason=reason) is not None:
            messages.success(request, _("It is called off. The page says why."))
            return redirect(ballot)
    context = {"community": ballot.community, "ballot": ballot, "form": form}
    return render(request, "ballots/facilitate_cancel.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def certify(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """Make the count final. A GET comes from signing in: it changes nothing."""
    ballot = to_run(request, community, reference)
    if request.method != "POST":
        return redirect(ballot)
    return one_tap(request, ballot.get_absolute_url(), _("The result is final."), certify_ballot, ballot=ballot)


@require_http_methods(["GET", "POST"])
@signed_in
def discard(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """Throw a draft away."""
    ballot = to_run(request, community, reference)
    if request.method != "POST":
        return redirect("ballots:prepare", community, reference)
    back = reverse("ballots:manage", args=[community])
    return one_tap(request, back, _("The draft is gone."), discard_ballot, ballot=ballot)


def _to_prepare(request: HttpRequest, slug: str) -> Community:
    place = community_or_404(request, slug)
    if not permissions.can_prepare(request.user, place):
        raise NotAllowed(_("This page is for the facilitators of this community."))
    return place


def _working(ballot: Ballot) -> dict[str, Any]:
    """Everything that the working page of a vote shows."""
    options = list(ballot.options.select_related("proposal"))
    is_draft = lifecycle.may(ballot, "edit")
    held = {option.proposal_id for option in options}
    waiting = [row for row in _waiting(ballot)[:MOST_WAITING] if row.pk not in held] if is_draft else []
    rule = ballot.topic.rule if is_draft and ballot.topic else ballot.rule
    return {
        "community": ballot.community,
        "ballot": ballot,
        "options": options,
        "waiting": waiting,
        "agreement_rule": rule,
        "may": {step: lifecycle.may(ballot, step) for step in ("edit", "announce", "cancel", "vote", "certify")},
    }


def _waiting(ballot: Ballot) -> Any:
    """Proposals of the community that wait for a vote and are on none."""
    return Proposal.objects.filter(
        community=ballot.community_id, state=Proposal.State.DECIDING, waits_for="ballot", ballot_reference=""
    ).order_by("threshold_reached_at", "id")


def _prepare_url(ballot: Ballot) -> str:
    return reverse("ballots:prepare", args=[ballot.community.slug, ballot.reference])


def _uuid(text: str) -> UUID:
    """An id from a form; one that is none is nobody's."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
