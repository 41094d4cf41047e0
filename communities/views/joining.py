"""Joining with the code of a letter. Only the button uses a code up: opening a link never does, since mail
scanners open every link."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, signed_in
from communities.actions.invitations import join_with_code
from communities.codes import normal
from communities.exceptions import LockedOut, NotNow, NotValid
from communities.forms import CodeForm
from communities.models import Community
from communities.views.fetch import community_or_404


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str = "", slug: str = "") -> HttpResponse:
    """Whoever is not signed in goes by way of that, and comes back with the code that was typed."""
    typed = normal(request.POST.get("code", "")) if request.method == "POST" else ""
    if typed and not request.user.is_authenticated:
        return redirect_to_login(reverse("communities:join_by_link", args=[typed]))
    return _join(request, code=code, slug=slug)


@signed_in
def _join(request: SignedInRequest, code: str, slug: str) -> HttpResponse:
    """Type the code, or come by the link of the letter with it filled in. A private community is found by its
    code alone: its name is not needed and not shown."""
    community = community_or_404(request, slug) if slug else None
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": code})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            seat = join_with_code(
                acting_user=request.user,
                code=form.cleaned_data["code"],
                community=community,
                address=get_adapter().get_client_ip(request),
            )
        except (NotValid, NotNow, LockedOut) as refusal:
            form.add_error("code", str(refusal.message))
            status = refusal.status if isinstance(refusal, LockedOut) else 200
        else:
            messages.success(request, _("Welcome to the table. You can table, back and vote now."))
            return redirect(Community.objects.get(pk=seat.community_id).get_absolute_url())
    return render(request, "communities/join.html", {"form": form, "community": community, "code": code}, status=status)
