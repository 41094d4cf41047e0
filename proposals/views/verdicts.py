"""“Did this answer it?”"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, one_tap, signed_in
from proposals.actions.verdicts import give_verdict
from proposals.views.fetch import proposal_or_404


@require_http_methods(["GET", "POST"])
@signed_in
def verdict(request: SignedInRequest, community: str, number: int, slug: str, reference: str) -> HttpResponse:
    """`answers_it` is "yes" or "no"; anything else changes nothing."""
    proposal = proposal_or_404(request, community, number)
    response = get_object_or_404(proposal.responses, reference=reference)
    url = f"{proposal.get_absolute_url()}#{response.reference}"
    said = request.POST.get("answers_it")
    if request.method != "POST" or said not in ("yes", "no"):
        return redirect(url)
    thanks = _("You said: this answers it.") if said == "yes" else _("You said: this does not answer it.")
    return one_tap(request, url, thanks, give_verdict, response=response, answers_it=said == "yes")
