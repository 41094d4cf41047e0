"""`{% load following %}{% follow_button "proposal" proposal.pk %}`: the button to hear of something, or no more."""

from typing import Any
from uuid import UUID

from django import template
from django.http import HttpRequest

from notifications.models import Follow

register = template.Library()


@register.inclusion_tag("includes/follow_button.html", takes_context=True)
def follow_button(context: dict[str, Any], subject_type: str, subject_id: UUID) -> dict[str, Any]:
    """One query for somebody who is signed in, else none. `subject_type`: proposal, community or organisation."""
    request: HttpRequest = context["request"]
    row = None
    if request.user.is_authenticated:
        mine = Follow.objects.filter(user=request.user, subject_type=subject_type, subject_id=subject_id)
        row = mine.first()
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "subject_type": subject_type,
        "subject_id": subject_id,
        "next": request.get_full_path(),
        "why": row.get_why_display() if row else "",
        "is_on": row is not None and row.muted_at is None,
        "is_chosen": row is not None and row.why == Follow.Why.CHOSE,
    }
