"""What operators may look at of webhooks, and the one thing that they do: stop one that does harm.

An address may hold a key of its owner's, so only its server is shown; secrets are not, and no filter asks for them.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin_rows import ReadOnlyAdmin
from webhooks.actions.stopping import stop_endpoint
from webhooks.exceptions import Refusal
from webhooks.models import Delivery, Endpoint
from webhooks.permissions import can_stop

_HOST = re.compile(r"[\w.-]+")
_HIDDEN = ("secret", "old_secret")


class WebhookAdmin(ReadOnlyAdmin):
    """Django takes any column as a filter in the address, shown or not: `?secret__startswith=` would find it out. Here
    only the filters that the page offers are taken."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup.split("__")[0] in self.list_filter


@admin.register(Endpoint)
class EndpointAdmin(WebhookAdmin):
    fields = [
        "server",
        "email",
        "state",
        "state_at",
        "why_disabled",
        "kinds",
        "community",
        "organisation",
        "failing_since",
        "last_tried_at",
        "next_sequence",
        "created_at",
        "confirmed_at",
    ]
    list_display = ["server", "email", "state", "why_disabled", "failing_since", "last_tried_at", "created_at"]
    list_filter = ["state", "why_disabled"]
    search_fields = ["email"]
    actions = ["stop_these"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer(*_HIDDEN)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By e-mail address, or by the whole name of a server: whoever complains knows that."""
        found, is_doubled = super().get_search_results(request, queryset, search_term)
        term = search_term.strip()
        if _HOST.fullmatch(term):
            start = f"https://{term}"
            there = Q(url__iexact=start) | Q(url__istartswith=f"{start}/") | Q(url__istartswith=f"{start}?")
            found = found | queryset.filter(there)
        return found, is_doubled

    def has_stop_permission(self, request: HttpRequest) -> bool:
        return can_stop(request.user)

    @admin.display(description=_("server"))
    def server(self, endpoint: Endpoint) -> str:
        return urlsplit(endpoint.url).hostname or "–"

    @admin.action(permissions=["stop"], description=_("Stop this one: nothing more is sent, and its owner is told"))
    def stop_these(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        stopped = 0
        for endpoint in queryset:
            try:
                stop_endpoint(endpoint=endpoint, acting_user=request.user)  # type: ignore[arg-type]
            except Refusal as refusal:
                self.message_user(request, str(refusal.message), messages.WARNING)
                continue
            self.log_change(request, endpoint, _now("Stopped."))
            stopped += 1
        if stopped:
            said = ngettext("%(count)d webhook is stopped.", "%(count)d webhooks are stopped.", stopped)
            self.message_user(request, said % {"count": stopped})


@admin.register(Delivery)
class DeliveryAdmin(WebhookAdmin):
    fields = [
        "message_id",
        "endpoint",
        "kind",
        "state",
        "attempts",
        "next_at",
        "created_at",
        "tried_at",
        "status_code",
        "said",
        "duration_ms",
    ]
    list_display = ["message_id", "server", "kind", "state", "attempts", "next_at", "tried_at", "status_code"]
    list_filter = ["state"]
    list_select_related = ["endpoint", "entry"]
    search_fields = ["=message_id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        hidden = (f"endpoint__{name}" for name in _HIDDEN)
        rows = super().get_queryset(request).select_related("endpoint", "entry")
        return rows.defer(*hidden, "entry__line", "entry__sealed")

    @admin.display(description=_("server"))
    def server(self, delivery: Delivery) -> str:
        return urlsplit(delivery.endpoint.url).hostname or "–"

    @admin.display(description=_("what happened"))
    def kind(self, delivery: Delivery) -> str:
        return delivery.entry.kind if delivery.entry else _now("a test")
