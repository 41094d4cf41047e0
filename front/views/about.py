"""What the site says of itself: help, promises, privacy, accessibility, and the files that machines ask for."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from front.kept_data import KEPT
from record import clock


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "front/help.html")


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    return render(request, "front/promises.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "front/privacy.html", {"kept_data": KEPT})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "front/accessibility.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be found by search engines; pages about one's own account say nothing to them."""
    shut = ["/account/", "/admin/", "/demo/", "/desk/", "/inbox/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in shut), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """security.txt (RFC 9116): whom to tell of a weakness."""
    expires = (clock.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('front:security')}",
        f"Policy: {settings.SITE_URL}{reverse('front:promises')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
