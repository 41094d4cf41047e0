"""The line with which another site shows one of our pages, and the link by which its program finds it (oEmbed)."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
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


@register.inclusion_tag("includes/oembed_link.html")
def oembed_waiting(organisation: Organisation | None = None) -> dict[str, str]:
    """For the head of the waiting list, with the organisation that it is narrowed to."""
    page = reverse("front:waiting") + (f"?organisation={organisation.slug}" if organisation else "")
    query = urlencode({"url": f"{settings.SITE_URL}{page}"})
    return {"title": waiting_title(organisation), "url": f"{settings.SITE_URL}{reverse('embed:oembed')}?{query}"}
