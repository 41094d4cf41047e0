"""{% embed_code %}: the line with which another site shows one of our pages."""

from django import template
from django.urls import reverse

from communities.models import Organisation
from decisions.models import Decision
from front.views.embeds import frame_of, waiting_address, waiting_title

register = template.Library()


@register.inclusion_tag("includes/embed_code.html")
def embed_decision(decision: Decision) -> dict[str, str]:
    """For the page of one decision."""
    return {"code": frame_of("decision", decision.title, reverse("embed:decision", args=[decision.reference]))}


@register.inclusion_tag("includes/embed_code.html")
def embed_waiting(organisation: Organisation | None = None) -> dict[str, str]:
    """For the waiting list: all of it, or what one organisation owes."""
    return {"code": frame_of("waiting", waiting_title(organisation), waiting_address(organisation))}
