"""How allauth meets this site."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Plain subjects, our links, and a display name for people who sign up without one."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("You need one address to sign in."),
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "email_taken": _("Somebody signs in with this address already."),
        "enter_current_password": _("Type the password that you use now."),
        "incorrect_code": _("That is not the code. Look at the mail again."),
        "incorrect_password": _("That is not your password."),
        "invalid_password_reset": _("This works no more. Ask for a new code."),
        "rate_limited": _("Too many tries. Wait a few minutes and try again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes and try again."),
        "unknown_email": _("We do not know this address."),
    }

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
