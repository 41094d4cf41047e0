"""The second factor of those who speak for an organisation or run a community: offered, and required where set."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.kept import keep

FREE = ("/account/", "/static/", "/demo/", "/inbox/unsubscribe")


class SecondFactorMiddleware:
    """With REQUIRE_SECOND_FACTOR, a professional, facilitator or operator without one sets it up first.

    Asked at each request, so a seat given in the middle of a session counts at once. What was typed is kept.
    """

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.REQUIRE_SECOND_FACTOR and self._must_set_up(request):
            keep(request)
            messages.warning(request, _("Your role needs a second step to sign in. Set it up first."))
            return redirect(reverse("mfa_index"))
        response: HttpResponseBase = self.get_response(request)
        return response

    def _must_set_up(self, request: HttpRequest) -> bool:
        from allauth.mfa.utils import is_mfa_enabled

        user = request.user
        if not user.is_authenticated or request.path.startswith(FREE):
            return False
        return needs_second_factor(user) and not is_mfa_enabled(user)


def needs_second_factor(user) -> bool:  # type: ignore[no-untyped-def]
    """Whether the person speaks for an organisation, runs a community or the site."""
    return bool(user.is_staff) or user.memberships.filter(ended_at=None).exclude(role="resident").exists()
