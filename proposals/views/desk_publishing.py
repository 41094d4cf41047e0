"""From the draft to the public page: see it as residents will, let a colleague read it, publish it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import SignedInRequest, one_tap, signed_in
from communities.models import Membership
from proposals.actions.answering import (
    ask_second_look,
    give_second_look,
    official_text,
    publish_response,
    signed_role,
)
from proposals.clocks import clock_of
from proposals.exceptions import DraftEditedElsewhere, NotAllowed, Refusal
from proposals.forms.answering import AnswerForm, fields_of, promise_rows
from proposals.models import Ask, Commitment, Response, ResponseDraft
from proposals.promise_lines import PromiseLine, promise_lines
from proposals.views.answering import answer_url, closed_words, draft_of
from proposals.views.desk_seats import ask_or_404
from record import clock
from words import plain
from words.fields import summary


@require_safe
@signed_in
def preview(request: SignedInRequest, ask: UUID) -> HttpResponse:
    """The sheet that residents will see. What is not whole yet goes back to be finished."""
    found = ask_or_404(request, ask)
    draft = draft_of(found)
    missing = closed_words(found) or _missing(draft)
    if missing or draft is None:
        messages.error(request, missing)
        return redirect(answer_url(found))
    found.clock = clock_of(found, clock.today())  # type: ignore[attr-defined]
    is_mine = draft.edited_by_id == request.user.pk
    must_be_read = found.organisation.second_pair_of_eyes and draft.second_look_at is None
    context = {
        "ask": found,
        "proposal": found.proposal,
        "community": found.proposal.community,
        "draft": draft,
        "response": _response(request, found, draft),
        "promises": _promises(request, found, draft),
        "check": plain.check(official_text(draft)),
        "is_mine": is_mine,
        "must_be_read": must_be_read,
        "has_colleague": not is_mine or _has_colleague(found, request),
    }
    return render(request, "proposals/desk_preview.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def second_look(request: HttpRequest, ask: UUID) -> HttpResponse:
    """`do` is "ask" or "give". Anything else changes nothing."""
    found = ask_or_404(request, ask)
    do = request.POST.get("do")
    if request.method == "POST" and do == "ask":
        said = _("Your colleagues see on their desk that you would like a second look.")
        return one_tap(request, _preview_url(found), said, ask_second_look, ask=found)
    if request.method == "POST" and do == "give":
        revision = _revision(request)
        said = _("You said: I have read it. It can be published now.")
        return one_tap(request, _preview_url(found), said, give_second_look, ask=found, revision=revision)
    return redirect("desk:preview", found.pk)


@require_http_methods(["GET", "POST"])
@signed_in
def publish(request: SignedInRequest, ask: UUID) -> HttpResponse:
    """A second tap finds the answer there and leads to it too."""
    found = ask_or_404(request, ask)
    if request.method != "POST":
        return redirect("desk:preview", found.pk)
    try:
        response = publish_response(ask=found, acting_user=request.user, revision=_revision(request))
    except NotAllowed:
        raise
    except DraftEditedElsewhere as refusal:
        messages.error(request, str(refusal.message))
        return redirect("desk:preview", found.pk)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect(answer_url(found))
    messages.success(request, _("Your answer is public, and the clock has stopped. Thank you."))
    return redirect(f"{found.proposal.get_absolute_url()}#{response.reference}")


def _preview_url(ask: Ask) -> str:
    return f"{answer_url(ask)}page/"


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _missing(draft: ResponseDraft | None) -> str:
    """The first thing that the draft lacks before it can be an answer; "" where it is whole."""
    if draft is None:
        return _("There is no draft yet. Write the answer first.")
    fields = fields_of(draft)
    flat = {name: value for name, value in fields.items() if name != "promises"}
    flat["promise_count"] = str(len(fields["promises"]))
    for at, promise in enumerate(fields["promises"]):
        flat |= {f"promise-{at}-{name}": value for name, value in promise.items()}
    rows = promise_rows(flat, (), whole=True, today=clock.today())
    found = summary([AnswerForm(flat, whole=True), *rows])
    return found[0][1] if found else ""


def _response(request: SignedInRequest, ask: Ask, draft: ResponseDraft) -> Response:
    """The answer as it will stand, signed by whoever publishes it now. Not saved."""
    response = Response(
        reference="answer",
        ask=ask,
        proposal=ask.proposal,
        organisation=ask.organisation,
        outcome=draft.outcome,
        summary=draft.summary,
        reasons=draft.reasons,
        could_not=draft.could_not,
        next_step=draft.next_step,
        signed_name=request.user.display_name,
        signed_role=signed_role(request.user, ask),
        published_at=clock.now(),
        reading_age=plain.check(official_text(draft)).age,
        hard_words_changed=draft.hard_words_changed,
    )
    response.my_verdict = None  # type: ignore[attr-defined]
    return response


def _promises(request: HttpRequest, ask: Ask, draft: ResponseDraft) -> list[PromiseLine]:
    """Its promises as they will be listed. Not saved."""
    rows = promise_rows(None, draft.promises, whole=True, today=clock.today())
    commitments = [
        Commitment(
            proposal=ask.proposal,
            community=ask.proposal.community,
            organisation=ask.organisation,
            text=row.initial["text"],
            by_whom=row.initial["by"],
            due_on=row.fields["due_on"].clean(row.initial["due_on"]),
        )
        for row in rows
    ]
    return promise_lines(commitments, request.user, ask.proposal.community, clock.today(), has_backed=False)


def _has_colleague(ask: Ask, request: HttpRequest) -> bool:
    """Whether anybody else sits here for the organisation, who could read the draft."""
    seats = Membership.objects.current().filter(community=ask.proposal.community_id, organisation=ask.organisation_id)
    return seats.exclude(user=request.user.pk).exists()
