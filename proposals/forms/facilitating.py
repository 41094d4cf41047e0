"""What facilitators fill in: calling in, joining two proposals, what a meeting decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Organisation
from decisions.models import Decision
from words.forms import DayField, LineField, SubmissionField, TextField

MOST_PEOPLE = 100_000  # in one room


class CallInForm(forms.Form):
    organisations = forms.ModelMultipleChoiceField(
        label=_("Who should answer?"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one that should answer.")},
    )
    reason = TextField(
        label=_("Why can it not wait for more backing?"),
        max_length=1000,
        help_text=_("Everyone can read it, with your name as facilitator."),
        error_messages={"required": _("Say why it cannot wait for more backing.")},
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = self.fields["organisations"]
        assert isinstance(organisations, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        organisations.queryset = community.organisations.all()


class MergeForm(forms.Form):
    reason = TextField(
        label=_("Why are they the same?"),
        max_length=1000,
        help_text=_("Everyone can read it. The one that is joined stays on the site, with your reason."),
        error_messages={"required": _("Say why they are the same.")},
    )


def _people(label: Any, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Give a number, such as 12. Nobody is 0."),
            "invalid": _("Give a number, such as 12. Nobody is 0."),
            "min_value": _("Give a number, such as 12. Nobody is 0."),
            "max_value": _("That is more people than a room can hold."),
        },
        **kwargs,
    )


class MeetingForm(forms.Form):
    """What a meeting decided. Who decided follows from the agreement and from who was in the room."""

    held_on = DayField(label=_("When was the meeting?"), error_messages={"required": _("Give the day of the meeting.")})
    meeting_label = LineField(
        label=_("What was the meeting called?"),
        max_length=160,
        help_text=_("Such as “Residents’ meeting in the community room”."),
        error_messages={"required": _("Say what the meeting was called.")},
    )
    residents_present = _people(_("How many residents were there?"))
    professionals_present = _people(_("How many people were there for organisations?"))
    votes_for = _people(_("How many residents were for it?"))
    votes_against = _people(_("How many residents were against it?"))
    outcome = forms.ChoiceField(
        label=_("What was decided?"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided.")},
    )
    summary = TextField(
        label=_("The decision in a sentence or two"),
        max_length=2000,
        error_messages={"required": _("Say what was decided.")},
    )
    reasons = TextField(
        label=_("Why?"),
        max_length=8000,
        help_text=_("What spoke for it and what against it."),
        error_messages={"required": _("Say why. A decision without reasons is not one.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    submission = SubmissionField()
