"""How a page says no. An action's refusal is shown in its own words; what was typed stays."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from accounts.backends import person_of
from accounts.models import User
from record.exceptions import NotAllowed, Refusal

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class SignedInRequest(HttpRequest):
    """The request of somebody who is signed in, for the type checker."""

    user: User


def signed_in(view: Callable[Concatenate[SignedInRequest, P], HttpResponse]) -> View[P]:
    """For pages on which somebody acts: the others sign in first and come back; who may not act gets 403, in words."""

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_of(request)
        if not person.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.user = person
        try:
            return view(cast(SignedInRequest, request), *args, **kwargs)
        except NotAllowed as refusal:
            return render(request, "403.html", {"reason": refusal.message}, status=refusal.status)

    return shown


def one_tap(
    request: HttpRequest, url: str, said: str | Promise, action: Callable[..., object], **arguments: Any
) -> HttpResponse:
    """A button without a form: one action, then back to `url` with a message. NotAllowed passes on (see signed_in)."""
    try:
        action(acting_user=request.user, **arguments)
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        if said:
            messages.success(request, str(said))
    return redirect(url)


def filled_in(form: forms.Form, action: Callable[..., T], **arguments: Any) -> T | None:
    """What the action made of the form; None where it refused, and the form then says why. NotAllowed passes on."""
    try:
        return action(**arguments)
    except NotAllowed:
        raise
    except Refusal as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, str(refusal.message))
        return None
