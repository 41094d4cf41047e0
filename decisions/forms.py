"""What an officer fills in where no proposal led to the decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Topic
from decisions.models import Decision
from words.forms import LineField, SubmissionField, TextField


class WordsForm(forms.Form):
    """A decision in words: what, and why."""

    title = LineField(
        label=_("What is it about?"),
        max_length=160,
        help_text=_("In a few words. Such as “Rents from April 2027”."),
        error_messages={"required": _("Give the decision a title.")},
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
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    submission = SubmissionField()


class NoticeForm(WordsForm):
    """A decision that an organisation made alone."""

    topic = forms.ModelChoiceField(
        label=_("Which topic of the agreement does it touch?"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("None of them"),
        help_text=_("Where the agreement gives the topic to residents, everyone will see that you decided it alone."),
    )
    outcome = forms.ChoiceField(
        label=_("Is it a yes or a no?"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was decided.")},
    )

    field_order = ["title", "topic", "outcome", "summary", "reasons", "submission"]

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["topic"]
        assert isinstance(topic, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        topic.queryset = Topic.objects.filter(community=community)


class OverruleForm(WordsForm):
    """Overruling what residents decided. The tick says that the person knows what it means."""

    understood = forms.BooleanField(
        label=_("I know that this is shown and counted for ever"),
        error_messages={"required": _("Tick this to go on.")},
    )
