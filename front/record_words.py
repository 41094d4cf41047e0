"""Lines of the record in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Community
from record.chain import part_of, read_json
from record.kinds import KINDS
from record.models import Entry

ROLES = {
    "resident": gettext_lazy("a resident"),
    "professional": gettext_lazy("a professional"),
    "facilitator": gettext_lazy("a facilitator"),
    "system": gettext_lazy("this site by itself"),
}


@dataclass(frozen=True)
class Line:
    """A line for people: what happened, through whom, and where, if that may be seen now."""

    entry: Entry
    sentence: str
    by: str
    community: Community | None


def lines_in_words(entries: Iterable[Entry]) -> list[Line]:
    """Each line in words. One query, for the names of the communities that are public now."""
    found = list(entries)
    wanted = {entry.community_id for entry in found if entry.is_public and entry.community_id}
    places = Community.objects.filter(is_public=True).in_bulk(wanted)
    return [
        Line(entry, sentence_of(entry), _by(entry), places.get(entry.community_id) if entry.is_public else None)
        for entry in found
    ]


def sentence_of(entry: Entry) -> str:
    """What the kind of the line means. Only what the line itself says: a sealed one tells nothing."""
    facts = part_of(read_json(entry.line))
    if not facts:
        return _("This line cannot be read.")
    kind = str(facts.get("kind") or "")
    if not entry.is_public or kind == "sealed":
        return _("Something happened in a private community. Only its fingerprint is here.")
    return _(KINDS[kind]) if kind in KINDS else kind


def _by(entry: Entry) -> str:
    """The organisation or the role. People's names stand in the line itself and are not repeated here."""
    actor = part_of(read_json(entry.line), "actor")
    role = str(actor.get("role") or "")
    return str(actor.get("organisation") or "") or str(ROLES.get(role, ""))
