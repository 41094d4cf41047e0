"""Decisions, to read. They are recorded by actions and never edited."""

from django.contrib import admin

from accounts.admin_rows import ReadOnlyAdmin
from decisions.models import Decision


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["reference", "title", "community", "decided_by", "decided_on", "is_overruled"]
    list_filter = ["decided_by", "basis_kind", "is_overruled"]
    list_select_related = ["community"]
    search_fields = ["reference", "title"]
    date_hierarchy = "decided_on"
