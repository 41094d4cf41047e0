"""What the front door is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CheckpointReaderForm(forms.Form):
    """An address that wants the checkpoints of the record."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("One short e-mail a day, on days when something happened. You need no account."),
        error_messages={
            "required": _("Give your e-mail address"),
            "invalid": _("Give an e-mail address such as name@example.org"),
        },
        max_length=254,
    )
