"""Lines of the record in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ballots.models import Ballot
from communities.models import Community
from decisions.models import Decision
from front.feeds.sources import ANYBODY
from proposals.models import Commitment, Proposal
from record.chain import part_of, read_json
from record.kinds import KINDS
from record.models import Entry

ROLES = {
    "resident": gettext_lazy("a resident"),
    "professional": gettext_lazy("a professional"),
    "facilitator": gettext_lazy("a facilitator"),
    "system": gettext_lazy("this site by itself"),
}
# The same where the line names the organisation that did it.
OF_ORGANISATION = {
    "response.published": gettext_lazy("%(who)s answered."),
    "ask.extended": gettext_lazy("%(who)s asked for more time, once, with a reason."),
    "decision.overruled": gettext_lazy("%(who)s decided against what residents had decided."),
    "commitment.promised": gettext_lazy("%(who)s promised to do something by a set day."),
}
# A seat, where the line says which.
APPOINTED = {
    "professional": gettext_lazy("Somebody got a seat as a professional."),
    "facilitator": gettext_lazy("Somebody got a seat as a facilitator."),
}


@dataclass(frozen=True)
class About:
    """What a line is about, while that is public."""

    title: str
    reference: str
    url: str


@dataclass(frozen=True)
class Line:
    """A line for people: what happened, through whom, where and to what, if that may be seen now."""

    entry: Entry
    sentence: str
    by: str
    community: Community | None
    about: About | None

    @property
    def headline(self) -> str:
        """The sentence, with what it is about; where there are several, after the first. The reference of that stands
        beside it, as a link."""
        if self.about is None:
            return self.sentence
        first, stop, more = self.sentence.partition(". ")
        parts = {"what": first.rstrip("."), "title": self.about.title}
        if stop and self.about.title.endswith((".", "?", "!", "…")):
            stop = " "
        return _("%(what)s: %(title)s") % parts + stop + more


def lines_in_words(entries: Iterable[Entry]) -> list[Line]:
    """Each line in words. One query for the communities that are public now, and one for each type of thing that the
    lines are about, however many lines there are."""
    found = list(entries)
    wanted = {entry.community_id for entry in found if entry.is_public and entry.community_id}
    places = Community.objects.visible_to(ANYBODY).in_bulk(wanted)
    named = {entry.sequence: key for entry in found if entry.is_public and (key := _key_of(entry))}
    things = _things(named.values())
    return [
        Line(
            entry,
            sentence_of(entry),
            _by(entry),
            places.get(entry.community_id) if entry.is_public else None,
            things.get(named.get(entry.sequence, ("", ""))),
        )
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
    who = part_of(facts, "actor").get("organisation")
    if who and kind in OF_ORGANISATION:
        return OF_ORGANISATION[kind] % {"who": who}
    seat = str(part_of(facts, "payload").get("role"))
    if kind == "membership.appointed" and seat in APPOINTED:
        return str(APPOINTED[seat])
    return _(KINDS[kind]) if kind in KINDS else kind


def _by(entry: Entry) -> str:
    """The organisation or the role. People's names stand in the line itself and are not repeated here."""
    actor = part_of(read_json(entry.line), "actor")
    role = str(actor.get("role") or "")
    return str(actor.get("organisation") or "") or str(ROLES.get(role, ""))


def _key_of(entry: Entry) -> tuple[str, str] | None:
    """The type and id of what the line is about, by the line itself: its subject where that has a page of its own, or
    the proposal that it speaks of."""
    facts = part_of(read_json(entry.line))
    subject = part_of(facts, "subject")
    kind, key = str(subject.get("type")), str(subject.get("id"))
    if kind not in ("decision", "commitment", "ballot", "proposal"):
        kind, key = "proposal", str(part_of(facts, "payload").get("proposal"))
    try:
        return kind, str(UUID(key))
    except ValueError:
        return None


def _things(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], About]:
    """What anybody may see of them now."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for kind, key in keys:
        wanted[kind].add(key)
    shown: dict[tuple[str, str], About] = {}
    if "proposal" in wanted:
        rows: Any = Proposal.objects.visible_to(ANYBODY).select_related("community")
        for row in rows.filter(pk__in=wanted["proposal"]):
            shown["proposal", str(row.pk)] = About(str(row), row.reference, row.get_absolute_url())
    if "decision" in wanted:
        rows = Decision.objects.visible_to(ANYBODY).select_related("community")
        for row in rows.filter(pk__in=wanted["decision"]):
            shown["decision", str(row.pk)] = About(row.title, row.reference, row.get_absolute_url())
    if "commitment" in wanted:
        rows = Commitment.objects.visible_to(ANYBODY).select_related("proposal__community", "decision__community")
        for row in rows.filter(pk__in=wanted["commitment"]):
            page = row.proposal or row.decision
            shown["commitment", str(row.pk)] = About(row.text, row.reference, page.get_absolute_url())
    if "ballot" in wanted:
        rows = Ballot.objects.visible_to(ANYBODY).select_related("community")
        for row in rows.filter(pk__in=wanted["ballot"]):
            shown["ballot", str(row.pk)] = About(row.question, row.reference, row.get_absolute_url())
    return shown
