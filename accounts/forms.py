"""Forms of people."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from words.forms import LineField


class DisplayNameForm(forms.Form):
    """What sign-up asks besides the e-mail address."""

    display_name = LineField(
        label=_("The name that others see"),
        help_text=_("It may be a made-up name. You can change it later."),
        max_length=60,
        error_messages={"required": _("Choose a name that others see")},
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the rest of the form is right."""
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])


class DetailsForm(forms.Form):
    """The personal fields of the account page. Only the first is ever shown to anybody else."""

    display_name = LineField(label=_("The name that others see"), max_length=60)
    legal_name = LineField(label=_("Your full name"), max_length=120, required=False)
    phone = LineField(label=_("Your phone number"), max_length=30, required=False)
    address = LineField(label=_("Your address"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.seen_by = {
            "display_name": _("Everyone, beside what you write."),
            "legal_name": _("Only you."),
            "phone": _("Only you."),
            "address": _("Only you. Your neighbours see your block or street, not your door."),
            "language": _("Only you."),
        }
        initial = {name: getattr(user, name) for name in self.base_fields}
        super().__init__(*args, **{"initial": initial, **kwargs})

    def rows(self) -> list[tuple[forms.BoundField, Any]]:
        """Each field with who sees it."""
        return [(self[name], self.seen_by[name]) for name in self.fields]


class EraseForm(forms.Form):
    """One tick, so that nobody is erased by a slip of the thumb."""

    sure = forms.BooleanField(
        label=_("Yes, erase me for good"), error_messages={"required": _("Tick the box if you are sure")}
    )
