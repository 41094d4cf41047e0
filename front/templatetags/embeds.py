"""The line with which another site shows one of our pages, and the link by which its program finds it (oEmbed)."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

from decisions.models import Decision
from front.narrowed import Narrowed
from front.views.embeds import frame, height_of_decision, height_of_waiting, waiting_address

register = template.Library()


@register.inclusion_tag("includes/embed_code.html")
def embed_decision(decision: Decision) -> dict[str, str]:
    """For the page of one decision."""
    address = reverse("embed:decision", args=[decision.reference])
    return {"code": frame(address, decision.title, "100%", height_of_decision(decision))}


@register.inclusion_tag("includes/embed_code.html")
def embed_waiting(narrowed: Narrowed, titles: Sequence[str]) -> dict[str, str]:
    """For the waiting list: all of it, or what it is narrowed to. `titles` are the first on it."""
    height = height_of_waiting(narrowed, titles)
    return {"code": frame(waiting_address(narrowed), narrowed.frame_title, "100%", height)}


@register.inclusion_tag("includes/oembed_link.html")
def oembed_waiting(narrowed: Narrowed) -> dict[str, str]:
    """For the head of the waiting list, with what it is narrowed to."""
    query = urlencode({"url": f"{settings.SITE_URL}{reverse('front:waiting')}{narrowed.query}"})
    return {"title": narrowed.frame_title, "url": f"{settings.SITE_URL}{reverse('embed:oembed')}?{query}"}
