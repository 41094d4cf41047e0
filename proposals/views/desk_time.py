"""More time for an answer: once, before the date, in public, with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import filled_in, signed_in
from proposals.actions.asking import extend_ask
from proposals.clocks import clock_of
from proposals.forms.answering import ExtendForm
from proposals.models import Ask
from proposals.views.answering import answer_url, closed_words
from proposals.views.desk_seats import ask_or_404
from record import clock
from words.dates import long_date


@require_http_methods(["GET", "POST"])
@signed_in
def extend(request: HttpRequest, ask: UUID) -> HttpResponse:
    """Where it is too late or was done before, the page says so and leads back to the answer."""
    found = ask_or_404(request, ask)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if form.is_valid():
            done = filled_in(form, extend_ask, ask=found, acting_user=request.user, **form.cleaned_data)
            if done is not None:
                said = _("You have until %(day)s. The first date stays shown, with your reason.")
                messages.success(request, said % {"day": long_date(done.due_on)})
                return redirect("desk:desk")
    else:
        closed = _closed(found)
        if closed:
            messages.error(request, closed)
            return redirect(answer_url(found))
    found.clock = clock_of(found, clock.today())  # type: ignore[attr-defined]
    context = {"ask": found, "proposal": found.proposal, "community": found.proposal.community, "form": form}
    return render(request, "proposals/desk_extend.html", context)


def _closed(ask: Ask) -> str:
    if ask.extended_at is not None:
        return _("More time was taken once already. It cannot be taken again.")
    if clock.today() >= ask.due_on and ask.is_open:
        return _("More time must be asked for before the date. That day has come.")
    return closed_words(ask)
