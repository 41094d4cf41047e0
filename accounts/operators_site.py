"""The operators' pages: signed in to through the site's own door, second factor and limits included."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class TopTableAdminSite(admin.AdminSite):
    """The stock admin behind the site's own sign-in. A module of its own: were it in one that registers models, those
    would be registered while the site is still being made, on another one that is thrown away."""

    site_header = site_title = "Top Table"

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Sign in as everywhere; somebody signed in who is no operator is told so, not sent round in a circle."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.get_full_path())
