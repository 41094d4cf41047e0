"""How allauth meets this site."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Plain subjects, our links, and a display name for people who sign up without one."""

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
