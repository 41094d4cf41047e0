"""Leaving by the link in an e-mail (RFC 8058): without signing in, and never by merely opening it."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from notifications.actions.choosing import stop_email
from notifications.actions.following import mute
from notifications.exceptions import NotFound
from notifications.kinds import GROUPS
from notifications.unsubscribing import Leave, read_token

THING, GROUP, ALL = "thing", "group", "all"


@csrf_exempt  # the signed token is the proof; a mail programme that posts has no cookie of ours
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks and changes nothing: scanners of mail open every link. POST leaves; the one click of a mail
    programme, which offers no choice, leaves the thing that the mail was about."""
    leave = read_token(token)
    if leave is None:
        return render(request, "notifications/unsubscribe.html", status=404)
    if request.method == "POST":
        what = request.POST.get("what", THING)
        if what not in (THING, GROUP, ALL):
            raise BadRequest("No such choice")
        _leave(leave, what)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse("OK", content_type="text/plain; charset=utf-8")
        return redirect(reverse("inbox:unsubscribe", args=[token]) + f"?left={what}")
    context = {"leave": leave, "group": GROUPS[leave.group].name, "left": request.GET.get("left", "")}
    return render(request, "notifications/unsubscribe.html", context)


def _leave(leave: Leave, what: str) -> None:
    """Twice changes nothing. For somebody who is gone there is nothing to do."""
    user = User.objects.filter(pk=leave.user_id, erased_at=None).first()
    if user is None:
        return
    if what == THING:
        try:
            mute(subject_type=leave.subject_type, subject_id=leave.subject_id, acting_user=user)
        except NotFound:  # the thing is gone, and with it the mail about it
            return
    else:
        stop_email(acting_user=user, groups=[leave.group] if what == GROUP else list(GROUPS))
