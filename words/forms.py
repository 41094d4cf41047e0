"""Form fields that every form of the site is made of: they clean what is typed before anything else sees it."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from words.text import clean_line, clean_text

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 12, 31)


class LineField(forms.CharField):
    """One line of text, cleaned."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class TextField(forms.CharField):
    """Text of many lines, cleaned. `max_length` is counted in characters and shown while one types."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, *, max_length: int = 5000, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        # A browser would cut off what is pasted without a word; the count says how much is too much instead.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class DayField(forms.DateField):
    """A date between 2000 and 2100, picked or typed as "24 November 2026" or "24/11/2026"."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {
        "invalid": _("Give a day such as 24 November 2026"),
        "out_of_range": _("Give a day between the years 2000 and 2100"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(clean_line(value) if isinstance(value, str) else value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(self.error_messages["out_of_range"], code="out_of_range")
        return day


class SubmissionField(forms.UUIDField):
    """A hidden mark of one filled-in form: sent twice, it makes one thing. A form sent without it gets a new one."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", uuid.uuid4)
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> uuid.UUID:
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return uuid.uuid4()
