"""Two officers wrote one answer at once: both texts side by side, and a choice for each part."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from proposals.forms.answering import TEXTS, AnswerForm
from proposals.models import Ask, Response, ResponseDraft
from words.dates import long_date


def chosen(mine: dict[str, Any], theirs: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """The draft that was chosen part by part: `choose-<part>` is "theirs" or "both", else mine stays."""
    result = dict(mine)
    for name in mine:
        choice = choices.get(f"choose-{name}", "mine")
        if choice == "theirs":
            result[name] = theirs[name]
        elif choice == "both" and name == "promises":
            result[name] = [*theirs[name], *(row for row in mine[name] if row not in theirs[name])]
        elif choice == "both" and name in TEXTS:
            result[name] = "\n\n".join(text for text in (theirs[name], mine[name]) if text)
    return result


def conflict(request: HttpRequest, ask: Ask, draft: ResponseDraft, mine: dict[str, Any]) -> HttpResponse:
    """The page that shows both. Nothing of either is lost until somebody chooses."""
    form = AnswerForm()
    labels = {"promises": _("Promises"), **{name: str(form.fields[name].label) for name in ("outcome", *TEXTS)}}
    theirs = {"outcome": draft.outcome, "promises": draft.promises} | {name: getattr(draft, name) for name in TEXTS}
    parts = [
        {
            "name": name,
            "label": labels[name],
            "theirs": _shown(name, theirs[name]),
            "mine": _shown(name, mine[name]),
            "can_join": name != "outcome",
        }
        for name in ("outcome", *TEXTS, "promises")
        if theirs[name] != mine[name]
    ]
    context = {
        "ask": ask,
        "proposal": ask.proposal,
        "community": ask.proposal.community,
        "draft": draft,
        "is_own": draft.edited_by_id == request.user.pk,
        "parts": parts,
        "mine": [(name, mine[name]) for name in ("outcome", *TEXTS)],
        "promises": list(enumerate(mine["promises"])),
        "promise_count": len(mine["promises"]),
        "has_errors": True,
    }
    return render(request, "proposals/desk_conflict.html", context, status=409)


def _shown(name: str, value: Any) -> str:
    """One part as text to read."""
    if name == "outcome":
        return str(Response.Outcome(value).label) if value in Response.Outcome.values else ""
    if name == "promises":
        return "\n".join(_promise_line(row) for row in value)
    return str(value)


def _promise_line(row: Mapping[str, str]) -> str:
    due_on = long_date(date.fromisoformat(row["due_on"])) if row["due_on"] else ""
    return ", ".join(part for part in (row["text"], row["by"], due_on) if part)
