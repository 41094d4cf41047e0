"""The admin of people: sign-in through the site's own pages."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class TopTableAdminSite(admin.AdminSite):
    """The stock admin behind the site's own sign-in."""

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        return redirect(f"/account/login/?next={request.path}")
