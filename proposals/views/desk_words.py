"""The plain-words check while an answer is written."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.refusals import SignedInRequest, signed_in
from proposals.forms.answering import TEXTS
from proposals.views.desk_seats import required_seats
from words import plain


@require_POST
def words(request: HttpRequest) -> HttpResponse:
    """A piece of page: for whom the words are readable, and which are hard. It keeps nothing."""
    if not request.user.is_authenticated:
        # Not sent to sign in: what is typed is kept when it is saved, and this is asked for while one types.
        return HttpResponseForbidden()
    return _found(request)


@signed_in
def _found(request: SignedInRequest) -> HttpResponse:
    required_seats(request.user)
    text = "\n\n".join(request.POST.get(name, "") for name in TEXTS)
    return render(request, "proposals/desk_words.html", {"check": plain.check(text)})
