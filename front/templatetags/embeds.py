"""{% embed_code %}: the line with which another site shows one of our pages."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from decisions.models import Decision
from front.views.embeds import frame_of

register = template.Library()


@register.inclusion_tag("includes/embed_code.html")
def embed_decision(decision: Decision) -> dict[str, str]:
    """For the page of one decision."""
    return {"code": frame_of("decision", decision.title, reverse("embed:decision", args=[decision.reference]))}


@register.inclusion_tag("includes/embed_code.html")
def embed_waiting(query: str = "") -> dict[str, str]:
    """For the waiting list. `query` such as "organisation=penhale" narrows it."""
    address = reverse("embed:waiting") + (f"?{query}" if query else "")
    return {"code": frame_of("waiting", _("Waiting for an answer"), address)}
