"""What to be told of, and where."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notifications.actions.choosing import choices_of, choose
from notifications.forms import PreferencesForm
from notifications.views.fetch import person


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = PreferencesForm(request.POST if request.method == "POST" else None, choices=choices_of(user))
    if request.method == "POST":
        form = PreferencesForm(request.POST, choices=choices_of(user))
        if form.is_valid():
            choose(acting_user=user, choices=form.choices())
            messages.success(request, _("Your choice is kept. It holds from now on."))
            return redirect("inbox:preferences")
    return render(request, "notifications/preference_form.html", {"form": form, "tab": "preferences"})
