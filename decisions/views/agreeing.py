"""Writing down a new version of the agreement, as a meeting agreed it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.refusals import filled_in, signed_in
from communities.models import Community
from communities.views.fetch import community_or_404
from decisions import permissions
from decisions.actions import decide_agreement
from decisions.agreement_forms import AgreementForm, rule_forms
from decisions.exceptions import NotAllowed


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def agreement_new(request: HttpRequest, community: str) -> HttpResponse:
    """One form: how it was agreed, and a row for each topic. “Another topic” keeps everything and adds a row."""
    place: Community = community_or_404(request, community)
    if not permissions.can_decide_agreement(request.user, place):
        raise NotAllowed(_("Only a facilitator can record a new agreement."))
    sent = request.POST if request.method == "POST" else None
    more = 1 if sent is not None and sent.get("do") == "more" else 0
    form, rules = AgreementForm(sent), rule_forms(place, sent, more=more)
    whole = [form, *(rule for rule in rules if rule.is_bound)]
    wrong = [one for one in whole if not one.is_valid()]  # each is asked, so that each says what is wrong
    if sent is not None and not more and not wrong:
        terms = [term for rule in rules if (term := rule.terms()) is not None]
        made = filled_in(
            form, decide_agreement, community=place, acting_user=request.user, terms=terms, **form.cleaned_data
        )
        if made is not None:
            messages.success(request, _("The new agreement is in force. It is a decision that everyone can read."))
            return redirect("communities:agreement", place.slug)
    context = {"community": place, "form": form, "rules": rules, "rows": len(rules), "quiet": bool(more)}
    return render(request, "decisions/agreement_new.html", context)
