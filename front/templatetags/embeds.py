"""The line with which another site shows one of our pages, and the link by which its program finds it (oEmbed)."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

from decisions.models import Decision
from front.narrowed import Narrowed
from front.views.embeds import frame_of, waiting_address

register = template.Library()


@register.inclusion_tag("includes/embed_code.html")
def embed_decision(decision: Decision) -> dict[str, str]:
    """For the page of one decision."""
    return {"code": frame_of("decision", decision.title, reverse("embed:decision", args=[decision.reference]))}


@register.inclusion_tag("includes/embed_code.html")
def embed_waiting(narrowed: Narrowed) -> dict[str, str]:
    """For the waiting list: all of it, or what it is narrowed to."""
    return {"code": frame_of("waiting", narrowed.frame_title, waiting_address(narrowed))}


@register.inclusion_tag("includes/oembed_link.html")
def oembed_waiting(narrowed: Narrowed) -> dict[str, str]:
    """For the head of the waiting list, with what it is narrowed to."""
    query = urlencode({"url": f"{settings.SITE_URL}{reverse('front:waiting')}{narrowed.query}"})
    return {"title": narrowed.frame_title, "url": f"{settings.SITE_URL}{reverse('embed:oembed')}?{query}"}
