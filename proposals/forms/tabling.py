"""The steps of tabling a proposal, one page each."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.models import Community, Organisation, Rule, Topic
from words.forms import LineField, SubmissionField, TextField
from words.text import lines_of


class StepForm(forms.Form):
    """One step. What is sound is kept at once, so that leaving half-way loses nothing."""

    def kept(self) -> dict[str, Any]:
        """The fields to save in the draft: sound ones as cleaned, and those left empty as empty."""
        empty = {name for name, errors in self.errors.as_data().items() if all(e.code == "required" for e in errors)}
        kept = {name: value for name, value in self.cleaned_data.items() if name != "submission"}
        return kept | {name: "" for name in empty if isinstance(self.fields.get(name), forms.CharField)}

    @property
    def may_be_left(self) -> bool:
        """Whether nothing typed would be lost by leaving: only empty fields are wrong, or nothing is."""
        return all(e.code in ("required", "incomplete") for errors in self.errors.as_data().values() for e in errors)


class OutcomeForm(StepForm):
    outcome_wanted = TextField(
        label=gettext_lazy("What do you want to happen?"),
        max_length=300,
        help_text=gettext_lazy(
            "Say what would be different for people, not how to do it. Such as “Anyone can walk home from the last bus "
            "and see where they put their feet.”"
        ),
        error_messages={"required": gettext_lazy("Say what you want to happen.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    submission = SubmissionField()


class WhoForm(StepForm):
    we_can = TextField(
        label=gettext_lazy("What we can do ourselves"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Time, tools, knowing people. One on each line."),
    )
    need_help_with = TextField(
        label=gettext_lazy("What we need help with"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Things we could do, if someone showed us, lent us or paid for something."),
    )
    only_they_can = TextField(
        label=gettext_lazy("What only they can do"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Things nobody but the landlord, council or health service is able to do."),
    )
    needs_nothing_from_them = forms.BooleanField(
        label=gettext_lazy("Nothing. We can do this with some help."), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Each list holds one thing a line. Saying both “nothing” and something, the something counts."""
        data = dict(self.cleaned_data)
        for name in ("we_can", "need_help_with", "only_they_can"):
            if name in data:
                data[name] = "\n".join(lines_of(data[name]))
        if data.get("only_they_can"):
            data["needs_nothing_from_them"] = False
        elif "only_they_can" in data and not data["needs_nothing_from_them"]:
            self.cleaned_data = data
            message = _("Say what only the landlord or council can do, or tick “Nothing”")
            self.add_error("only_they_can", forms.ValidationError(message, code="incomplete"))
            data["only_they_can"] = ""
        return data


class WhyForm(StepForm):
    title = LineField(
        label=gettext_lazy("Give it a title"),
        max_length=120,
        help_text=gettext_lazy("What should be done, in a few words. Such as “A bench half way up Mill Lane”."),
        error_messages={"required": gettext_lazy("Give your proposal a title.")},
    )
    case = TextField(
        label=gettext_lazy("Why does it matter?"),
        max_length=6000,
        help_text=gettext_lazy(
            "What is it like now? Whom have you asked? Leave out other people’s names and addresses."
        ),
        error_messages={"required": gettext_lazy("Say why it matters.")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class TopicChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """The topic, and on a second line what the agreement says of it."""
        rule = obj.rule
        needed = ngettext("%(count)d neighbour needed", "%(count)d neighbours needed", rule.support_threshold)
        said = [rule.get_who_decides_display(), needed % {"count": rule.support_threshold}]
        if rule.who_decides != Rule.WhoDecides.RESIDENTS:
            days = rule.response_working_days
            answer = ngettext("an answer in %(days)d working day", "an answer in %(days)d working days", days)
            said.append(answer % {"days": days})
        return f"{obj.name}\n{' · '.join(said)}"


class TopicForm(StepForm):
    topic = TopicChoice(
        label=gettext_lazy("What is it about?"),
        queryset=Topic.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose what it is about.")},
    )
    organisations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who should answer?"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Leave this empty, and the one that usually answers is asked. "
            "Where residents decide, nobody needs to be asked."
        ),
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = self.fields["topic"]
        organisations = self.fields["organisations"]
        assert isinstance(topics, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        assert isinstance(organisations, forms.ModelMultipleChoiceField)  # noqa: S101
        topics.queryset = Topic.objects.filter(community=community, rule__isnull=False).select_related("rule")
        organisations.queryset = community.organisations.all()
