"""What a facilitator fills in to prepare a vote. Money is typed in pounds and kept in pence."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ballots.models import Ballot
from communities.models import Community, Topic
from words.forms import DayField, LineField, SubmissionField, TextField

MOST_MONEY = Decimal(10) ** 12
SHORT = {"class": "short", "inputmode": "numeric"}


def _whole(label: Any, *, least: int, most: int, hint: Any = "", initial: int | None = None) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=least,
        max_value=most,
        initial=initial,
        widget=forms.NumberInput(attrs=SHORT),
        error_messages={
            "invalid": _("Give a whole number, such as 3."),
            "min_value": _("That is too small."),
            "max_value": _("That is too large."),
        },
    )


def _money(label: Any, hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=MOST_MONEY,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "short", "step": "0.01", "inputmode": "decimal"}),
        error_messages={
            "invalid": _("Give a sum such as 12000 or 67.50."),
            "min_value": _("Give a sum above nothing."),
        },
    )


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
        error_messages={"invalid": _("Give a time such as 20:00.")},
    )


class TermsForm(forms.Form):
    """The terms of a draft. The page hides what does not belong to the chosen method; what comes all the same is
    cleared, so that no old number stands behind a new method."""

    question = LineField(label=_("The question"), max_length=160, error_messages={"required": _("Write the question.")})
    about = TextField(label=_("What people should know"), max_length=4000, required=False)
    topic = forms.ModelChoiceField(
        label=_("What in the agreement is it about?"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("Nothing in particular"),
        help_text=_("If the agreement gives it to residents, the result is the decision. If not, it is advice."),
    )
    method = forms.ChoiceField(label=_("Choose one way"), choices=Ballot.Method.choices, widget=forms.RadioSelect)
    seats = _whole(_("How many can win?"), least=1, most=300, hint=_("Empty: one."), initial=1)
    most_choices = _whole(
        _("How many may one person choose?"), least=0, most=300, hint=_("Empty or 0: as many as they like.")
    )
    min_share = _whole(
        _("How many in every 100 voters must choose an option for it to win?"),
        least=0,
        most=100,
        hint=_("Empty or 0: no such rule."),
    )
    pot = _money(_("The pot, in pounds"), _("Only for a pot of money."))
    budget_rule = forms.ChoiceField(
        label=_("How the pot is shared out"),
        choices=Ballot.BudgetRule.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    electorate = forms.ChoiceField(label=_("Who can vote"), choices=Ballot.Electorate.choices, widget=forms.RadioSelect)
    electorate_area = LineField(label=_("Which block or street"), max_length=80, required=False)
    electorate_since = DayField(label=_("Joined by this day"), required=False)
    quorum_percent = _whole(
        _("How many in every 100 must vote, or nothing is decided?"),
        least=0,
        most=100,
        hint=_("Empty or 0: however many vote."),
    )
    opens_on = DayField(label=_("Opens on"), required=False)
    opens_time = _clock(_("Opens at"))
    closes_on = DayField(label=_("Closes on"), required=False)
    closes_time = _clock(_("Closes at"))
    papers_on = DayField(
        label=_("Printed papers back by"),
        required=False,
        help_text=_("Empty: a day before the close. Typing them in takes time."),
    )
    papers_time = _clock(_("Back at"))
    submission = SubmissionField()

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = self.fields["topic"]
        assert isinstance(topics, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        topics.queryset = Topic.objects.filter(community=community)

    def terms(self) -> dict[str, Any]:
        """The terms as `start_ballot` and `change_ballot` take them."""
        given = self.cleaned_data
        terms = {name: given[name] for name in ("question", "about", "topic", "method", "electorate")}
        terms |= {name: given[name] or 0 for name in ("most_choices", "quorum_percent")}
        return (
            terms
            | self._of_method()
            | self._of_electorate()
            | {
                "opens_at": _moment(given["opens_on"], given["opens_time"], time(9)),
                "closes_at": _moment(given["closes_on"], given["closes_time"], time(20)),
                "papers_back_by": _moment(given["papers_on"], given["papers_time"], time(20)),
            }
        )

    def _of_method(self) -> dict[str, Any]:
        given = self.cleaned_data
        has_pot = given["method"] == Ballot.Method.BUDGET
        is_ranked = given["method"] == Ballot.Method.RANKED
        return {
            "seats": 1 if has_pot else given["seats"] or 1,
            "budget": int((given["pot"] or 0) * 100) if has_pot else 0,
            "budget_rule": (given["budget_rule"] if has_pot else "") or Ballot.BudgetRule.EQUAL_SHARES,
            "min_share": 0 if is_ranked else given["min_share"] or 0,  # a ranking is not counted in shares
        }

    def _of_electorate(self) -> dict[str, Any]:
        given = self.cleaned_data
        of_area = given["electorate"] == Ballot.Electorate.AREA
        of_since = given["electorate"] == Ballot.Electorate.MEMBERS_SINCE
        return {
            "electorate_area": given["electorate_area"] if of_area else "",
            "electorate_since": given["electorate_since"] if of_since else None,
        }


def initial_of(ballot: Ballot) -> dict[str, Any]:
    """A draft as the form shows it."""
    opens = timezone.localtime(ballot.opens_at) if ballot.opens_at else None
    closes = timezone.localtime(ballot.closes_at) if ballot.closes_at else None
    papers = timezone.localtime(ballot.papers_back_by) if ballot.papers_back_by else None
    names = ("question", "about", "topic", "method", "seats", "most_choices", "min_share", "budget_rule", "electorate")
    return {name: getattr(ballot, name) for name in names} | {
        "pot": Decimal(ballot.budget) / 100 if ballot.budget else None,
        "electorate_area": ballot.electorate_area,
        "electorate_since": ballot.electorate_since,
        "quorum_percent": ballot.quorum_percent,
        "opens_on": opens.date() if opens else None,
        "opens_time": opens.time() if opens else time(9),
        "closes_on": closes.date() if closes else None,
        "closes_time": closes.time() if closes else time(20),
        "papers_on": papers.date() if papers else None,
        "papers_time": papers.time() if papers else None,
    }


class OptionForm(forms.Form):
    title = LineField(label=_("Option"), max_length=160, error_messages={"required": _("Give the option a name.")})
    about = TextField(label=_("In a sentence or two"), max_length=4000, required=False)
    price = _money(_("What it costs, in pounds"))

    @property
    def words(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"title": given["title"], "about": given["about"], "cost": int((given["price"] or 0) * 100)}


class CancelForm(forms.Form):
    reason = TextField(
        label=_("Why is it called off?"),
        max_length=1000,
        help_text=_("Everybody will read it."),
        error_messages={"required": _("Say why. Everybody will read it.")},
    )


def _moment(day: Any, clock: time | None, otherwise: time) -> datetime | None:
    """A day and a time in the site's zone."""
    return timezone.make_aware(datetime.combine(day, clock or otherwise)) if day else None
