"""What a facilitator fills in where a new version of the agreement was agreed: how, and what it says of each topic."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.actions.agreements import RuleTerms
from communities.models import Community, Organisation, Rule, Topic
from words.forms import DayField, LineField, SubmissionField, TextField

MOST_PEOPLE = 100_000
SPARE_ROWS = 2
MOST_ROWS = 40


class AgreementForm(forms.Form):
    """How the new version came about."""

    agreed_on = DayField(
        label=_("On which day was it agreed?"), error_messages={"required": _("Give the day on which it was agreed")}
    )
    how_agreed = LineField(
        label=_("How was it agreed?"),
        help_text=_("It ends the sentence “Agreed …”. For example: at the spring meeting, by a show of hands"),
        max_length=140,
        error_messages={"required": _("Say how it was agreed")},
    )
    why = TextField(
        label=_("What changes, and why?"), max_length=4000, error_messages={"required": _("Say what changes, and why")}
    )
    days_to_gather = forms.IntegerField(
        label=_("How many days does a proposal have to find enough neighbours?"),
        initial=90,
        min_value=7,
        max_value=730,
    )
    residents_present = forms.IntegerField(
        label=_("How many residents were in the room?"), min_value=1, max_value=MOST_PEOPLE
    )
    professionals_present = forms.IntegerField(
        label=_("How many professionals were in the room?"), min_value=0, max_value=MOST_PEOPLE
    )
    votes_for = forms.IntegerField(label=_("How many residents were for it?"), min_value=0, max_value=MOST_PEOPLE)
    votes_against = forms.IntegerField(
        label=_("How many residents were against it?"), min_value=0, max_value=MOST_PEOPLE
    )
    submission = SubmissionField()


class RuleForm(forms.Form):
    """What the agreement says of one topic. Left empty, the row is no topic."""

    topic = LineField(label=_("Topic"), max_length=60, required=False)
    who_decides = forms.ChoiceField(
        label=_("Who decides"), choices=Rule.WhoDecides.choices, initial=Rule.WhoDecides.ORGANISATION
    )
    support_threshold = forms.IntegerField(
        label=_("Neighbours needed"), min_value=1, max_value=1_000_000, required=False
    )
    response_working_days = forms.IntegerField(
        label=_("Working days to answer"), min_value=1, max_value=250, required=False
    )
    organisation = forms.ModelChoiceField(
        label=_("Who usually answers"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = community.organisations.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A row with a topic says both numbers."""
        words = self.cleaned_data
        if words.get("topic"):
            for name in ("support_threshold", "response_working_days"):
                if name in words and words[name] is None:
                    self.add_error(name, _("Give a number for %(topic)s") % {"topic": words["topic"]})
        return words

    def terms(self) -> RuleTerms | None:
        """The row as the action takes it; None for a row without a topic."""
        words = self.cleaned_data
        if not words.get("topic"):
            return None
        return RuleTerms(
            topic=words["topic"],
            who_decides=words["who_decides"],
            support_threshold=words["support_threshold"],
            response_working_days=words["response_working_days"],
            organisation=words["organisation"],
        )


def rule_forms(community: Community, data: Any = None, *, more: int = 0) -> list[RuleForm]:
    """A row for each topic in force and some to spare; with `data`, as many rows as were sent, and `more`."""
    if data is not None:
        sent = min(max(_whole(data.get("rows", "")), 1), MOST_ROWS)
        rows = min(sent + more, MOST_ROWS)
        return [RuleForm(data if n < sent else None, prefix=f"rule{n}", community=community) for n in range(rows)]
    topics = Topic.objects.filter(community=community, rule__isnull=False).select_related("rule").order_by("name")
    rows_now = [
        {
            "topic": topic.name,
            "who_decides": topic.rule.who_decides,
            "support_threshold": topic.rule.support_threshold,
            "response_working_days": topic.rule.response_working_days,
            "organisation": topic.organisation_id,
        }
        for topic in topics
        if topic.rule is not None
    ]
    spare: list[dict[str, Any]] = [{} for _n in range(SPARE_ROWS)]
    return [
        RuleForm(initial=row, prefix=f"rule{n}", community=community)
        for n, row in enumerate([*rows_now, *spare][:MOST_ROWS])
    ]


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
