"""Back a proposal, and take that back."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, one_tap, signed_in
from communities.seats import seat_of
from proposals.actions.backing import back_proposal, withdraw_backing
from proposals.guards import Address
from proposals.models import Proposal
from proposals.views.detail import backing_buttons
from proposals.views.fetch import proposal_or_404
from record.exceptions import NotAllowed, Refusal


@require_http_methods(["GET", "POST"])
@signed_in
def back(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """A GET comes from signing in: it changes nothing and shows the proposal."""
    return _tap(request, (community, number, slug), back_proposal, _("You back this now. Thank you."), backs=True)


@require_http_methods(["GET", "POST"])
@signed_in
def take_back(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """The same for taking it back, until an answer was asked for."""
    where, said = (community, number, slug), _("You do not back this any more.")
    return _tap(request, where, withdraw_backing, said, backs=False)


def _tap(
    request: SignedInRequest, where: tuple[str, int, str], action: Callable[..., Proposal], said: str, *, backs: bool
) -> HttpResponse:
    """The action finds the proposal by its address, and locks it: one tap reads it once."""
    community, number, _slug = where
    if request.method != "POST":
        return redirect(proposal_or_404(request, community, number))
    address = Address(community, number, request.user)
    if "HX-Request" in request.headers:
        return _piece(request, address, action, backs=backs)
    return one_tap(request, reverse("proposals:detail", args=where), said, action, proposal=address)


def _piece(request: SignedInRequest, address: Address, action: Callable[..., Proposal], *, backs: bool) -> HttpResponse:
    """The piece of the page that changes. Where more than that changed, or it was refused, the page comes anew."""
    try:
        fresh = action(proposal=address, acting_user=request.user)
    except NotAllowed:
        raise
    except Refusal:
        fresh = None
    if fresh is None or fresh.state != fresh.found_in:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {
        "proposal": fresh,
        "community": fresh.community,
        "user": request.user,
        "i_back": backs,
        "seat": seat_of(request.user, fresh.community_id),
        "may": backing_buttons(request, fresh, has_backed=backs),
    }
    # Without the context of a whole page, which the piece does not ask for: many people press this.
    return HttpResponse(render_to_string("proposals/support_block.html", context | csrf(request)))
