"""Your account: your details, your data, leaving."""

import json

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import change_details, erase_user
from accounts.erasure import data_of
from accounts.forms import DetailsForm, EraseForm
from accounts.kept import kept_in, let_go
from accounts.refusals import SignedInRequest
from accounts.second_factor import needs_second_factor


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: SignedInRequest) -> HttpResponse:
    """Who you are here, who sees what, and how you sign in."""
    form = DetailsForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_details(user=request.user, acting_user=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:account")
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    return render(
        request,
        "accounts/account_detail.html",
        {
            "form": form,
            "kept": kept_in(request),
            "seats": request.user.memberships.filter(ended_at=None).select_related("community", "organisation"),
            "emails": EmailAddress.objects.filter(user=request.user),
            "has_passkey": Authenticator.Type.WEBAUTHN in factors,
            "has_second_factor": Authenticator.Type.TOTP in factors,
            "offer_second_factor": needs_second_factor(request.user) and not factors,
        },
    )


@login_required
@never_cache
@require_GET
def download(request: SignedInRequest) -> HttpResponse:
    """Everything the site holds on you, as one JSON file."""
    body = json.dumps(data_of(request.user), ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-top-table-data.json"'
    return response


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: SignedInRequest) -> HttpResponse:
    """Erase me: what goes, what stays, one tick, one button."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erase_user(user=request.user, acting_user=request.user)
        logout(request)
        messages.success(request, _("You are erased. Thank you for sitting at the table."))
        return redirect("front:home")
    return render(request, "accounts/account_erase.html", {"form": form})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """What was typed before the session ended, with one button that sends it on. POST throws it away."""
    if request.method == "POST":
        let_go(request)
        messages.success(request, _("Thrown away."))
        return redirect("front:home")
    held = kept_in(request)
    if held is None:
        return redirect("front:home")
    return render(request, "accounts/kept_detail.html", {"kept": held})
