"""Checkpoints by e-mail: to ask for them, to confirm the address, and to leave. Nobody needs an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.open_forms import shown_again_by, with_reason
from api.limits import is_too_often
from front.forms import CheckpointReaderForm
from front.views.record import record_context
from notifications.actions.reading_checkpoints import ask_for_checkpoints, confirm_reader, forget_reader
from notifications.checkpoint_mail import CONFIRM, LEAVE, reader_of
from notifications.models import CheckpointReader

MOST_ASKS, ASKS_SECONDS = 10, 3600  # a library shares one address
PAGE = "front/record_mail.html"


def _again(request: HttpRequest, *, why: str, status: int = 403) -> HttpResponse:
    """The page with the form as it was filled in, and why it was not taken."""
    form = with_reason(CheckpointReaderForm(request.POST), why)
    return render(request, "front/record.html", record_context(request, form), status=status)


@shown_again_by(_again)
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The answer is the same for every address: it tells nobody who reads."""
    if request.method != "POST":
        return redirect("record:record")
    form = CheckpointReaderForm(request.POST)
    if not form.is_valid():
        return render(request, "front/record.html", record_context(request, form))
    if is_too_often(request, "checkpoints", most=MOST_ASKS, seconds=ASKS_SECONDS):
        response = _again(
            request, why=_("Many people asked from your network. Please try again in an hour."), status=429
        )
        response["Retry-After"] = str(ASKS_SECONDS)
        return response
    ask_for_checkpoints(email=form.cleaned_data["email"])
    return redirect(reverse("record:record") + "?asked=yes#asked")  # else browsers keep the #errors of the form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks and changes nothing: scanners of mail open every link."""
    reader = reader_of(token, CONFIRM)
    known = CheckpointReader.objects.filter(pk=reader).first() if reader else None
    if reader is None or known is None:
        return render(request, PAGE, {"state": "broken"}, status=404)
    if known.confirmed_at is not None:
        return render(request, PAGE, {"state": "reads"})
    if request.method != "POST":
        return render(request, PAGE, {"state": "confirm"})
    if not confirm_reader(pk=reader):  # forgotten meanwhile
        return render(request, PAGE, {"state": "broken"}, status=404)
    return render(request, PAGE, {"state": "confirmed"})


@csrf_exempt  # the signed token is the proof; a mail programme that posts has no cookie of ours
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks and changes nothing. POST leaves: the button, or the one click of a mail programme (RFC 8058)."""
    reader = reader_of(token, LEAVE)
    if reader is None:
        return render(request, PAGE, {"state": "broken"}, status=404)
    if request.method != "POST":
        is_there = CheckpointReader.objects.filter(pk=reader).exists()
        return render(request, PAGE, {"state": "leave" if is_there else "gone"})
    forget_reader(pk=reader)
    if "List-Unsubscribe" in request.POST:
        return HttpResponse("OK", content_type="text/plain; charset=utf-8")
    return render(request, PAGE, {"state": "left"})
