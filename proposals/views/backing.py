"""Back a proposal, and take that back."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, one_tap, signed_in
from communities.seats import seat_of
from proposals.actions.backing import back_proposal, withdraw_backing
from proposals.models import Proposal
from proposals.views.detail import buttons
from proposals.views.fetch import address_or_404
from record.exceptions import NotAllowed, Refusal


@require_http_methods(["GET", "POST"])
@signed_in
def back(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """A GET comes from signing in: it changes nothing and shows the proposal."""
    proposal = address_or_404(request, community, number)
    return _tap(request, proposal, back_proposal, _("You back this now. Thank you."), backs=True)


@require_http_methods(["GET", "POST"])
@signed_in
def take_back(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """The same for taking it back, until an answer was asked for."""
    proposal = address_or_404(request, community, number)
    return _tap(request, proposal, withdraw_backing, _("You do not back this any more."), backs=False)


def _tap(
    request: SignedInRequest, proposal: Proposal, action: Callable[..., Proposal], said: str, *, backs: bool
) -> HttpResponse:
    url = proposal.get_absolute_url()
    if request.method != "POST":
        return redirect(url)
    if "HX-Request" in request.headers:
        return _piece(request, proposal, action, backs=backs)
    return one_tap(request, url, said, action, proposal=proposal)


def _piece(
    request: SignedInRequest, proposal: Proposal, action: Callable[..., Proposal], *, backs: bool
) -> HttpResponse:
    """The piece of the page that changes. Where more than that changed, or it was refused, the page comes anew."""
    try:
        fresh = action(proposal=proposal, acting_user=request.user)
    except NotAllowed:
        raise
    except Refusal:
        fresh = None
    if fresh is None or fresh.state != proposal.state:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {
        "proposal": fresh,
        "community": fresh.community,
        "i_back": backs,
        "seat": seat_of(request.user, fresh.community_id),
        "may": buttons(request, fresh, has_backed=backs),
    }
    return render(request, "proposals/support_block.html", context)
