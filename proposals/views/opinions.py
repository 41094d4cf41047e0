"""Agree, disagree or pass."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, one_tap, signed_in
from proposals.actions.opinions import give_opinion, take_opinion_back
from proposals.models import Opinion
from proposals.views.fetch import proposal_or_404

VALUES = {value.name.lower(): value for value in Opinion.Value}
SAID = {
    "agree": _("You agree with this. You can change your answer."),
    "disagree": _("You disagree with this. You can change your answer."),
    "pass": _("You passed on this. You can change your answer."),
}


@require_http_methods(["GET", "POST"])
@signed_in
def opinion(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """`value` is "agree", "disagree", "pass" or "none"; anything else changes nothing. With `then=next` it goes on to
    the next proposal. The answer is in the body of the request alone: an address would stand in the server's log."""
    proposal = proposal_or_404(request, community, number)
    wanted = request.POST.get("value", "")
    goes_on = request.POST.get("then") == "next"
    url = f"{proposal.get_absolute_url()}#opinion"
    if goes_on:
        url = reverse("proposals:common_ground", args=[community]) + "#next"
    if request.method != "POST" or wanted not in (*VALUES, "none"):
        return redirect(url)
    if wanted == "none":
        return one_tap(request, url, _("Your answer is gone."), take_opinion_back, proposal=proposal)
    return one_tap(request, url, "" if goes_on else SAID[wanted], give_opinion, proposal=proposal, value=VALUES[wanted])
