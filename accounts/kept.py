"""What somebody typed is never lost to a session that ended or a page that lay open for too long.

A form that arrives without a valid session is kept for two hours, in a row that only the (new) session knows; the
person signs in, and `accounts:kept` shows what they typed with one button that sends it to where it was going.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.models import KeptForm
from record import clock

SESSION_KEY = "kept_typing"
MOST = 100_000  # characters of one form
LONGEST_PATH = 2000  # characters; what the column holds
MINUTES = 120
SECRET = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "login"}
UNSHOWN = {"submission", "revision"}


@dataclass(frozen=True)
class Kept:
    """One form: the path that it was sent to, and its fields in order (a name may come twice)."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def shown(self) -> list[tuple[str, str]]:
        """The fields that a person typed or chose, for reading."""
        return [(name, value) for name, value in self.fields if value.strip() and name not in UNSHOWN]


def keep(request: HttpRequest) -> bool:
    """Keep the form of this POST for two hours. False where there is nothing worth keeping.

    A form sent from another site is not kept: it would put strangers' words into somebody's session.
    """
    if request.method != "POST" or not is_from_here(request) or request.path.startswith("/account/"):
        return False
    fields = [(name, value) for name, values in request.POST.lists() if name not in SECRET for value in values]
    if not any(value.strip() for _name, value in fields) or sum(len(value) for _name, value in fields) > MOST:
        return False
    path = request.get_full_path()
    if len(path) > LONGEST_PATH or any("\x00" in name + value for name, value in fields):
        return False  # PostgreSQL takes neither; none of our pages sends them
    let_go(request)
    form = KeptForm.objects.create(path=path, fields=fields, until=clock.now() + timedelta(minutes=MINUTES))
    request.session[SESSION_KEY] = str(form.pk)
    return True


def kept_in(request: HttpRequest) -> Kept | None:
    """What is kept for this session and not too old."""
    held = request.session.get(SESSION_KEY)
    form = KeptForm.objects.filter(pk=held, until__gte=clock.now()).first() if held else None
    return Kept(path=form.path, fields=[(name, value) for name, value in form.fields]) if form else None


def let_go(request: HttpRequest) -> None:
    """Forget it: it was sent again, or thrown away."""
    held = request.session.pop(SESSION_KEY, None)
    if held:
        KeptForm.objects.filter(pk=held).delete()


def forget_typing_for(path: str) -> None:
    """Forget whatever anybody typed for pages below this path: it may no longer be sent, and must not lie about."""
    KeptForm.objects.filter(path__startswith=path).delete()


def forget_old_typing() -> int:
    """Delete what is older than its two hours. Returns how many forms."""
    return KeptForm.objects.filter(until__lt=clock.now()).delete()[0]


class KeptTypingMiddleware:
    """Keeps the form of somebody whose session ended, and sends them on by way of sign-in."""

    def __init__(self, get_response):  # type: ignore[no-untyped-def]
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A POST that is answered with “sign in first” is kept; one that got through lets go of its copy."""
        if request.method != "POST":
            return cast(HttpResponseBase, self.get_response(request))
        before = request.session.get(SESSION_KEY)
        response: HttpResponseBase = self.get_response(request)
        if not request.user.is_authenticated:
            return self._by_way_of_sign_in(request, response)
        kept_anew = request.session.get(SESSION_KEY) != before
        if before is not None and not kept_anew:
            held = kept_in(request)
            if held is None or held.path == request.get_full_path():
                let_go(request)
        return response

    def _by_way_of_sign_in(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        location = response.headers.get("Location", "")
        if urlsplit(location).path != reverse(settings.LOGIN_URL) or not keep(request):
            return response
        return _sign_in_first()


def _sign_in_first() -> HttpResponse:
    return redirect_to_login(reverse("accounts:kept"))


def page_to_go_on(request: HttpRequest) -> str:
    """Where what was kept is shown: at once where the person is signed in, else after signing in."""
    if request.user.is_authenticated:
        return reverse("accounts:kept")
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': reverse('accounts:kept')})}"


def is_from_here(request: HttpRequest) -> bool:
    """Whether the form stood on this site, as far as the browser tells."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    if origin and origin != "null":
        return urlsplit(origin).netloc == request.get_host()
    return settings.SESSION_COOKIE_NAME in request.COOKIES
