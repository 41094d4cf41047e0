"""Tabling a proposal, step by step. Each step is kept in a draft that only its author sees."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import SignedInRequest, filled_in, one_tap, signed_in
from communities.models import Community
from communities.views.fetch import community_or_404
from proposals import permissions
from proposals.actions.drafting import discard_draft, save_draft, start_draft
from proposals.exceptions import NotAllowed
from proposals.forms.tabling import OutcomeForm, StepForm, TopicForm, WhoForm, WhyForm
from proposals.models import Proposal
from proposals.similar import similar_proposals
from proposals.views.checking import check
from proposals.views.fetch import draft_or_404, step_url

STEPS = ("outcome", "who", "why", "similar", "topic", "check")
TITLES = {
    "outcome": gettext_lazy("What do you want to happen?"),
    "who": gettext_lazy("Who can do what?"),
    "why": gettext_lazy("Say it in your words"),
    "similar": gettext_lazy("Is it one of these?"),
    "topic": gettext_lazy("What is it about, and who should answer?"),
    "check": gettext_lazy("Check it, then table it"),
}
FORMS: dict[str, type[StepForm]] = {"outcome": OutcomeForm, "who": WhoForm, "why": WhyForm, "topic": TopicForm}


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: SignedInRequest, community: str) -> HttpResponse:
    """The first step. Nothing is made until it is sent; sent twice, it is one draft."""
    place = community_or_404(request, community)
    _require_may_table(request, place)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        submission = form.cleaned_data["submission"]
        draft = start_draft(community=place, acting_user=request.user, submission=submission)
        if draft.state != Proposal.State.DRAFT:  # Back from the page of what was tabled meanwhile
            return redirect(draft.get_absolute_url())
        saved = filled_in(form, save_draft, proposal=draft, acting_user=request.user, **form.kept())
        if saved is not None:
            return _onwards(request, saved, "outcome")
    context = {"drafts": _drafts(request, place).exists(), **_step_context(place, None, "outcome", form)}
    return render(request, "proposals/draft_step.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def step(request: SignedInRequest, community: str, draft: UUID, step: str) -> HttpResponse:
    """One step of a draft; what was tabled from it shows as the proposal that it is now."""
    row = draft_or_404(request, community, draft)
    if row.state != Proposal.State.DRAFT:
        return redirect(row.get_absolute_url())
    _require_may_table(request, row.community)
    if step == "similar":
        return _similar(request, row)
    if step == "check":
        return check(request, row)
    if step in FORMS:
        return _form_step(request, row, step)
    raise Http404


def _form_step(request: SignedInRequest, draft: Proposal, name: str) -> HttpResponse:
    form = _form_of(name, draft, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        sound, leaving = form.is_valid(), "leave" in request.POST
        saved = filled_in(form, save_draft, proposal=draft, acting_user=request.user, **form.kept())
        if saved is not None and (sound or (leaving and form.may_be_left)):
            return _onwards(request, saved, name)
        draft.refresh_from_db()
    return render(request, "proposals/draft_step.html", _step_context(draft.community, draft, name, form))


def _form_of(name: str, draft: Proposal, data: Any) -> StepForm:
    form_class = FORMS[name]
    initial = {field: getattr(draft, field) for field in form_class.base_fields if hasattr(draft, field)}
    if form_class is TopicForm:
        initial["organisations"] = list(draft.organisations.values_list("pk", flat=True))
        return TopicForm(data, initial=initial, community=draft.community)
    return form_class(data, initial=initial)


def _onwards(request: SignedInRequest, draft: Proposal, name: str) -> HttpResponse:
    """To the next step; to the check where one came from it; out where one wanted to leave."""
    if "leave" in request.POST:
        messages.success(request, _("Your draft is saved. Nobody else can see it until you table it."))
        return redirect("proposals:drafts", draft.community.slug)
    if request.GET.get("back") == "check":
        return redirect(step_url(draft, "check"))
    return redirect(step_url(draft, STEPS[STEPS.index(name) + 1]))


def _similar(request: SignedInRequest, draft: Proposal) -> HttpResponse:
    """Proposals that may ask for the same. Where there are none, the step has nothing to ask."""
    found = similar_proposals(draft, request.user)
    if not found:
        return redirect(step_url(draft, "topic"))
    for proposal in found:
        proposal.community = draft.community
    context = {"similar": found, **_step_context(draft.community, draft, "similar", None)}
    return render(request, "proposals/draft_similar.html", context)


@require_safe
@signed_in
def drafts(request: SignedInRequest, community: str) -> HttpResponse:
    """The person's own drafts here."""
    place = community_or_404(request, community)
    _require_may_table(request, place)
    rows = _drafts(request, place).order_by("-id")[:100]
    return render(request, "proposals/draft_list.html", {"community": place, "drafts": rows})


@require_http_methods(["GET", "POST"])
@signed_in
def discard(request: SignedInRequest, community: str, draft: UUID) -> HttpResponse:
    """Asks first, then throws a draft away."""
    row = draft_or_404(request, community, draft)
    if row.state != Proposal.State.DRAFT:
        return redirect(row.get_absolute_url())
    if request.method == "POST":
        place = redirect("proposals:drafts", row.community.slug).url
        try:
            return one_tap(request, place, _("The draft is gone."), discard_draft, proposal=row)
        except Proposal.DoesNotExist:  # of two taps at once, the other one did it
            return redirect(place)
    return render(request, "proposals/draft_discard.html", {"community": row.community, "draft": row})


def _drafts(request: SignedInRequest, place: Community) -> Any:
    rows = Proposal.objects.visible_to(request.user)
    return rows.filter(community=place, author_id=request.user.pk, state=Proposal.State.DRAFT)


def _step_context(place: Community, draft: Proposal | None, name: str, form: StepForm | None) -> dict[str, Any]:
    return {
        "community": place,
        "draft": draft,
        "form": form,
        "step": name,
        "step_title": TITLES[name],
        "number": STEPS.index(name) + 1,
        "of": len(STEPS),
        "numbers": range(1, len(STEPS) + 1),
    }


def _require_may_table(request: SignedInRequest, place: Community) -> None:
    if not permissions.can_table(request.user, place):
        raise NotAllowed(_("Only verified residents can table a proposal."))
