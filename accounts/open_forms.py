"""Forms that anybody may send, without an account. One that arrives with an old token is shown again as it was filled
in: to keep it for after signing in would put it behind a door that not everybody has."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse

from accounts.kept import is_from_here

View = TypeVar("View", bound=Callable[..., Any])
Form = TypeVar("Form", bound=forms.Form)
Show = Callable[..., HttpResponse]


def shown_again_by(show: Show) -> Callable[[View], View]:
    """`show(request, *, why, **kwargs)` draws the form of this view with what was typed. It must do nothing else:
    nobody knows that the person wanted to send it."""

    def mark(view: View) -> View:
        view.show_again = show  # type: ignore[attr-defined]
        return view

    return mark


def form_again(request: HttpRequest, why: str) -> HttpResponse | None:
    """The page with the form, where it is such a form and was sent from this site."""
    found = request.resolver_match
    show: Show | None = getattr(found.func, "show_again", None) if found else None
    if found is None or show is None or not is_from_here(request):
        return None
    return show(request, *found.args, why=why, **found.kwargs)


def with_reason(form: Form, why: str) -> Form:
    """The form as it was filled in, with what kept it from being taken above its other errors."""
    form.full_clean()
    form.add_error(None, why)
    return form
