"""Joining a duplicate to another proposal: choose both, see them side by side, say why, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import filled_in, signed_in
from proposals import lifecycle
from proposals.actions.ending import merge_proposals
from proposals.forms.facilitating import MergeForm
from proposals.models import Proposal, Support
from proposals.views.facilitate_choose import choose, facilitated_or_404, facilitated_proposal, other_proposal

MERGEABLE = [state for state, steps in lifecycle.PROPOSAL_STEPS.items() if "merge" in steps]
JOINABLE = [state for state, steps in lifecycle.PROPOSAL_STEPS.items() if "back" in steps]


@require_safe
@signed_in
def merge_choose(request: HttpRequest, community: str) -> HttpResponse:
    """Which one is the duplicate?"""
    found = facilitated_or_404(request, community)
    rows = Proposal.objects.filter(state__in=MERGEABLE)
    return choose(request, found, rows, task="duplicate", next_url=request.path)


@require_safe
@signed_in
def merge_into(request: HttpRequest, community: str, number: int) -> HttpResponse:
    """To which one is it joined?"""
    duplicate = facilitated_proposal(request, community, number)
    rows = Proposal.objects.filter(state__in=JOINABLE).exclude(pk=duplicate.pk)
    return choose(request, duplicate.community, rows, task="into", duplicate=duplicate, next_url=request.path)


@require_http_methods(["GET", "POST"])
@signed_in
def merge(request: HttpRequest, community: str, number: int, into: int) -> HttpResponse:
    """Both side by side, how many voices move, and the reason. A second tap changes nothing."""
    duplicate = facilitated_proposal(request, community, number)
    other = other_proposal(request, community, into, than=duplicate.pk)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = filled_in(
            form, merge_proposals, duplicate=duplicate, into=other, acting_user=request.user, reason=reason
        )
        if done is not None:
            messages.success(request, _("They are one proposal now. Each person’s backing counts once."))
            return redirect(other.get_absolute_url())
    elif request.method != "POST" and not (lifecycle.may(duplicate, "merge") and lifecycle.may(other, "back")):
        messages.error(request, _("These two cannot be joined now. Look at both pages again."))
        return redirect(duplicate.get_absolute_url())
    both = Support.objects.filter(proposal=duplicate, user__in=Support.objects.filter(proposal=other).values("user"))
    moving = max(duplicate.supports_count - both.count(), 0)
    context = {
        "community": other.community,
        "duplicate": duplicate,
        "into": other,
        "pair": [duplicate, other],
        "moving": moving,
        "after": other.supports_count + moving,
        "crosses": other.state == Proposal.State.TABLED and other.supports_count + moving >= other.threshold,
        "form": form,
    }
    return render(request, "proposals/facilitate_merge.html", context)
