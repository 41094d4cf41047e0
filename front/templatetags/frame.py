"""The frame of each page: the same for everybody in the same place, so it is drawn once."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from words.drawn import drawn_once

register = template.Library()


@register.simple_tag(takes_context=True)
def site_nav(context: dict[str, Any]) -> SafeString:
    """The main navigation, with the community of the page, or else the person's own."""
    place = context.get("community") or _asked(context, "my_community")
    return _nav(context.get("section", ""), getattr(place, "slug", ""), bool(_asked(context, "has_desk")))


@register.simple_tag(takes_context=True)
def site_foot(context: dict[str, Any]) -> SafeString:
    """The foot: what this site is, help, promises, the telephone."""
    return _foot(*(context.get(name, "") for name in ("site_name", "site_phone", "site_phone_link")))


def _asked(context: dict[str, Any], name: str) -> Any:
    """What a function of the context says (front/context_processors.py). An error page may have none."""
    function = context.get(name)
    return function() if function else None


@drawn_once
def _nav(section: str, place: str, has_desk: bool) -> SafeString:
    return render_to_string("includes/nav.html", {"section": section, "place": place, "has_desk": has_desk})


@drawn_once
def _foot(site_name: str, site_phone: str, site_phone_link: str) -> SafeString:
    context = {"site_name": site_name, "site_phone": site_phone, "site_phone_link": site_phone_link}
    return render_to_string("includes/foot.html", context)
