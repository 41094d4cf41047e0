"""A decision in the words of schema.org, for those who read pages by machine."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communities.models import Organisation
from decisions.models import Decision
from words import markdown, text
from words.linked_data import as_json_ld

# Where residents decided or decided with others. They are named as their community.
OF_RESIDENTS = (Decision.DecidedBy.RESIDENTS, Decision.DecidedBy.TOGETHER)


def decision_as_json_ld(decision: Decision, organisations: Iterable[Organisation]) -> SafeString:
    """The content of a `<script type="application/ld+json">`."""
    place = {"@type": "Place", "name": decision.community.name}
    document: dict[str, Any] = {
        "@type": "Article",
        "@id": settings.SITE_URL + decision.get_absolute_url(),
        "url": settings.SITE_URL + decision.get_absolute_url(),
        "identifier": decision.reference,
        "headline": decision.title,
        "abstract": text.clean_line(markdown.plain(decision.summary)),
        "description": decision.in_words,
        "articleSection": str(decision.get_decided_by_display()),
        "datePublished": decision.decided_on.isoformat(),
        "dateModified": decision.updated_at.isoformat(),
        "spatialCoverage": place,
        "author": [{"@type": "Organization", "name": name} for name in deciders(decision, organisations)],
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "license": settings.DATA_LICENCE_URL,
        "isAccessibleForFree": True,
    }
    if decision.is_overruled:
        document["creativeWorkStatus"] = _("This decision was overruled later.")
    overruling: Decision | None = getattr(decision, "overruled_by", None)
    if overruling is not None:
        document["correction"] = {
            "@type": "CorrectionComment",
            "text": _("This decision was overruled later."),
            "url": settings.SITE_URL + overruling.get_absolute_url(),
            "datePublished": overruling.decided_on.isoformat(),
        }
    return as_json_ld(document)


def deciders(decision: Decision, organisations: Iterable[Organisation]) -> Iterator[str]:
    """Who decided, not whom it is about, and not who signed: an organisation is on the row also where it only has to
    do it."""
    names = [] if decision.decided_by == Decision.DecidedBy.RESIDENTS else [one.name for one in organisations]
    if decision.decided_by in OF_RESIDENTS or not names:
        yield decision.community.name
    yield from names
