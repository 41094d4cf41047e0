"""The page of one webhook, behind the link of a mail, and its buttons."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.open_forms import shown_again_by, with_reason
from webhooks.actions.managing import end_endpoint, pause, replay, resume, rotate_secret, send_test
from webhooks.exceptions import NotValid, Refusal
from webhooks.forms import ReplayForm
from webhooks.kinds import groups_of
from webhooks.lifecycle import ALLOWED, may
from webhooks.models import Delivery, Endpoint
from webhooks.tokens import MANAGE, endpoint_of
from words.keyset import page_of

ROWS = 50
View = Callable[..., HttpResponse]


def behind_link(view: View) -> View:
    """The endpoint that the link leads to. A link that is not ours, or of a webhook that ended, leads nowhere."""

    @never_cache
    @wraps(view)
    def find(request: HttpRequest, token: str, **said: str) -> HttpResponse:
        endpoint = endpoint_of(token, MANAGE)
        if endpoint is None or endpoint.state in (Endpoint.State.ENDED, Endpoint.State.UNCONFIRMED):
            return render(request, "webhooks/no_link.html", status=404)
        return view(request, endpoint, token, **said)

    return find


def _page(request: HttpRequest, endpoint: Endpoint, token: str, form: ReplayForm, status: int = 200) -> HttpResponse:
    """State, secret and log. Three queries with the endpoint's own."""
    log = Delivery.objects.filter(endpoint=endpoint)
    page = page_of(log, "-id", params=request.GET, size=ROWS)
    own = reverse("webhooks:manage", args=[token])  # a form that is shown again stands at another address
    context = {
        "endpoint": endpoint,
        "token": token,
        "form": form,
        "groups": groups_of(endpoint.kinds),
        "may": {step: may(step, endpoint) for step in ALLOWED},
        "shows_secret": request.GET.get("secret") == "new",
        "page": page,
        "next_url": page.next_url and own + page.next_url,
        "previous_url": page.previous_url and own + page.previous_url,
    }
    return render(request, "webhooks/manage.html", context, status=status)


@require_safe
@behind_link
def manage(request: HttpRequest, endpoint: Endpoint, token: str) -> HttpResponse:
    """How it stands, its secret, and what was sent."""
    return _page(request, endpoint, token, ReplayForm())


@behind_link
def _replay_again(request: HttpRequest, endpoint: Endpoint, token: str, *, why: str) -> HttpResponse:
    return _page(request, endpoint, token, with_reason(ReplayForm(request.POST), why), status=403)


@shown_again_by(_replay_again)
@require_POST
@behind_link
def replay_page(request: HttpRequest, endpoint: Endpoint, token: str) -> HttpResponse:
    """Send again from a point."""
    form = ReplayForm(request.POST)
    if form.is_valid():
        since = form.cleaned_data["since"]
        given = {"since": since} if isinstance(since, datetime) else {"sequence": since}
        try:
            first, end = replay(endpoint=endpoint, **given)
        except NotValid as refusal:
            form.add_error("since", str(refusal.message))
        except Refusal as refusal:
            if not may("replay", endpoint):  # then the page has no form that could say it
                messages.warning(request, str(refusal.message))
                return redirect("webhooks:manage", token)
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _replayed(first, end, is_all=end >= endpoint.next_sequence))
            return redirect("webhooks:manage", token)
    return _page(request, endpoint, token, form)


def _replayed(first: int, end: int, *, is_all: bool) -> str:
    """Which lines are looked at again; and where to go on, where there are more than a replay takes."""
    said = _("Lines %(first)d to %(last)d of the record are looked at again, and what you asked for is sent.")
    said %= {"first": first, "last": end - 1}
    return said if is_all else f"{said} {_('For more, go on from %(end)d.') % {'end': end}}"


def _button(
    request: HttpRequest, token: str, action: Callable[[], object], done: str, *, shown: str = ""
) -> HttpResponse:
    """Do it, say so or why not, and go back to the page; where it was done, with what is `shown` of it there."""
    try:
        action()
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, done)
        return redirect(reverse("webhooks:manage", args=[token]) + shown)
    return redirect("webhooks:manage", token)


@require_POST
@behind_link
def rotate(request: HttpRequest, endpoint: Endpoint, token: str) -> HttpResponse:
    done = _("The new secret is below, under “Secret”. For 24 hours each message is signed with both.")
    return _button(request, token, lambda: rotate_secret(endpoint=endpoint), done, shown="?secret=new")


@require_POST
@behind_link
def test(request: HttpRequest, endpoint: Endpoint, token: str) -> HttpResponse:
    done = _("A test is on its way. In a few seconds the list below says what became of it.")
    return _button(request, token, lambda: send_test(endpoint=endpoint), done)


@require_POST
@behind_link
def pause_page(request: HttpRequest, endpoint: Endpoint, token: str) -> HttpResponse:
    return _button(request, token, lambda: pause(endpoint=endpoint), _("Paused. Nothing is sent until you go on."))


@require_POST
@behind_link
def resume_page(request: HttpRequest, endpoint: Endpoint, token: str) -> HttpResponse:
    return _button(request, token, lambda: resume(endpoint=endpoint), _("It is on. What happened meanwhile follows."))


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def end(request: HttpRequest, endpoint: Endpoint, token: str) -> HttpResponse:
    """Asks first. Afterwards the link leads nowhere."""
    if request.method != "POST":
        return render(request, "webhooks/end.html", {"endpoint": endpoint, "token": token})
    end_endpoint(endpoint=endpoint)
    messages.success(request, _("The webhook has ended. We have erased its address, its log and your e-mail address."))
    return redirect("webhooks:subscribe")
