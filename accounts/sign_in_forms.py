"""allauth's forms in our words: what each field is called, and what is said beside it."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EMAIL = _("Your e-mail address")
CODE = _("The code")
PASSWORD = _("Your password")
NEW_PASSWORD = _("The new password")
AGAIN = _("The new password once more")
GOOD_PASSWORD = _("At least 10 letters or numbers. Three words in a row are good.")
PASSKEY_NAME = _("A name for it")
NO_PASSKEY = _("Your phone or computer gave no passkey that works here. Try again.")
NONSENSE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)


@contextmanager
def _nonsense_refused() -> Iterator[None]:
    """What a browser sends as a passkey is anybody's bytes, and the library that reads them trips over many."""
    try:
        yield
    except NONSENSE as error:
        raise ValidationError(NO_PASSKEY) from error


class InOurWords:
    """Names the fields of the form after it. `says` is field → label, or (label, what stands below it)."""

    says: dict[str, Promise | tuple[Promise, Promise | str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, words in self.says.items():
            field = fields[name]
            field.label, hint = words if isinstance(words, tuple) else (words, None)
            if hint is not None:
                field.help_text = hint


class LoginForm(InOurWords, account.LoginForm):
    """Address and password. allauth leaves the password out where nobody signs up with one; some set one later."""

    says = {"login": EMAIL, "password": (PASSWORD, "")}

    def _setup_password_field(self) -> None:
        """The password stays."""


class SignupForm(InOurWords, account.SignupForm):
    says = {"email": (EMAIL, _("Nobody else sees it. We send you a code to check that it is yours."))}


class RequestLoginCodeForm(InOurWords, account.RequestLoginCodeForm):
    says = {"email": EMAIL}


class AddEmailForm(InOurWords, account.AddEmailForm):
    says = {"email": (_("Your new e-mail address"), _("We send a code there. Until you type it, the old one stays."))}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    says = {
        "oldpassword": (_("The password you use now"), ""),
        "password1": (NEW_PASSWORD, GOOD_PASSWORD),
        "password2": AGAIN,
    }


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    says = {"password1": (NEW_PASSWORD, GOOD_PASSWORD), "password2": AGAIN}


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    says = {"email": EMAIL}


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    says = {"password1": (NEW_PASSWORD, GOOD_PASSWORD), "password2": AGAIN}


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    says = {"password": (PASSWORD, "")}


class ConfirmLoginCodeForm(InOurWords, account.ConfirmLoginCodeForm):
    says = {"code": CODE}


class ConfirmEmailVerificationCodeForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    says = {"code": CODE}


class ConfirmPasswordResetCodeForm(InOurWords, account.ConfirmPasswordResetCodeForm):
    says = {"code": CODE}


class ChangeEmailForm(InOurWords, account.ChangeEmailForm):
    says = {"email": EMAIL}


class AuthenticateForm(InOurWords, mfa.AuthenticateForm):
    says = {"code": CODE}


class ReauthenticateByCodeForm(InOurWords, mfa.ReauthenticateForm):
    says = {"code": CODE}


class ActivateTOTPForm(InOurWords, totp.ActivateTOTPForm):
    says = {"code": _("The code that the app shows now")}


class AddPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """A passkey signs in by itself unless the person wants it only as a second step."""

    says = {
        "name": (PASSKEY_NAME, _("Such as “My phone”.")),
        "passwordless": (
            _("It signs me in by itself"),
            _("Your phone or computer asks for your thumb, your face or its own code. Leave it out for a simple key."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages = {"required": NO_PASSKEY, "invalid": NO_PASSKEY}

    def clean(self) -> Any:
        with _nonsense_refused():
            return super().clean()


class PasskeyStepForm(webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""

    def clean_credential(self) -> Any:
        with _nonsense_refused():
            return super().clean_credential()


class PasskeyLoginForm(webauthn.LoginWebAuthnForm):
    """A passkey by itself."""

    def clean_credential(self) -> Any:
        with _nonsense_refused():
            return super().clean_credential()


class PasskeyAgainForm(webauthn.ReauthenticateWebAuthnForm):
    """A passkey to show that it is still the same person."""

    def clean_credential(self) -> Any:
        with _nonsense_refused():
            return super().clean_credential()


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    says = {"name": PASSKEY_NAME}
