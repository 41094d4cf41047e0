"""Invitations, for facilitators: made, listed, taken back, printed as letters."""

from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import filled_in, one_tap, signed_in
from communities.actions.invitations import create_invitations, revoke_invitation
from communities.codes import code_of
from communities.forms import EmailInvitationForm, InvitationsForm
from communities.models import Invitation
from communities.views.fetch import to_facilitate
from record import clock
from words.keyset import page_of

MOST_LETTERS = 500


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Make invitations, and see what became of those made."""
    community = to_facilitate(request, slug)
    form = InvitationsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        made = filled_in(form, create_invitations, community=community, acting_user=request.user, **words)
        if made:
            said = ngettext("%(n)d letter is ready to print.", "%(n)d letters are ready to print.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect("communities:letters", community.slug)
    page = page_of(community.invitations.select_related("used_by"), "-created_at", "-id", params=request.GET)
    context = {"community": community, "form": form, "invitations": page.rows, "page": page, "now": clock.now()}
    return render(request, "communities/invitation_list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def invite_by_email(request: HttpRequest, slug: str) -> HttpResponse:
    """One code, by e-mail."""
    community = to_facilitate(request, slug)
    form = EmailInvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        made = filled_in(
            form,
            create_invitations,
            community=community,
            acting_user=request.user,
            addresses=[(words["label"], words["label"].partition(",")[2].strip()[:80])],
            email=words["email"],
            submission=words["submission"],
        )
        if made:
            messages.success(request, _("The code is on its way to %(email)s.") % {"email": words["email"]})
            return redirect("communities:invitations", community.slug)
    return render(request, "communities/invitation_email.html", {"community": community, "form": form})


@require_http_methods(["GET", "POST"])
@signed_in
def revoke(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take an unused invitation back. A GET comes from signing in: it changes nothing."""
    community = to_facilitate(request, slug)
    invitation = get_object_or_404(community.invitations, pk=pk)
    back = reverse("communities:invitations", args=[community.slug])
    if request.method != "POST":
        return redirect(back)
    return one_tap(request, back, _("The code works no more."), revoke_invitation, invitation=invitation)


@never_cache
@require_safe
@signed_in
def letters(request: HttpRequest, slug: str, pk: UUID | None = None) -> HttpResponse:
    """Letters to print, one a page, with the code and its QR picture: one of them, or all that are unused."""
    community = to_facilitate(request, slug)
    open_ones = community.invitations.open().filter(email="")
    if pk is not None:
        open_ones = open_ones.filter(pk=pk)
    shown = list(open_ones.order_by("-created_at", "id")[:MOST_LETTERS])
    if pk is not None and not shown:
        raise Http404
    return render(
        request,
        "communities/letters_print.html",
        {"community": community, "letters": [_letter(invitation) for invitation in shown], "site": _site_words()},
    )


def _letter(invitation: Invitation) -> dict[str, object]:
    code = code_of(invitation.pk)
    url = settings.SITE_URL + reverse("communities:join_by_link", args=[code])
    return {"to": invitation.label, "code": code, "url": url, "qr": _qr(url), "until": invitation.expires_at}


def _qr(url: str) -> SafeString:
    """The QR picture as one inline SVG. The text that it holds is ours."""
    picture = segno.make(url, error="m", micro=False, mask=2)  # to try all eight masks takes six times as long
    return mark_safe(  # noqa: S308
        picture.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    )


def _site_words() -> str:
    return settings.SITE_URL.removeprefix("https://").removeprefix("http://")
