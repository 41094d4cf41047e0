"""Its author takes a proposal off the table; anyone who lives here tables a lapsed one again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, filled_in, signed_in
from proposals import lifecycle, permissions
from proposals.actions.ending import retable_proposal, withdraw_proposal
from proposals.exceptions import NotAllowed
from proposals.forms.talk import ReasonForm
from proposals.views.fetch import proposal_or_404, step_url
from record.exceptions import Refusal
from words.forms import SubmissionField


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """Asks for the reason, which stays public."""
    proposal = proposal_or_404(request, community, number)
    if not permissions.can_withdraw(request.user, proposal):
        raise NotAllowed(_("Only its author can take a proposal off the table."))
    form = ReasonForm(request.POST if request.method == "POST" else None, label=_("Why do you take it off the table?"))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = filled_in(form, withdraw_proposal, proposal=proposal, acting_user=request.user, reason=reason)
        if done is not None:
            messages.success(request, _("Your proposal is off the table. The page stays, with your reason."))
            return redirect(proposal.get_absolute_url())
    elif request.method != "POST" and not lifecycle.may(proposal, "withdraw"):
        messages.error(request, _("This proposal cannot be taken off the table now."))
        return redirect(proposal.get_absolute_url())
    context = {"proposal": proposal, "community": proposal.community, "form": form}
    return render(request, "proposals/proposal_withdraw.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def retable(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """A new draft with the words of a lapsed proposal; the form's mark makes two taps one draft."""
    proposal = proposal_or_404(request, community, number)
    if request.method != "POST":
        return redirect(proposal.get_absolute_url())
    submission = SubmissionField().clean(request.POST.get("submission"))
    try:
        draft = retable_proposal(proposal=proposal, acting_user=request.user, submission=submission)
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(proposal.get_absolute_url())
    if draft.state != draft.State.DRAFT:
        return redirect(draft.get_absolute_url())
    messages.success(request, _("Here is a draft with the words of the old one. Change what you want to change."))
    return redirect(step_url(draft, "outcome"))
