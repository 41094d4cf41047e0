"""Where a vote was advice: the page on which an organisation says in public whether it follows it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, filled_in, signed_in
from ballots import permissions
from ballots.actions.advising import answer_advice
from ballots.exceptions import NotAllowed
from ballots.forms.advice import AdviceForm
from ballots.views.fetch import ballot_or_404


@require_http_methods(["GET", "POST"])
@signed_in
def answer(request: SignedInRequest, community: str, reference: str) -> HttpResponse:
    """The form's mark makes two taps one decision."""
    ballot = ballot_or_404(request, community, reference)
    if not permissions.can_answer_advice(request.user, ballot):
        raise NotAllowed(_("Only somebody who works for an organisation here can do this."))
    form = AdviceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = filled_in(form, answer_advice, ballot=ballot, acting_user=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(request, _("Your decision is public."))
            return redirect(made.get_absolute_url())
    elif request.method != "POST" and not permissions.must_answer_advice(request.user, ballot):
        messages.error(request, _("There is nothing to answer here now."))
        return redirect(ballot.get_absolute_url())
    context = {"ballot": ballot, "community": ballot.community, "form": form}
    return render(request, "ballots/advice_form.html", context)
