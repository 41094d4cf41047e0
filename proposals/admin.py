"""What operators of the site may look at. Nothing changes here: every change of state is an action, in public.

Who backed what, and who said that an answer answers it, is nobody's to read: those rows are not listed.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin_rows import ReadOnlyAdmin
from proposals.models import Ask, Comment, Commitment, Offer, Proposal, Response


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["reference", "title", "community", "state", "supports_count", "tabled_at"]
    list_filter = ["state", "community"]
    list_select_related = ["community"]
    search_fields = ["reference", "title"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Drafts are their authors' alone."""
        return super().get_queryset(request).exclude(state=Proposal.State.DRAFT)


@admin.register(Ask)
class AskAdmin(ReadOnlyAdmin):
    list_display = ["proposal", "organisation", "asked_on", "first_due_on", "due_on", "answered_on"]
    list_filter = ["organisation"]
    list_select_related = ["proposal", "organisation"]
    search_fields = ["proposal__title"]


@admin.register(Response)
class ResponseAdmin(ReadOnlyAdmin):
    list_display = ["reference", "proposal", "organisation", "outcome", "published_at", "is_contested"]
    list_filter = ["outcome", "is_contested", "organisation"]
    list_select_related = ["proposal", "organisation"]
    search_fields = ["reference", "proposal__title"]


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin):
    list_display = ["reference", "text", "organisation", "state", "first_due_on", "due_on"]
    list_filter = ["state", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["reference", "text"]


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ["proposal", "author", "role", "created_at", "removed_at"]
    list_filter = ["role"]
    list_select_related = ["proposal", "author"]
    search_fields = ["proposal__title"]


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin):
    list_display = ["proposal", "user", "text", "created_at", "withdrawn_at"]
    list_select_related = ["proposal", "user"]
    search_fields = ["text"]
