"""What operators of the site may look at of votes. Nothing changes here: every step is an action, in public.

How somebody voted is nobody’s to read: papers, piles, unfinished votes and the key are not listed, and of a line of the
roll neither whether its person has voted nor the code that their paper bears.
"""

from typing import Any

from django.contrib import admin
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest

from accounts.admin_rows import ReadOnlyAdmin
from ballots.models import Ballot, Count, Elector, Option


class VoteAdmin(ReadOnlyAdmin):
    """Django takes any column of a row as a filter in the address, shown or not: `?channel=online` would tell who has
    voted. Here only the filters that the page offers are taken."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup.split(LOOKUP_SEP)[0] in self.list_filter


@admin.register(Ballot)
class BallotAdmin(VoteAdmin):
    fields = [
        "reference",
        "community",
        "topic",
        "question",
        "about",
        "method",
        "electorate",
        "quorum_percent",
        "state",
        "is_binding",
        "opens_at",
        "closes_at",
        "papers_back_by",
        "eligible_count",
        "decision",
    ]
    list_display = ["reference", "question", "community", "state", "method", "opens_at", "closes_at", "is_binding"]
    list_filter = ["state", "method", "community"]
    list_select_related = ["community"]
    search_fields = ["reference", "question"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Drafts are the facilitators’ alone."""
        return super().get_queryset(request).exclude(state=Ballot.State.DRAFT)


@admin.register(Option)
class OptionAdmin(VoteAdmin):
    list_display = ["title", "ballot", "code", "cost", "total", "place"]
    list_select_related = ["ballot"]
    search_fields = ["title", "ballot__reference"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).exclude(ballot__state=Ballot.State.DRAFT)


@admin.register(Count)
class CountAdmin(VoteAdmin):
    """How a count went. What is in its files is read where everybody reads it, and only where it is published."""

    fields = ["ballot", "papers_count", "papers_published", "progress", "attempts", "moved_at", "counted_at"]
    list_display = ["ballot", "papers_count", "papers_published", "progress", "attempts", "counted_at"]
    list_filter = ["papers_published"]
    list_select_related = ["ballot"]
    search_fields = ["ballot__reference", "ballot__question"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("papers", "receipts", "working")


@admin.register(Elector)
class ElectorAdmin(VoteAdmin):
    """The roll: who could vote."""

    fields = ["ballot", "number", "user", "area"]
    list_display = ["ballot", "number", "user", "area"]
    list_select_related = ["ballot", "user"]
    search_fields = ["ballot__reference", "user__display_name"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("channel", "code")
