"""The answers become the decision: recorded by an officer or a facilitator in words that stand alone."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import filled_in, signed_in
from communities.working_days import add_working_days
from decisions.who_decided import Facts, who_decided
from proposals import permissions
from proposals.actions.deciding import decide_from_answers
from proposals.exceptions import NotAllowed
from proposals.forms.answering import DecisionForm
from proposals.models import Proposal, Response
from record import clock


@require_http_methods(["GET", "POST"])
@signed_in
def decide(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Filled in with the words of the answers. Recorded once: later taps lead to the decision."""
    rows = Proposal.objects.visible_to(request.user).tabled().select_related("community", "topic", "rule", "decision")
    found: Proposal = get_object_or_404(rows, pk=proposal)
    if not permissions.can_record_decision(request.user, found):
        raise NotAllowed(_("Only those who answered, or a facilitator, can record the decision."))
    if found.decision is not None:
        messages.info(request, _("This is recorded as a decision already."))
        return redirect(found.decision.get_absolute_url())
    if found.state != Proposal.State.RESPONDED:
        messages.error(request, _("There is nothing to decide from yet: not everyone who was asked has answered."))
        return redirect(found.get_absolute_url())
    answers = list(found.responses.select_related("organisation").order_by("published_at", "id"))
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=_from_answers(found, answers))
    if request.method == "POST" and form.is_valid():
        made = filled_in(form, decide_from_answers, proposal=found, acting_user=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(request, _("The decision is public, with who made it and why."))
            return redirect(made.get_absolute_url())
    context = {
        "proposal": found,
        "community": found.community,
        "form": form,
        "answers": answers,
        "decided_by": who_decided(Facts(basis="response", supports=found.supports_count, threshold=found.threshold)),
        "days": settings.STANDING_ANSWER_WORKING_DAYS,
        "by_itself_on": _by_itself_on(found),
    }
    return render(request, "proposals/desk_decide.html", context)


def _from_answers(proposal: Proposal, answers: list[Response]) -> dict[str, str]:
    """What the decision says where nobody words it."""
    return {
        "title": proposal.title,
        "summary": "\n\n".join(answer.summary for answer in answers)[:2000],
        "reasons": "\n\n".join(answer.reasons for answer in answers)[:8000],
    }


def _by_itself_on(proposal: Proposal) -> date | None:
    """The day on which the site records it, where that is still to come."""
    if proposal.responded_at is None:
        return None
    answered_on = clock.local_date(proposal.responded_at)
    day = add_working_days(answered_on, settings.STANDING_ANSWER_WORKING_DAYS, proposal.community)
    return day if day > clock.today() else None
