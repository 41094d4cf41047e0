"""The inbox: what one should know, newest first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from notifications.actions import reading
from notifications.forms import ReadForm
from notifications.models import Follow, Notification
from notifications.views.fetch import person
from words.keyset import page_of

SAID_BY_A_BROWSER = {None, "none", "same-origin"}  # Sec-Fetch-Site; other sites cannot read for anybody


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    user = person(request)
    page = page_of(Notification.objects.visible_to(user), "-id", params=request.GET)
    subjects = {row.subject_id for row in page.rows}
    muted_rows = Follow.objects.filter(user=user, subject_id__in=subjects, muted_at__isnull=False)
    muted = set(muted_rows.values_list("subject_id", flat=True))
    for row in page.rows:
        row.is_muted = row.subject_id in muted
    context = {
        "page": page,
        "newest": page.rows[0].pk if page.rows and user.unread_notifications else None,
        "tab": "inbox",
    }
    return render(request, "notifications/inbox_list.html", context)


@require_safe
@login_required
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the page that it speaks of. Opening it is reading it; a browser that only looks ahead reads nothing."""
    user = person(request)
    notification = get_object_or_404(Notification.objects.visible_to(user), pk=pk)
    if request.method == "GET" and _was_opened_by_hand(request):
        reading.mark_read(notification=notification, acting_user=user)
    return redirect(notification.path)


@require_http_methods(["GET", "POST"])
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """A GET comes from signing in again: it changes nothing."""
    if request.method == "POST":
        form = ReadForm(request.POST)
        if not form.is_valid():
            raise BadRequest("Not a number of ours")
        reading.mark_all_read(acting_user=person(request), up_to=form.cleaned_data["up_to"])
        messages.success(request, _("Everything is marked as read."))
    return redirect("inbox:inbox")


def _was_opened_by_hand(request: HttpRequest) -> bool:
    looks_ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return not looks_ahead and request.headers.get("Sec-Fetch-Site") in SAID_BY_A_BROWSER
