"""Asking for a webhook, confirming it, and finding its link again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.open_forms import shown_again_by, with_reason
from webhooks.actions.subscribing import confirm, send_links_again, subscribe
from webhooks.exceptions import NotNow, TooOften
from webhooks.forms import LostForm, SubscribeForm
from webhooks.kinds import kinds_of
from webhooks.limits import SECONDS, count_try, is_first_of_the_hour
from webhooks.models import Endpoint
from webhooks.tokens import CONFIRM, endpoint_of, manage_path


def _subscribe_again(request: HttpRequest, *, why: str, status: int = 403) -> HttpResponse:
    form = with_reason(SubscribeForm(request.POST), why)
    return render(request, "webhooks/subscribe.html", {"form": form}, status=status)


def _lost_again(request: HttpRequest, *, why: str, status: int = 403) -> HttpResponse:
    form = with_reason(LostForm(request.POST), why)
    return render(request, "webhooks/lost.html", {"form": form}, status=status)


def _too_often(again: Callable[..., HttpResponse], request: HttpRequest, refusal: TooOften) -> HttpResponse:
    """The form as it was filled in, and when to send it again."""
    response = again(request, why=str(refusal.message), status=refusal.status)
    response["Retry-After"] = str(SECONDS)
    return response


@shown_again_by(_subscribe_again)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe_page(request: HttpRequest) -> HttpResponse:
    """What it is, and the form. The answer is the same whether or not we know the e-mail address."""
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try(request, "subscribe")
        except TooOften as refusal:
            return _too_often(_subscribe_again, request, refusal)
        given = form.cleaned_data
        subscribe(
            url=given["url"],
            email=given["email"],
            kinds=kinds_of(given["events"]),
            community=given["community"],
            organisation=given["organisation"],
        )
        return redirect("webhooks:sent")
    return render(request, "webhooks/subscribe.html", {"form": form})


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Check your e-mail."""
    return render(request, "webhooks/sent.html")


@shown_again_by(_lost_again)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """The links of an address, by mail to that address, at most once an hour. The answer is always the same."""
    form = LostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try(request, "lost")
        except TooOften as refusal:
            return _too_often(_lost_again, request, refusal)
        if is_first_of_the_hour("lost", form.cleaned_data["email"]):
            send_links_again(email=form.cleaned_data["email"])
        return redirect("webhooks:sent")
    return render(request, "webhooks/lost.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_page(request: HttpRequest, token: str) -> HttpResponse:
    """Only the button confirms: scanners of mail open every link."""
    endpoint = endpoint_of(token, CONFIRM)
    if endpoint is None or endpoint.state == Endpoint.State.ENDED:
        return render(request, "webhooks/no_link.html", status=404)
    if request.method == "POST":
        try:
            confirm(endpoint=endpoint)
        except NotNow:  # ended between the page and the button
            return render(request, "webhooks/no_link.html", status=404)
        return redirect(manage_path(endpoint))
    if endpoint.confirmed_at is not None:
        return redirect(manage_path(endpoint))
    return render(request, "webhooks/confirm.html", {"endpoint": endpoint})
