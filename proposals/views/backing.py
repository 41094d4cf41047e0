"""Back a proposal, and take that back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from proposals.actions.backing import back_proposal, withdraw_backing
from proposals.views.fetch import proposal_or_404
from proposals.views.refusals import one_tap, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def back(request: HttpRequest, community: str, number: int, slug: str) -> HttpResponse:
    """A GET comes from signing in: it changes nothing and shows the proposal."""
    proposal = proposal_or_404(request, community, number)
    url = proposal.get_absolute_url()
    if request.method != "POST":
        return redirect(url)
    return one_tap(request, url, _("You back this now. Thank you."), back_proposal, proposal=proposal)


@require_http_methods(["GET", "POST"])
@signed_in
def take_back(request: HttpRequest, community: str, number: int, slug: str) -> HttpResponse:
    proposal = proposal_or_404(request, community, number)
    url = proposal.get_absolute_url()
    if request.method != "POST":
        return redirect(url)
    return one_tap(request, url, _("You do not back this any more."), withdraw_backing, proposal=proposal)
