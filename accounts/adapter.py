"""How allauth meets this site."""

import io
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Plain subjects, our links, and a display name for people who sign up without one."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("You need one address to sign in."),
        "duplicate_email": _("You sign in with this address already."),
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "email_taken": _("Somebody signs in with this address already."),
        "enter_current_password": _("Type the password that you use now."),
        "incorrect_code": _("That is not the code. Look at the e-mail again."),
        "incorrect_password": _("That is not your password."),
        "invalid_login": _("That did not work. Check what you typed."),
        "invalid_password_reset": _("This works no more. Ask for a new code."),
        "same_as_current": _("That is the address you gave before."),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes and try again."),
        "unknown_email": _("We do not know this address."),
        "unverified_primary_email": _("Show first that your address is yours."),
    }

    ways_to_prove_it_is_you = {
        "reauthenticate": _("Use your password"),
        "mfa_reauthenticate": _("Use a code of your app"),
        "mfa_reauthenticate:webauthn": _("Use your passkey"),
    }

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """A passkey before a code: who has no app has spare codes all the same, and has not seen them yet."""
        ways = super().get_reauthentication_methods(user)
        ways.sort(key=lambda way: way["id"] == "mfa_reauthenticate")
        return [{**way, "description": self.ways_to_prove_it_is_you.get(way["id"], way["description"])} for way in ways]

    def format_email_subject(self, subject: str) -> str:
        return " ".join(subject.split())

    def render_mail(self, template_prefix: str, email: str, context: dict[str, Any], headers: Any = None) -> Any:
        return super().render_mail(
            template_prefix,
            email,
            context | {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "phone": settings.SITE_PHONE},
            headers,
        )

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.display_name = form.cleaned_data.get("display_name", "")
        return super().save_user(request, user, form, commit)


class SecondFactorAdapter(DefaultMFAAdapter):
    """What allauth says about apps that show codes, spare codes and passkeys, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Turn off the second step first, then change your address."),
        "cannot_delete_authenticator": _("This cannot be turned off."),
        "cannot_generate_recovery_codes": _("Spare codes come with an app or a passkey. Turn one on first."),
        "incorrect_code": _("That is not the code. Codes change every half minute: type the newest."),
        "unverified_email": _("Show first that your e-mail address is yours."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Dark on white, whatever the theme: a phone does not read black on black."""
        picture = io.BytesIO()
        segno.make(url, micro=False).save(picture, kind="svg", scale=6, light="#fff", xmldecl=False)
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("My passkey") if number == 1 else gettext("My passkey {number}").format(number=number)
