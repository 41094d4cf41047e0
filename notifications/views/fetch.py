"""Who asks, and where they came from."""

from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User


def person(request: HttpRequest) -> User:
    """The one who is signed in, behind `login_required`."""
    return cast(User, request.user)


def page_before(request: HttpRequest) -> str:
    """The page of ours that the form stood on (its `next`), or the inbox: never another site's."""
    page = request.POST.get("next", "")
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours and page.isprintable() else reverse("inbox:inbox")
