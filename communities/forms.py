"""Forms of communities: shape only; the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Membership, Organisation
from words.forms import LineField, SubmissionField, TextField

MOST_LINES = 500


class CodeForm(forms.Form):
    """The code of an invitation, as people type it."""

    code = LineField(
        label=_("Your code"),
        help_text=_("It is on your letter: two groups of five letters and numbers. Small letters are fine."),
        max_length=40,
        error_messages={"required": _("Type the code from your letter")},
    )


class WithoutEmailForm(forms.Form):
    """A resident who takes part on paper or by phone."""

    display_name = LineField(
        label=_("The name that others may see"),
        help_text=_("A first name or a made-up one is enough."),
        max_length=60,
        error_messages={"required": _("Give the name that others may see, at most 60 letters.")},
    )
    code = LineField(
        label=_("The code on their letter"),
        max_length=40,
        error_messages={"required": _("Type the code from the letter")},
    )


class InvitationsForm(forms.Form):
    """One door a line, with the block or street behind a comma."""

    addresses = TextField(
        label=_("Where the letters go"),
        help_text=_(
            "One door on each line. After a comma, the block or street that neighbours will see."
            " For example: Flat 3, Heron House"
        ),
        max_length=60_000,
        error_messages={"required": _("Give at least one address")},
    )
    days_valid = forms.IntegerField(
        label=_("How many days the codes work"),
        initial=90,
        min_value=1,
        max_value=366,
        error_messages={"invalid": _("Give a number of days, such as 90")},
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    submission = SubmissionField()

    def clean_addresses(self) -> list[tuple[str, str]]:
        """[(door, block or street)], empty lines left out."""
        lines = [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("Make at most 500 at once"))
        doors = []
        for line in lines:
            door, _comma, area = line.partition(",")
            if len(door.strip()) > 120 or len(area.strip()) > 80:
                raise forms.ValidationError(_("This line is too long: %(line)s"), params={"line": f"{line[:40]}…"})
            doors.append((line[:120], area.strip()))
        return doors


class EmailInvitationForm(forms.Form):
    """One invitation that goes by e-mail instead of through a letter box."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        max_length=254,
        help_text=_("Be sure that it is theirs. Whoever reads it can take the seat."),
        error_messages={"required": _("Give their e-mail address")},
    )
    label = LineField(
        label=_("Which door it is for"),
        help_text=_("For example: Flat 3, Heron House"),
        max_length=120,
        error_messages={"required": _("Say which door it is for")},
    )
    submission = SubmissionField()


class AppointForm(forms.Form):
    """A seat for a professional or facilitator, by the address that they sign in with."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("The one they sign in with. They need an account first."),
        error_messages={"required": _("Give their e-mail address")},
    )
    role = forms.ChoiceField(
        label=_("Their seat"),
        choices=[(role, Membership.Role(role).label) for role in ("professional", "facilitator")],
        widget=forms.RadioSelect,
        initial="professional",
    )
    organisation = forms.ModelChoiceField(
        label=_("Whom they work for"), queryset=Organisation.objects.none(), required=False, empty_label=_("Nobody")
    )
    job_title = LineField(
        label=_("What they do there"), help_text=_("For example: housing manager"), max_length=80, required=False
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = community.organisations.all()  # type: ignore[attr-defined]
