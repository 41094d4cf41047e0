"""A decision in the words of schema.org, for those who read pages by machine."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from communities.models import Organisation
from decisions.models import Decision
from words import markdown, text

# So that no text can end the script element it stands in.
_HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def decision_as_json_ld(decision: Decision, organisations: Iterable[Organisation]) -> SafeString:
    """The content of a `<script type="application/ld+json">`."""
    place = {"@type": "Place", "name": decision.community.name}
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": settings.SITE_URL + decision.get_absolute_url(),
        "url": settings.SITE_URL + decision.get_absolute_url(),
        "identifier": decision.reference,
        "headline": decision.title,
        "abstract": text.clean_line(markdown.plain(decision.summary)),
        "articleSection": str(decision.get_decided_by_display()),
        "datePublished": decision.decided_on.isoformat(),
        "dateModified": decision.updated_at.isoformat(),
        "spatialCoverage": place,
        "author": [{"@type": "Organization", "name": one.name} for one in organisations]
        or [{"@type": "Organization", "name": decision.community.name}],
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "license": settings.DATA_LICENCE_URL,
        "isAccessibleForFree": True,
    }
    return mark_safe(json.dumps(document, ensure_ascii=False).translate(_HARMLESS))  # noqa: S308 - made harmless above
