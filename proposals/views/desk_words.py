"""The plain-words check while an answer is written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from proposals.forms.answering import TEXTS
from proposals.views.desk_seats import required_seats
from proposals.views.refusals import signed_in
from words import plain


@require_POST
@signed_in
def words(request: HttpRequest) -> HttpResponse:
    """A piece of page: for whom the words are readable, and which are hard. It keeps nothing."""
    required_seats(request.user)
    text = "\n\n".join(request.POST.get(name, "") for name in TEXTS)
    return render(request, "proposals/desk_words.html", {"check": plain.check(text)})
