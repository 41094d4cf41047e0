"""What one follows, and the buttons to follow and mute that stand on many pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from communities.models import Community, Organisation
from notifications.actions import following as actions
from notifications.exceptions import NotFound
from notifications.forms import SubjectForm
from notifications.models import Follow
from notifications.views.fetch import page_before, person
from proposals.models import Proposal
from words.keyset import page_of


@require_safe
@login_required
def following(request: HttpRequest) -> HttpResponse:
    user = person(request)
    page = page_of(Follow.objects.filter(user=user), "-id", params=request.GET)
    found = _subjects(page.rows, user)
    for row in page.rows:
        row.subject = found.get(row.subject_id)
    return render(request, "notifications/follow_list.html", {"page": page, "tab": "following"})


def follow(request: HttpRequest) -> HttpResponse:
    return _change(request, actions.follow, _("You will hear of this. You find it in your inbox."))


def unfollow(request: HttpRequest) -> HttpResponse:
    return _change(request, actions.unfollow, _("You do not follow this any more."))


def mute(request: HttpRequest) -> HttpResponse:
    return _change(request, actions.mute, _("You will hear no more of this, here or by e-mail."))


@require_http_methods(["GET", "POST"])
def _change(request: HttpRequest, action: Callable[..., object], said: str | Promise) -> HttpResponse:
    """One of the three buttons. A GET comes from signing in: it changes nothing."""
    if not request.user.is_authenticated:
        return redirect_to_login(page_before(request))
    if request.method != "POST":
        return redirect("inbox:inbox")
    form = SubjectForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Nothing that can be followed")
    try:
        action(acting_user=person(request), **form.cleaned_data)
    except NotFound as refusal:
        raise Http404 from refusal
    messages.success(request, str(said))
    return redirect(page_before(request))


def _subjects(follows: list[Follow], user: User) -> dict[UUID, Any]:
    """What is followed, by id: only what the person may still see. A query for each type."""
    ids = [row.subject_id for row in follows]
    proposals = Proposal.objects.visible_to(user).filter(pk__in=ids).select_related("community")
    communities = Community.objects.visible_to(user).filter(pk__in=ids)
    organisations = Organisation.objects.filter(pk__in=ids)
    return {row.pk: row for rows in (proposals, communities, organisations) for row in rows}
