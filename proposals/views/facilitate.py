"""What facilitators do with proposals: call in, join duplicates, look after the scrutiny list, record meetings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import filled_in, signed_in
from communities.models import Rule
from proposals import lifecycle
from proposals.actions.asking import call_in_proposal
from proposals.actions.deciding import decide_at_meeting
from proposals.forms.facilitating import CallInForm, MeetingForm
from proposals.models import Proposal, Response
from proposals.views.facilitate_choose import choose, facilitated_or_404, facilitated_proposal
from words.keyset import page_of

BY_RESIDENTS = (Rule.WhoDecides.RESIDENTS, Rule.WhoDecides.TOGETHER)
DECIDABLE = [state for state, steps in lifecycle.PROPOSAL_STEPS.items() if "decide" in steps]


@require_safe
@signed_in
def call_in_choose(request: HttpRequest, community: str) -> HttpResponse:
    found = facilitated_or_404(request, community)
    rows = Proposal.objects.filter(state=Proposal.State.TABLED)
    return choose(request, found, rows, task="call_in", next_url=request.path)


@require_http_methods(["GET", "POST"])
@signed_in
def call_in(request: HttpRequest, community: str, number: int) -> HttpResponse:
    """Ask for an answer before the threshold, in public."""
    proposal = facilitated_proposal(request, community, number)
    chosen = list(proposal.organisations.all())
    if not chosen and proposal.topic is not None and proposal.topic.organisation is not None:
        chosen = [proposal.topic.organisation]
    form = CallInForm(
        request.POST if request.method == "POST" else None,
        community=proposal.community,
        initial={"organisations": chosen},
    )
    if request.method == "POST" and form.is_valid():
        done = filled_in(form, call_in_proposal, proposal=proposal, acting_user=request.user, **form.cleaned_data)
        if done is not None:
            messages.success(request, _("It is called in. The clock has started, and your reason is on the page."))
            return redirect(proposal.get_absolute_url())
    elif request.method != "POST" and not lifecycle.may(proposal, "call_in"):
        messages.error(request, _("Only a proposal that is gathering backing can be called in."))
        return redirect(proposal.get_absolute_url())
    context = {"proposal": proposal, "community": proposal.community, "form": form}
    return render(request, "proposals/facilitate_call_in.html", context)


@require_safe
@signed_in
def scrutiny(request: HttpRequest, community: str) -> HttpResponse:
    """Proposals whose answer most backers do not take for one."""
    found = facilitated_or_404(request, community)
    rows = Proposal.objects.filter(community=found).on_the_scrutiny_list().select_related("topic")
    page = page_of(rows, "-supports_count", "-id", params=request.GET)
    answers = _contested_answers(page.rows)
    for proposal in page.rows:
        proposal.contested = [answer for answer in answers if answer.proposal_id == proposal.pk]
    context = {"community": found, "page": page, "proposals": page.rows}
    return render(request, "proposals/facilitate_scrutiny.html", context)


@require_safe
@signed_in
def meeting_choose(request: HttpRequest, community: str) -> HttpResponse:
    found = facilitated_or_404(request, community)
    rows = Proposal.objects.filter(state__in=DECIDABLE, rule__who_decides__in=BY_RESIDENTS, decision=None)
    return choose(request, found, rows, task="meeting", next_url=request.path)


@require_http_methods(["GET", "POST"])
@signed_in
def meeting(request: HttpRequest, community: str, number: int) -> HttpResponse:
    """What a meeting decided, where the topic is residents' or shared."""
    proposal = facilitated_proposal(request, community, number)
    if proposal.rule is None or proposal.rule.who_decides not in BY_RESIDENTS:
        messages.error(request, _("The agreement gives this topic to the organisation. Its answer decides."))
        return redirect(proposal.get_absolute_url())
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = filled_in(form, decide_at_meeting, proposal=proposal, acting_user=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(request, _("The decision is public, with who made it and why."))
            return redirect(made.get_absolute_url())
    elif request.method != "POST" and not lifecycle.may(proposal, "decide"):
        messages.error(request, _("A meeting cannot decide this now. Look at the page again."))
        return redirect(proposal.get_absolute_url())
    together = proposal.rule.who_decides == Rule.WhoDecides.TOGETHER
    context = {"proposal": proposal, "community": proposal.community, "form": form, "together": together}
    return render(request, "proposals/facilitate_meeting.html", context)


def _contested_answers(proposals: list[Proposal]) -> list[Response]:
    rows = Response.objects.filter(proposal__in=[row.pk for row in proposals], is_contested=True)
    return list(rows.select_related("organisation").order_by("published_at", "id"))
