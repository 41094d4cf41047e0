"""What people say under a proposal, offer, promise, and why they take it off the table."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from words.forms import DayField, LineField, SubmissionField, TextField


class CommentForm(forms.Form):
    body = TextField(
        label=_("What do you want to say?"),
        max_length=4000,
        error_messages={"required": _("Write what you want to say.")},
    )
    submission = SubmissionField()
    # Set by the warning of personal details: sent again with it, the comment is taken as it is.
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)


class OfferForm(forms.Form):
    text = LineField(
        label=_("What can you offer?"),
        max_length=200,
        help_text=_("A tool, an hour, a skill, somebody you know. One thing."),
        error_messages={"required": _("Say what you can offer.")},
    )
    submission = SubmissionField()


class ReasonForm(forms.Form):
    """A reason in a few lines. The page that asks gives its label."""

    reason = TextField(max_length=1000, error_messages={"required": _("Say why. Everyone can read it.")})

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class ResidentPromiseForm(forms.Form):
    text = LineField(
        label=_("What do you promise to do?"),
        max_length=200,
        help_text=_("Such as “Cut back the hedge by the path”."),
        error_messages={"required": _("Say what you promise.")},
    )
    due_on = DayField(label=_("By which day?"), error_messages={"required": _("Give a day such as 24 November 2026")})
    submission = SubmissionField()


class ClaimForm(forms.Form):
    note = TextField(
        label=_("What did you do? (you may leave this empty)"),
        max_length=1000,
        required=False,
        help_text=_("Residents will say whether it is done."),
    )


class NotDoneForm(forms.Form):
    note = TextField(
        label=_("What is not done yet?"),
        max_length=1000,
        help_text=_("Everyone can read it. Your name is not shown."),
        error_messages={"required": _("Say what is not done yet.")},
    )
