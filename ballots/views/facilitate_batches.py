"""Piles of paper votes: typed in, typed in again, compared, and put into the box."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, one_tap, signed_in
from ballots import paper_form
from ballots.actions.entering import begin_check, cast_batch, check_paper, settle_paper, start_batch, type_paper
from ballots.exceptions import NotNow, NotValid
from ballots.models import Ballot, PaperBatch, PaperEntry
from ballots.secrecy import clean_code
from ballots.views.fetch import to_run
from words.text import clean_line


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def batches(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """The piles of one vote, and a new one."""
    ballot = to_run(request, community, reference)
    error = ""
    if request.method == "POST":
        try:
            label = clean_line(request.POST.get("label", ""))
            batch = start_batch(ballot=ballot, acting_user=request.user, label=label)
            return redirect("ballots:batch", community, reference, batch.pk)
        except (NotValid, NotNow) as refusal:
            error = str(refusal.message)
    rows = list(ballot.batches.select_related("entered_by", "checked_by"))
    context = {
        "community": ballot.community,
        "ballot": ballot,
        "batches": rows,
        "error": error,
        "has_errors": bool(error),
    }
    return render(request, "ballots/facilitate_batches.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
def batch(request: SignedInRequest, community: str, reference: str, batch: UUID) -> HttpResponse:
    """One pile: type a paper, or type it again, or look at where the two differ."""
    ballot = to_run(request, community, reference)
    pile = get_object_or_404(ballot.batches.select_related("entered_by"), pk=batch)
    here = reverse("ballots:batch", args=[community, reference, pile.pk])
    options = list(ballot.options.all())
    if request.method != "POST":
        return _pile(request, ballot, pile, paper_form.of_choices(ballot, options, None))
    if "begin" in request.POST:
        return one_tap(request, here, "", begin_check, batch=pile)
    if "cast" in request.POST:
        return _cast(request, pile, here)
    form = paper_form.sent(ballot, options, request.POST)
    if not form.errors:
        try:
            _type(request, pile, form)
            return redirect(here)
        except (NotValid, NotNow) as refusal:
            form.errors.append(str(refusal.message))
    return _pile(request, ballot, pile, form)


def _type(request: SignedInRequest, pile: PaperBatch, form: paper_form.PaperForm) -> None:
    """Type one paper in: the first time, the second, or once more where the two differ."""
    code, position = clean_code(request.POST.get("code", "")), request.POST.get("position", "")
    if position.isdecimal() and position.isascii() and len(position) < 6:
        settle_paper(batch=pile, acting_user=request.user, position=int(position), choices=form.choices)
    elif pile.state == PaperBatch.State.FIRST:
        entry = type_paper(batch=pile, acting_user=request.user, code=code, choices=form.choices)
        messages.success(request, _("Paper %(n)d is typed in.") % {"n": entry.position})
    else:
        same = check_paper(batch=pile, acting_user=request.user, code=code, choices=form.choices)
        words = _("It is the same as the first time.") if same else _("It differs from the first time. See below.")
        (messages.success if same else messages.warning)(request, words)


def _cast(request: SignedInRequest, pile: PaperBatch, here: str) -> HttpResponse:
    try:
        done = cast_batch(batch=pile, acting_user=request.user)
    except NotNow as refusal:
        messages.error(request, str(refusal.message))
        return redirect(here)
    words = ngettext("%(n)d paper is in the box.", "%(n)d papers are in the box.", done.cast) % {"n": done.cast}
    messages.success(request, words)
    for position, why in done.left_out:
        messages.warning(request, _("Paper %(n)d is not: this person %(why)s.") % {"n": position, "why": why})
    return redirect(here)


def _pile(request: HttpRequest, ballot: Ballot, pile: PaperBatch, form: paper_form.PaperForm) -> HttpResponse:
    entries: list[PaperEntry] = list(pile.entries.all())
    settle = request.GET.get("paper", "")
    context: dict[str, Any] = {
        "community": ballot.community,
        "ballot": ballot,
        "batch": pile,
        "form": form,
        "scores": paper_form.SCORES,
        "typed": len(entries),
        "again": sum(entry.second is not None for entry in entries),
        "differ": [entry.position for entry in entries if entry.second is not None and entry.second != entry.first],
        "settle": settle if settle.isdecimal() else "",
        "same_person": pile.entered_by_id == request.user.pk,
        "code": request.POST.get("code", ""),
        "has_errors": bool(form.errors),
    }
    return render(request, "ballots/facilitate_batch.html", context)
