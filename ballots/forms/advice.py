"""Whether an organisation follows what residents advised by a vote."""

from django import forms
from django.utils.translation import gettext_lazy as _

from decisions.models import Decision
from words.forms import SubmissionField, TextField


class AdviceForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Do you follow the vote?"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes, no or in part.")},
    )
    summary = TextField(
        label=_("What did you decide?"),
        max_length=2000,
        error_messages={"required": _("Say what was decided.")},
    )
    reasons = TextField(
        label=_("Why?"),
        max_length=8000,
        help_text=_("Everyone can read it. A decision without reasons is not one."),
        error_messages={"required": _("Say why. A decision without reasons is not one.")},
    )
    submission = SubmissionField()
