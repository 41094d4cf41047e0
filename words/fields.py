"""What a form field needs to be drawn: its kind, hint, error, count, and the ids that tie them together."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from words import dates


def summary(all_forms: Iterable[forms.BaseForm]) -> list[tuple[str, str]]:
    """Every error of the forms, with the id of the input that it speaks of ("" where it speaks of the whole form)."""
    found: list[tuple[str, str]] = []
    for form in all_forms:
        for name, errors in form.errors.as_data().items() if form.is_bound else ():
            bound = form[name] if name in form.fields else None
            target = "" if bound is None or bound.is_hidden else first_id(bound)
            found.extend((target, message) for error in errors for message in _messages(error, bound))
    return found


def first_id(bound: forms.BoundField) -> str:
    """The id of the input, or of the first choice where there are several."""
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return str(bound.auto_id)


def parts(bound: forms.BoundField, *, seen_by: str = "", small: bool = False, attrs: dict[str, Any]) -> dict[str, Any]:
    """The context of `includes/field.html`."""
    widget = bound.field.widget
    own_id = str(bound.auto_id)
    limit = getattr(bound.field, "max_length", None) if isinstance(widget, forms.Textarea) else None
    errors = bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []
    messages = [message for error in errors for message in _messages(error, bound)]
    ids = {
        "hint": f"{own_id}-hint" if bound.help_text else "",
        "seen": f"{own_id}-seen" if seen_by else "",
        "error": f"{own_id}-error" if messages else "",
        "count": f"{own_id}-count" if limit else "",
    }
    described_by = " ".join(i for i in ids.values() if i)
    # A placeholder goes when one types and is too faint to read: the label and the hint say it.
    given: dict[str, Any] = {"placeholder": False} | {
        name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()
    }
    if described_by:
        given["aria-describedby"] = described_by
    if messages:
        given["aria-invalid"] = "true"
    if limit:
        given |= {"data-count": str(limit), "maxlength": False}
    kind = _kind(widget)
    return {
        "field": bound,
        "kind": kind,
        "id": own_id,
        "ids": ids,
        "error": messages[0] if messages else "",
        "limit": limit,
        "seen_by": seen_by,
        "small": small,
        "described_by": described_by,
        "input": bound.as_widget(attrs=given) if kind in {"input", "tick"} else "",
        "choices": _choices(bound) if kind == "choices" else [],
    }


def _kind(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "input"


def _choices(bound: forms.BoundField) -> list[dict[str, Any]]:
    """The tags and labels of radios or ticks, each with the hint that a label may carry after a line break."""
    shown = []
    for choice in bound.subwidgets:
        label, _break, hint = str(choice.choice_label).partition("\n")
        shown.append({"tag": choice.tag(), "id": choice.id_for_label, "label": label, "hint": hint})
    return shown


def _messages(error: ValidationError, bound: forms.BoundField | None) -> list[str]:
    """What to put right, in our words where the form did not choose its own."""
    if bound is None or error.code is None:
        return [str(message) for message in error.messages]
    code = _code_of(error, bound)
    chosen = bound.field.error_messages.get(code)
    stock = forms.Field.default_error_messages | type(bound.field).default_error_messages
    if chosen is not None and str(chosen) != str(stock.get(code, "")):
        return [str(message) for message in error.messages] if code == error.code else [str(chosen)]
    ours = _our_words(error, bound)
    return [ours] if ours else [str(message) for message in error.messages]


def _code_of(error: ValidationError, bound: forms.BoundField) -> str:
    """What is wrong. A key that no row can have, such as a UUID that is none, is a choice that is not there."""
    is_choice = isinstance(bound.field, forms.ModelChoiceField)
    return "invalid_choice" if is_choice and error.code == "invalid" else str(error.code)


def _our_words(error: ValidationError, bound: forms.BoundField) -> str:
    label = {"label": bound.label}
    if error.code == "required":
        if isinstance(bound.field.widget, forms.CheckboxInput):
            return _("Tick “%(label)s” to go on") % label
        if isinstance(bound.field, forms.ChoiceField | forms.ModelChoiceField):
            return _("Choose one: %(label)s") % label
        return _("Fill in “%(label)s”") % label
    if error.code == "max_length" and isinstance(error.params, dict):
        over = int(error.params["show_value"]) - int(error.params["limit_value"])
        words = ngettext("Cut %(over)s letter from “%(label)s”", "Cut %(over)s letters from “%(label)s”", over)
        return words % (label | {"over": dates.number(over)})
    if _code_of(error, bound) in {"invalid_choice", "invalid_list", "invalid_pk_value"}:
        return _("Choose one of the answers shown: %(label)s") % label
    if isinstance(bound.field, forms.EmailField) and error.code == "invalid":
        return _("Give an e-mail address such as name@example.org")
    return ""
