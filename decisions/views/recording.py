"""Decisions that no proposal led to: what an organisation decided alone, and where it overrules residents."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.models import Community
from communities.seats import seat_of
from communities.views.fetch import community_or_404
from decisions import permissions
from decisions.actions import overrule_decision, record_notice
from decisions.exceptions import Refusal
from decisions.forms import NoticeForm, OverruleForm
from decisions.models import Decision


@require_http_methods(["GET", "POST"])
def notice_new(request: HttpRequest, community: str) -> HttpResponse:
    """An organisation says in public what it decided alone. The form's mark makes two taps one decision."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found: Community = community_or_404(request, community)
    if not permissions.can_give_notice(request.user, found):
        return _refused(request, _("Only somebody who works for an organisation here can do this."))
    form = NoticeForm(request.POST if request.method == "POST" else None, community=found)
    if request.method == "POST" and form.is_valid():
        made = _made(form, record_notice, community=found, acting_user=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(request, _("The decision is public. It says that you decided alone."))
            return redirect(made.get_absolute_url())
    context = {"community": found, "form": form, "seat": seat_of(request.user, found.pk)}
    return render(request, "decisions/notice_new.html", context)


@require_http_methods(["GET", "POST"])
def overrule(request: HttpRequest, reference: str) -> HttpResponse:
    """A decision of its own, by a named role, with reasons. It is shown and counted for ever."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    rows = Decision.objects.visible_to(request.user).select_related("community", "topic")
    decision: Decision = get_object_or_404(rows, reference=reference)
    if not permissions.can_overrule(request.user, decision):
        return _refused(request, _("Only an organisation can overrule, and only what residents had decided."))
    form = OverruleForm(request.POST if request.method == "POST" else None, initial={"title": decision.title})
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("title", "summary", "reasons", "submission")}
        made = _made(form, overrule_decision, decision=decision, acting_user=request.user, **words)
        if made is not None:
            messages.success(request, _("The decision is overruled, in public."))
            return redirect(made.get_absolute_url())
    elif request.method != "POST" and decision.is_overruled:
        messages.error(request, _("This decision is overruled already."))
        return redirect(decision.get_absolute_url())
    context = {
        "decision": decision,
        "community": decision.community,
        "form": form,
        "seat": seat_of(request.user, decision.community_id),
    }
    return render(request, "decisions/overrule_new.html", context)


def _made(form: forms.Form, action: Any, **arguments: Any) -> Decision | None:
    """The decision; None where the action refused, and the form then says why."""
    try:
        decision: Decision = action(**arguments)
    except Refusal as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, str(refusal.message))
        return None
    return decision


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "403.html", {"reason": reason}, status=403)
