"""What a subscriber fills in."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from api.values import BadValue, read_moment
from communities.models import Community, Organisation
from webhooks.addresses import LONGEST_URL, read_url
from webhooks.exceptions import NotValid
from webhooks.kinds import GROUPS
from words.forms import LineField

_EMAIL = {"required": _("Give your e-mail address"), "invalid": _("Give an e-mail address such as name@example.org")}


class EmailLine(forms.EmailField):
    """An e-mail address, cleaned as every line is."""

    def to_python(self, value: Any) -> str:
        return super().to_python(LineField(required=False).to_python(value)) or ""


class SubscribeForm(forms.Form):
    url = LineField(
        label=_("Where to send it"),
        max_length=LONGEST_URL,
        help_text=_("An address of yours that begins with https:// and that everybody can reach"),
        error_messages={"required": _("Give the address to which we send")},
    )
    email = EmailLine(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("To confirm it, and to tell you when nothing arrives any more"),
        error_messages=_EMAIL,
    )
    events = forms.MultipleChoiceField(
        label=_("What you want to hear of"),
        help_text=_("Tick nothing to get everything that is public"),
        choices=[(name, group.name) for name, group in GROUPS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    community = forms.ModelChoiceField(
        label=_("Only from one community"),
        queryset=Community.objects.none(),
        empty_label=_("From all of them"),
        error_messages={"invalid_choice": _("Choose one of the communities shown")},
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=_("Only about one organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("About all of them"),
        error_messages={"invalid_choice": _("Choose one of the organisations shown")},
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anybody = AnonymousUser()
        for name, rows in (
            ("community", Community.objects.visible_to(anybody)),
            ("organisation", Organisation.objects.visible_to(anybody)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the types
            field.queryset = rows.order_by("name")

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            read_url(url)
        except NotValid as refusal:
            raise forms.ValidationError(str(refusal.message)) from None
        return url


class LostForm(forms.Form):
    email = EmailLine(label=_("Your e-mail address"), max_length=254, error_messages=_EMAIL)


class ReplayForm(forms.Form):
    since = LineField(
        label=_("From when"),
        max_length=40,
        help_text=_(
            "A day such as 2026-11-24, a moment such as 2026-11-24T09:30:00Z, or the number of a line, such as 1200"
        ),
        error_messages={"required": _("Say from when")},
    )

    def clean_since(self) -> int | datetime:
        text: str = self.cleaned_data["since"]
        if text.isascii() and text.isdigit() and len(text) <= 15:
            return int(text)
        try:
            return read_moment(text)
        except BadValue:
            raise forms.ValidationError(
                _("Give a day such as 2026-11-24, a moment such as 2026-11-24T09:30:00Z, or a number")
            ) from None
