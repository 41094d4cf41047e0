"""Voting: choose, check, vote, and the receipt. Nothing here is cached, and no choice is in an address or a message."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import SignedInRequest, signed_in
from ballots import paper_form, unfinished
from ballots.actions.voting import cast_vote, drop_choices, keep_choices, own_paper, own_unfinished
from ballots.exceptions import NotAllowed, NotNow, NotValid
from ballots.guards import Address
from ballots.models import Ballot, Elector
from ballots.permissions import elector_of
from ballots.views.fetch import ballot_or_404, options_of
from record import clock


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def vote(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """The paper: one page, one control for each method. Sending it keeps the choices and leads to the check."""
    ballot, elector = _for_elector(request, community, reference)
    if not ballot.takes_votes(clock.now()):
        return _closed(request, ballot)
    options = options_of(ballot)
    if request.method == "POST":
        form = paper_form.sent(ballot, options, request.POST)
        if not _only_arranges(request, form) and not form.errors:
            kept = _keep(request, ballot, form)
            if kept is not None:
                return kept
        return _paper(request, ballot, form, _has_voted(elector))
    held = own_unfinished(ballot, elector)
    paper = own_paper(ballot, elector) if held is None else None
    form = paper_form.of_choices(ballot, options, held if held is not None else paper.choices if paper else None)
    return _paper(request, ballot, form, _has_voted(elector))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def check(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """What the paper says, in words, and the button that casts it."""
    if request.method == "POST":
        return _cast(request, community, reference)
    ballot, elector = _for_elector(request, community, reference)
    if not ballot.takes_votes(clock.now()):
        return _closed(request, ballot)
    options = options_of(ballot)
    held = own_unfinished(ballot, elector)
    if held is None:  # cast or dropped meanwhile, perhaps on another phone
        unfinished.forget(request, ballot.reference)
        return redirect("ballots:done" if _has_voted(elector) else "ballots:vote", community, reference)
    unfinished.remember(request, ballot)
    context = {"form": paper_form.of_choices(ballot, options, held), "has_voted": _has_voted(elector)}
    return render(request, "ballots/vote_check.html", _frame(ballot) | context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def drop(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """Forget what was chosen and not cast."""
    ballot = ballot_or_404(request, community, reference)
    if request.method != "POST":
        return redirect(ballot)
    try:
        drop_choices(ballot=ballot, acting_user=request.user)
    except NotNow:
        return _closed(request, ballot)
    unfinished.forget(request, ballot.reference)
    messages.success(request, _("Your choices are gone. You can vote until the close."))
    return redirect(ballot)


@never_cache
@require_safe
@signed_in
def done(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """The receipt. Opened again, it shows the same one until the close; after that nobody can look it up."""
    ballot, elector = _for_elector(request, community, reference)
    paper = own_paper(ballot, elector)
    if paper is None:
        return redirect(ballot)
    return render(request, "ballots/vote_done.html", _frame(ballot) | {"receipt": paper.receipt})


def _for_elector(request: SignedInRequest, community: str, reference: str) -> tuple[Ballot, Elector]:
    ballot = ballot_or_404(request, community, reference)
    elector = elector_of(request.user, ballot)
    if elector is None and ballot.state == Ballot.State.ANNOUNCED:
        raise NotAllowed(_("This vote is not open yet. Who can vote is fixed when it opens."))
    if elector is None:
        raise NotAllowed(_("You are not on the roll of this vote. It holds those who could vote when it opened."))
    return ballot, elector


def _has_voted(elector: Elector) -> bool:
    return bool(elector.channel)


def _only_arranges(request: HttpRequest, form: paper_form.PaperForm) -> bool:
    """“Add up again”, up and down: the page comes back as it was sent, put in order. Nothing is kept."""
    for name, up in (("up", True), ("down", False)):
        if name in request.POST:
            form.move(request.POST[name], up=up)
            return True
    return "sum" in request.POST


def _keep(request: SignedInRequest, ballot: Ballot, form: paper_form.PaperForm) -> HttpResponse | None:
    try:
        keep_choices(ballot=ballot, acting_user=request.user, choices=form.choices)
    except NotValid as refusal:
        form.errors.append(str(refusal.message))
        return None
    except NotNow:
        return _closed(request, ballot)
    unfinished.remember(request, ballot)
    return redirect("ballots:check", ballot.community.slug, ballot.reference)


def _cast(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """The action finds the ballot by its address, and the line of the roll, and locks them: a vote reads them once.
    They are read here only where the vote does not take place."""
    where = Address(community, reference, request.user)
    try:
        cast_vote(ballot=where, acting_user=request.user, choices=partial(paper_form.choices_sent, data=request.POST))
    except (NotNow, NotValid) as refusal:
        ballot, elector = _for_elector(request, community, reference)
        if isinstance(refusal, NotNow):
            return _closed(request, ballot)
        form = paper_form.sent(ballot, options_of(ballot), request.POST)
        if not form.errors:  # it can be read, and cannot be a paper
            form.errors.append(str(refusal.message))
        return _paper(request, ballot, form, _has_voted(elector))
    unfinished.forget(request, reference)
    return redirect("ballots:done", community, reference)


def _closed(request: HttpRequest, ballot: Ballot) -> HttpResponse:
    """Before the opening or after the close. Whoever had choices ready hears that they were not counted."""
    had_choices = unfinished.is_of(request, ballot) or request.method == "POST"
    unfinished.forget(request, ballot.reference)
    late = ballot.closes_at is not None and clock.now() >= ballot.closes_at
    if late and had_choices:
        messages.error(request, _("The vote is closed. What you chose just now was not counted."))
    elif late:
        messages.error(request, _("The vote is closed."))
    else:
        messages.error(request, _("The vote is not open yet."))
    return redirect(ballot)


def _paper(request: HttpRequest, ballot: Ballot, form: paper_form.PaperForm, has_voted: bool) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "has_voted": has_voted,
        "scores": paper_form.SCORES,
        "has_errors": bool(form.errors),
    }
    context["moved"] = request.POST.get("up") or request.POST.get("down")
    return render(request, "ballots/vote_paper.html", _frame(ballot) | context)


def _frame(ballot: Ballot) -> dict[str, Any]:
    return {"ballot": ballot, "community": ballot.community}
