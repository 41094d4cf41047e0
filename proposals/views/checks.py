"""Was a promise kept? And residents' own promises: make one, start it, say that it is done."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, filled_in, one_tap, signed_in
from communities.seats import is_verified_resident
from proposals import permissions
from proposals.actions.checking import check_commitment
from proposals.actions.promising import claim_commitment, make_commitment, start_commitment
from proposals.exceptions import NotAllowed
from proposals.forms.talk import ClaimForm, NotDoneForm, ResidentPromiseForm
from proposals.models import Commitment, Proposal
from proposals.views.fetch import proposal_or_404


@require_http_methods(["GET", "POST"])
@signed_in
def kept(request: SignedInRequest, community: str, number: int, slug: str, reference: str) -> HttpResponse:
    """ "This is done", by one resident."""
    proposal, promise = _promise(request, community, number, reference)
    if request.method != "POST":
        return redirect(_promises_url(proposal))
    thanks = _("You said: this is done. Thank you.")
    return one_tap(request, _promises_url(proposal), thanks, check_commitment, commitment=promise, done=True)


@require_http_methods(["GET", "POST"])
@signed_in
def not_kept(request: SignedInRequest, community: str, number: int, slug: str, reference: str) -> HttpResponse:
    """ "This is not done": the page asks what is missing."""
    proposal, promise = _promise(request, community, number, reference)
    if not permissions.can_check(request.user, promise):
        raise NotAllowed(_("Only those who backed this proposal can say whether the promise was kept."))
    form = NotDoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        done = filled_in(form, check_commitment, commitment=promise, acting_user=request.user, done=False, note=note)
        if done is not None:
            messages.success(request, _("You said: this is not done. They can read why."))
            return redirect(_promises_url(proposal))
    return _page(request, "proposals/promise_not_kept.html", proposal, form, promise)


@require_http_methods(["GET", "POST"])
@signed_in
def promise(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """A resident promises something of their own."""
    proposal = proposal_or_404(request, community, number)
    if not is_verified_resident(request.user, proposal.community_id):
        raise NotAllowed(_("Only residents of this community can promise this."))
    form = ResidentPromiseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = filled_in(form, make_commitment, acting_user=request.user, proposal=proposal, **form.cleaned_data)
        if made is not None:
            messages.success(request, _("Your promise is on the page."))
            return redirect(_promises_url(proposal))
    return _page(request, "proposals/promise_new.html", proposal, form)


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: SignedInRequest, community: str, number: int, slug: str, reference: str) -> HttpResponse:
    proposal, promise = _promise(request, community, number, reference)
    if request.method != "POST":
        return redirect(_promises_url(proposal))
    said = _("You said: this has started.")
    return one_tap(request, _promises_url(proposal), said, start_commitment, commitment=promise)


@require_http_methods(["GET", "POST"])
@signed_in
def claim(request: SignedInRequest, community: str, number: int, slug: str, reference: str) -> HttpResponse:
    """The one who promised says that it is done."""
    proposal, promise = _promise(request, community, number, reference)
    if not permissions.can_deliver(request.user, promise):
        raise NotAllowed(_("Only the one who promised can do this."))
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if filled_in(form, claim_commitment, commitment=promise, acting_user=request.user, note=note) is not None:
            messages.success(request, _("You said: this is done. Now your neighbours check it."))
            return redirect(_promises_url(proposal))
    return _page(request, "proposals/promise_claim.html", proposal, form, promise)


def _promise(request: SignedInRequest, community: str, number: int, reference: str) -> tuple[Proposal, Commitment]:
    proposal = proposal_or_404(request, community, number)
    row = get_object_or_404(proposal.commitments.select_related("organisation", "community"), reference=reference)
    row.proposal = proposal
    return proposal, row


def _promises_url(proposal: Proposal) -> str:
    return f"{proposal.get_absolute_url()}#promises"


def _page(
    request: SignedInRequest, template: str, proposal: Proposal, form: object, promise: Commitment | None = None
) -> HttpResponse:
    context = {"proposal": proposal, "community": proposal.community, "form": form, "promise": promise}
    return render(request, template, context)
