"""Writing an answer: the answer itself, its promises row by row, and more time to write it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proposals.models import Response, ResponseDraft
from words.forms import DayField, LineField, TextField

MOST_PROMISES = 20  # in one answer, as the action has it
NEVER_CHOSEN = Response.Outcome.NOT_STATED
_HINTS = {
    Response.Outcome.ACCEPTED: gettext_lazy("We will do what was asked."),
    Response.Outcome.ACCEPTED_IN_PART: gettext_lazy("We will do some of it. Say below what not."),
    Response.Outcome.DECLINED: gettext_lazy("We will not do it. Say below why."),
    Response.Outcome.TO_BALLOT: gettext_lazy("It goes to the next vote, and the vote counts."),
    Response.Outcome.TO_CODESIGN: gettext_lazy("Residents and staff work it out at one table."),
}
TEXTS = ("summary", "reasons", "could_not", "next_step")


def _outcomes() -> list[tuple[str, str]]:
    return [(str(one), f"{one.label}\n{_HINTS[one]}") for one in Response.Outcome if one != NEVER_CHOSEN]


class AnswerForm(forms.Form):
    """The answer. A draft may be kept half written; with `whole` it must have what an answer needs."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What do you answer?"),
        choices=_outcomes,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say yes, no or in part first.")},
    )
    summary = TextField(
        label=gettext_lazy("Your answer in a sentence or two"),
        max_length=600,
        help_text=gettext_lazy("Such as “Yes. From 1 December a rota will be on each notice board.”"),
        error_messages={"required": gettext_lazy("Give the answer in a sentence or two.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reasons = TextField(
        label=gettext_lazy("Why?"),
        max_length=8000,
        help_text=gettext_lazy(
            "Every answer needs reasons: what you found out, what it costs, what you weighed up. For a list, start "
            "each line with a dash."
        ),
        error_messages={"required": gettext_lazy("Say why. An answer without reasons is not an answer.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    could_not = TextField(
        label=gettext_lazy("What could you not do? (you may leave this empty)"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("What was asked for and will not happen, and what people can do instead."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_step = TextField(
        label=gettext_lazy("What happens next? (you may leave this empty)"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("The next thing that residents will see."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("outcome", "summary", "reasons"):
            self.fields[name].required = whole
            self.fields[name].widget.is_required = False  # the browser must not stop a draft from being kept


class PromiseRow(forms.Form):
    """One promise of an answer. A row left empty is none."""

    text = LineField(label=gettext_lazy("What do you promise?"), max_length=200, required=False)
    by = LineField(
        label=gettext_lazy("By whom?"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Leave it empty where your organisation does it itself."),
    )
    due_on = DayField(label=gettext_lazy("By which day?"), required=False)

    def __init__(self, *args: Any, whole: bool = False, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = whole
        self.today = today

    def clean(self) -> dict[str, Any]:
        """In a draft a row may be half filled in; an answer needs what and when."""
        data = dict(self.cleaned_data)
        if not self.whole or not any(self[name].data for name in self.fields):
            return data
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", forms.ValidationError(_("Say what you promise."), code="missing"))
        if "due_on" not in self.errors:
            if data.get("due_on") is None:
                self.add_error("due_on", forms.ValidationError(_("Give each promise a date."), code="missing"))
            elif self.today is not None and data["due_on"] < self.today:
                message = _("A promise is for a day that is still to come.")
                self.add_error("due_on", forms.ValidationError(message, code="past"))
        return data

    def promise(self) -> dict[str, str] | None:
        """As a draft keeps it, or None for an empty row."""
        data = self.cleaned_data
        due_on = data.get("due_on")
        kept = {
            "text": data.get("text", ""),
            "by": data.get("by", ""),
            "due_on": due_on.isoformat() if due_on else "",
        }
        return kept if any(kept.values()) else None


def promise_rows(
    data: Mapping[str, Any] | None, kept: Iterable[Mapping[str, str]], *, whole: bool, today: date, more: int = 0
) -> list[PromiseRow]:
    """The rows as they were posted, or those of the draft, with `more` empty ones and never more than twenty."""
    if data is not None:
        count = _bounded(data.get("promise_count", ""))
        return [PromiseRow(data, prefix=f"promise-{n}", whole=whole, today=today) for n in range(count)]
    initials: list[Mapping[str, str]] = [*kept, *({} for _n in range(more))]
    return [PromiseRow(initial=initial, prefix=f"promise-{n}") for n, initial in enumerate(initials[:MOST_PROMISES])]


def _bounded(text: str) -> int:
    return min(int(text), MOST_PROMISES) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def fields_of(draft: ResponseDraft | None) -> dict[str, Any]:
    """What the draft holds, by field. Empty where there is none yet."""
    if draft is None:
        return {"outcome": "", **dict.fromkeys(TEXTS, ""), "promises": []}
    return {"outcome": draft.outcome, **{name: getattr(draft, name) for name in TEXTS}, "promises": draft.promises}


class ExtendForm(forms.Form):
    due_on = DayField(
        label=gettext_lazy("Until which day?"),
        error_messages={"required": gettext_lazy("Give a day such as 24 November 2026")},
    )
    reason = TextField(
        label=gettext_lazy("Why do you need more time?"),
        max_length=1000,
        help_text=gettext_lazy("Everyone can read it, beside the first date."),
        error_messages={"required": gettext_lazy("Say why you need more time. Residents will read it.")},
    )


class DecisionForm(forms.Form):
    """The decision that follows from the answers, in words that can stand alone."""

    title = LineField(
        label=gettext_lazy("What is it about?"),
        max_length=160,
        error_messages={"required": gettext_lazy("Give the decision a title.")},
    )
    summary = TextField(
        label=gettext_lazy("What is decided?"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say what was decided.")},
    )
    reasons = TextField(
        label=gettext_lazy("Why?"),
        max_length=8000,
        error_messages={"required": gettext_lazy("Say why. A decision without reasons is not one.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
