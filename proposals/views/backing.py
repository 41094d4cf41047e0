"""Back a proposal, and take that back."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, one_tap, signed_in
from proposals.actions.backing import back_proposal, withdraw_backing
from proposals.views.fetch import proposal_or_404


@require_http_methods(["GET", "POST"])
@signed_in
def back(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """A GET comes from signing in: it changes nothing and shows the proposal."""
    proposal = proposal_or_404(request, community, number)
    url = proposal.get_absolute_url()
    if request.method != "POST":
        return redirect(url)
    return one_tap(request, url, _("You back this now. Thank you."), back_proposal, proposal=proposal)


@require_http_methods(["GET", "POST"])
@signed_in
def take_back(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    proposal = proposal_or_404(request, community, number)
    url = proposal.get_absolute_url()
    if request.method != "POST":
        return redirect(url)
    return one_tap(request, url, _("You do not back this any more."), withdraw_backing, proposal=proposal)
