"""What an officer promises, and what they then say of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from words.forms import DayField, LineField, SubmissionField, TextField


class NewPromiseForm(forms.Form):
    text = LineField(
        label=_("What do you promise?"),
        max_length=200,
        help_text=_("Something that residents can see with their own eyes. Such as “Three lamps put up on Mill Lane”."),
        error_messages={"required": _("Say what you promise.")},
    )
    by_whom = LineField(
        label=_("By whom?"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty where your organisation does it itself."),
    )
    due_on = DayField(label=_("By which day?"), error_messages={"required": _("Give a day such as 24 November 2026")})
    submission = SubmissionField()


class ClaimDoneForm(forms.Form):
    note = TextField(
        label=_("What did you do? (you may leave this empty)"),
        max_length=1000,
        required=False,
        help_text=_("Say where people can see it. Residents will check it."),
    )


class ChangePromiseForm(forms.Form):
    text = LineField(
        label=_("What do you promise now?"), max_length=200, error_messages={"required": _("Say what you promise.")}
    )
    due_on = DayField(label=_("By which day?"), error_messages={"required": _("Give a day such as 24 November 2026")})
    reason = TextField(
        label=_("Why do you change it?"),
        max_length=1000,
        help_text=_("Everyone can read it. The old promise and its date stay on the page."),
        error_messages={"required": _("Say why you change it. Residents will read it.")},
    )


class DropPromiseForm(forms.Form):
    reason = TextField(
        label=_("Why do you give it up?"),
        max_length=1000,
        help_text=_("Everyone can read it."),
        error_messages={"required": _("Say why you drop it. Residents will read it.")},
    )
