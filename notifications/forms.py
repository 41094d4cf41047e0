"""What the pages of the inbox send."""

from typing import Any

from django import forms

from notifications.actions.choosing import Choice
from notifications.kinds import GROUPS
from notifications.unsubscribing import SUBJECT_TYPES


class SubjectForm(forms.Form):
    """A thing to follow or to mute."""

    subject_type = forms.ChoiceField(choices=[(name, name) for name in SUBJECT_TYPES])
    subject_id = forms.UUIDField()


class ReadForm(forms.Form):
    """Everything up to the newest that was on the screen."""

    up_to = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class PreferencesForm(forms.Form):
    """Two ticks for each group of news."""

    def __init__(self, *args: Any, choices: dict[str, Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group, choice in choices.items():
            self.fields[f"{group}_inbox"] = forms.BooleanField(required=False, initial=choice.in_inbox)
            self.fields[f"{group}_email"] = forms.BooleanField(required=False, initial=choice.by_email)

    def groups(self) -> list[dict[str, Any]]:
        """For the template: each group with its two ticks."""
        return [
            {"key": key, "group": group, "inbox": self[f"{key}_inbox"], "email": self[f"{key}_email"]}
            for key, group in GROUPS.items()
        ]

    def choices(self) -> dict[str, Choice]:
        """What was ticked."""
        ticked = self.cleaned_data
        return {group: Choice(ticked[f"{group}_inbox"], ticked[f"{group}_email"]) for group in GROUPS}
