"""When something went wrong, in words: what it was, what is safe, what to do now."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from accounts.kept import keep, page_to_go_on
from accounts.open_forms import form_again
from api.problems import OurFault
from api.refused import is_of_the_api, refused
from words.keyset import PARAMETER, BadCursor


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent could not be read. Below /api/ programs read this, and the other refusals too."""
    if is_of_the_api(request):
        return refused(request, exception)
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: it may be seen, but not done, by this person. Where an action refused, its view gives the reason."""
    if is_of_the_api(request):
        return refused(request, exception)
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing is here, or nothing that this person may see. Both look the same.

    A page of a list whose mark cannot be read is a 400, with the way to the first page of that list.
    """
    if is_of_the_api(request):
        return refused(request, exception)
    if isinstance(exception, BadCursor):
        return render(request, "400.html", {"first_page": _first_page(request)}, status=400)
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: ours. The page needs neither the database nor the session: they may be what broke."""
    if is_of_the_api(request):
        return refused(request, OurFault())
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page lay open for too long: what was typed is kept, and shown to be sent again, at once where it needs no
    account. Or the browser keeps no cookie of ours: a form that needs no account is shown again as it was, all the
    same."""
    if not {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME} & request.COOKIES.keys():
        why = _(
            "Your browser must keep cookies for this site. Without one we cannot tell that it was you who sent this."
        )
        context = {"reason": why, "keeps_no_cookies": True}
        return form_again(request, why) or render(request, "403.html", context, status=403)
    why = _("This page had been open for a long time. Please try again.")
    again = form_again(request, why)
    if again is not None:
        return again
    if keep(request):
        return redirect(page_to_go_on(request))
    messages.warning(request, why)
    return redirect(_page_of_the_form(request))


def _first_page(request: HttpRequest) -> str:
    """The list from its beginning, with what was searched for."""
    kept = request.GET.copy()
    kept.pop(PARAMETER, None)
    return request.path + (f"?{kept.urlencode()}" if kept else "")


def _page_of_the_form(request: HttpRequest) -> str:
    """The page on which the form stood, on this site; the form's own address where the browser does not tell."""
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        parts = urlsplit(page)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()
