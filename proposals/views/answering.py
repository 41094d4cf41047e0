"""Writing an answer. The draft is kept at every step; two officers never overwrite each other unseen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, signed_in
from proposals.actions.answering import save_response_draft
from proposals.clocks import clock_of
from proposals.exceptions import DraftEditedElsewhere, NotAllowed, Refusal
from proposals.forms.answering import TEXTS, AnswerForm, PromiseRow, fields_of, promise_rows
from proposals.models import Ask, Proposal, ResponseDraft
from proposals.views.answering_twice import chosen, conflict
from proposals.views.desk_seats import ask_or_404
from record import clock
from words import plain

MOST_CHANGED = 1000  # hard words; what is kept is a number for people, not a measure


@require_http_methods(["GET", "POST"])
@signed_in
def answer(request: SignedInRequest, ask: UUID) -> HttpResponse:
    """The form. Every button keeps the draft first; `do` says what comes then."""
    found = ask_or_404(request, ask)
    if request.method == "POST":
        return _posted(request, found)
    closed = closed_words(found)
    if closed:
        messages.info(request, closed)
        return redirect(found.proposal.get_absolute_url())
    draft = draft_of(found)
    kept = fields_of(draft)
    more = 1 if "more" in request.GET or not kept["promises"] else 0
    rows = promise_rows(None, kept["promises"], whole=False, today=clock.today(), more=more)
    return _page(request, found, AnswerForm(initial=kept), rows)


def draft_of(ask: Ask) -> ResponseDraft | None:
    """The draft that was read with the ask, or None."""
    draft: ResponseDraft | None = getattr(ask, "draft", None)
    return draft


def closed_words(ask: Ask) -> str:
    """Why nothing can be answered any more; "" where it can."""
    if not ask.is_open:
        return _("This is answered already.")
    if ask.proposal.state != Proposal.State.AWAITING_RESPONSE:
        return _("This does not wait for an answer any more.")
    return ""


def answer_url(ask: Ask) -> str:
    return reverse("desk:answer", args=[ask.pk])


def _posted(request: SignedInRequest, ask: Ask) -> HttpResponse:
    do = request.POST.get("do", "save")
    form = AnswerForm(request.POST, whole=do == "page")
    rows = promise_rows(request.POST, (), whole=do == "page", today=clock.today())
    if not all([form.is_valid(), *(row.is_valid() for row in rows)]):
        if do == "promise":
            rows.append(PromiseRow(prefix=f"promise-{len(rows)}"))
        return _page(request, ask, form, rows)
    draft = draft_of(ask)
    promises = [promise for row in rows if (promise := row.promise())]
    mine = {name: form.cleaned_data[name] for name in ("outcome", *TEXTS)} | {"promises": promises}
    fields = chosen(mine, fields_of(draft), request.POST)
    try:
        _save(request, ask, fields)
    except DraftEditedElsewhere:
        theirs = ResponseDraft.objects.select_related("edited_by").get(ask=ask)
        return conflict(request, ask, theirs, fields)
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, ask, form, rows)
    return _next(request, ask, do, len(fields["promises"]))


def _save(request: SignedInRequest, ask: Ask, fields: dict[str, Any]) -> None:
    """Keep the draft. The same words again change nothing, so that a second look at them still stands."""
    draft = ResponseDraft.objects.filter(ask=ask).first()
    if draft is not None and fields_of(draft) == fields and not closed_words(ask):
        return
    gone = _hard_words(fields_of(draft)) - _hard_words(fields)
    before = draft.hard_words_changed if draft is not None else 0
    save_response_draft(
        ask=ask,
        acting_user=request.user,
        revision=_revision(request.POST.get("revision", "")) if draft is not None else 0,
        fields=fields | {"hard_words_changed": min(before + len(gone), MOST_CHANGED)},
    )


def _revision(text: str) -> int:
    """The revision that the person opened; -1, which no draft has, for what is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _hard_words(fields: dict[str, Any]) -> set[str]:
    return {found.word.lower() for name in TEXTS for found in plain.hard_words(fields[name])}


def _next(request: HttpRequest, ask: Ask, do: str, promises: int) -> HttpResponse:
    if do == "page":
        return redirect("desk:preview", ask.pk)
    if do == "promise":
        return redirect(f"{answer_url(ask)}?more=1#promise-{promises}")
    if do == "words":
        return redirect(f"{answer_url(ask)}#words")
    messages.success(request, _("Your draft is saved. Only your colleagues can see it."))
    return redirect(answer_url(ask))


def _page(request: HttpRequest, ask: Ask, form: AnswerForm, rows: list[PromiseRow]) -> HttpResponse:
    draft = draft_of(ask)
    ask.clock = clock_of(ask, clock.today())  # type: ignore[attr-defined]
    posted = form.is_bound
    words = "\n\n".join(str(form[name].value() or "") for name in TEXTS)
    context = {
        "ask": ask,
        "proposal": ask.proposal,
        "community": ask.proposal.community,
        "form": form,
        "rows": rows,
        "row_count": len(rows),
        "draft": draft,
        "revision": request.POST.get("revision", "0")[:9] if posted else (draft.revision if draft else 0),
        "check": plain.check(words),
        "may_extend": ask.is_open and ask.extended_at is None and clock.today() < ask.due_on,
        "has_errors": posted,
    }
    return render(request, "proposals/desk_answer.html", context)
