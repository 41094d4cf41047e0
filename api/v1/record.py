"""The record as data: its lines, read from the lines themselves, and its checkpoints."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from api import values
from api.columns import BASE, Column, Source
from api.filters import Filter, choice
from api.pagination import Ordering
from api.resources import Resource
from communities.models import Community
from record.chain import part_of, read_json
from record.kinds import KINDS, SUBJECT_TYPES
from record.models import Checkpoint, Entry

SEALED, UNREADABLE = "sealed", "unreadable"
_DATE = {"type": "string", "format": "date"}


def facts_of(entry: Entry) -> dict[str, Any]:
    """What the line says. Rows are made of nothing else, so a sealed line tells no more here than in the download."""
    found: dict[str, Any] | None = entry.__dict__.get("_facts")
    if found is None:
        found = entry.__dict__["_facts"] = part_of(read_json(entry.line))
    return found


def _said(name: str, kind: type = dict, otherwise: Any = None) -> Source:
    """What the line says by this name. A line that was damaged says `otherwise`: the rows around it are still given."""

    def said(entry: Entry) -> Any:
        found = facts_of(entry).get(name)
        return found if isinstance(found, kind) else otherwise

    return said


LINE_COLUMNS = (
    Column("sequence", "integer", _("Its number. The first line is 0, and none is missing.")),
    Column("at", "datetime", _("When it happened.")),
    Column(
        "kind",
        "text",
        _("What happened. “sealed” where it happened in a private community, “unreadable” where the line was damaged."),
        _said("kind", str, UNREADABLE),
    ),
    Column("community", "id", _("The id of the community."), _said("community", str), nullable=True),
    Column("subject", "subject", _("What it happened to."), _said("subject"), nullable=True),
    Column(
        "actor",
        "actor",
        _("Who did it, by their role. Residents are not named."),
        _said("actor"),
        nullable=True,
    ),
    Column("payload", "facts", _("What else the line says. It depends on the kind."), _said("payload", dict, {})),
    Column(
        "texts",
        "facts",
        _(
            "The fingerprint of each text that belongs to it: SHA-256 over its salt (32 small hex figures) and its "
            "words. Both are in record/words until they are taken away."
        ),
        lambda entry: part_of(facts_of(entry), "payload", "text_sha256"),
    ),
    Column(
        "previous",
        "text",
        _("The fingerprint (SHA-256) of the line before it; 64 zeros for the first."),
        _said("previous", str, ""),
    ),
    Column("hash", "text", _("The fingerprint of this line (SHA-256).")),
    Column("url", "url", _("Its address in this API."), lambda entry: f"{BASE}/record/{entry.pk}/"),
    Column(
        "html_url",
        "url",
        _("The address of its page, which has the line to the letter."),
        lambda entry: settings.SITE_URL + reverse("record:line", args=[entry.pk]),
    ),
)
# What the line itself holds, and so the NDJSON file, which has the exact lines.
EXACT_LINE = ("sequence", "at", "kind", "community", "subject", "actor", "payload", "previous")
CHECKPOINT_COLUMNS = (
    Column("sequence_count", "integer", _("How many lines it covers, from the first on.")),
    Column("root", "text", _("One fingerprint over all these lines: the root of their Merkle tree (RFC 9162).")),
    Column("at", "datetime", _("When it was made.")),
    Column("key_id", "text", _("The short name of the key that signed it.")),
    Column("public_key", "text", _("That key: Ed25519, base64."), "key.public_key"),
    Column("note", "text", _("The exact text that was signed.")),
    Column("signature", "text", _("The signature over the bytes of the note: Ed25519, base64.")),
    Column("url", "url", _("Its address in this API."), lambda row: f"{BASE}/record/checkpoints/{row.pk}/"),
)


def _lines() -> QuerySet[Any]:
    return Entry.objects.defer("sealed")


def _checkpoints() -> QuerySet[Any]:
    return Checkpoint.objects.all()


def _kinds(chosen: list[str]) -> Q:
    """By what the lines say: the true kind of a sealed one must not be found out by asking."""
    found = Q(kind__in=[kind for kind in chosen if kind != SEALED], is_public=True)
    return found | Q(is_public=False) if SEALED in chosen else found


def _community(given: Any) -> Q:
    places = Community.objects.filter(is_public=True)
    named = places.filter(slug=given) if isinstance(given, str) else places.filter(pk=given)
    return Q(is_public=True, community_id__in=named.values("pk"))


def _community_exists(given: Any) -> bool:
    named = Q(slug=given) if isinstance(given, str) else Q(pk=given)
    return Community.objects.filter(named, is_public=True).exists()


def _day(given: date, days: int = 0) -> datetime:
    return datetime(given.year, given.month, given.day, tzinfo=UTC) + timedelta(days=days)


KINDS_AND_SEALED = frozenset({*KINDS, SEALED})
LINE_FILTERS = (
    Filter(
        "kind",
        _("What happened; several with commas between them."),
        {"type": "string", "description": ", ".join(sorted(KINDS_AND_SEALED))},
        lambda text: values.read_choices(text, KINDS_AND_SEALED),
        _kinds,
    ),
    Filter(
        "community",
        _("In one public community: its id or short name."),
        {"type": "string"},
        values.read_id_or_slug,
        _community,
        _community_exists,
    ),
    replace(
        choice("subject_type", _("To what kind of thing."), SUBJECT_TYPES),
        condition=lambda given: Q(subject_type__in=given, is_public=True),
    ),
    Filter(
        "subject_id",
        _("To one thing, by its id. Of a thing that no line speaks of, the list is empty."),
        {"type": "string"},
        values.read_subject,
        lambda given: Q(subject_id=given, is_public=True),
    ),
    Filter("from", _("On this day (UTC) or later."), _DATE, values.read_date, lambda given: Q(at__gte=_day(given))),
    Filter("to", _("On this day (UTC) or earlier."), _DATE, values.read_date, lambda given: Q(at__lt=_day(given, 1))),
    Filter(
        "after_sequence",
        _("After this line: what a mirror asks for."),
        {"type": "integer", "minimum": 0, "maximum": 999_999_999},
        lambda text: values.read_number(text, least=0, most=999_999_999),
        lambda given: Q(sequence__gt=given),
        lambda given: Entry.objects.filter(sequence=given).exists(),  # who has a line that is not here must hear of it
        _("The record has no line of this number."),
    ),
)

RECORD = Resource(
    name="record",
    one="record line",
    meaning=_(
        "Each public act as one line of a chain that nobody can change in secret. The NDJSON has the lines to the "
        "letter."
    ),
    model=Entry,
    columns=LINE_COLUMNS,
    rows=_lines,
    filters=LINE_FILTERS,
    orderings=(Ordering("sequence", "sequence"), Ordering("-sequence", "sequence")),
    stamps=("sequence", "hash"),
    key_column="sequence",
)
CHECKPOINTS = Resource(
    name="record/checkpoints",
    one="checkpoint",
    meaning=_(
        "What the record was at one moment: how many lines it had, and one fingerprint of them all. It is signed."
    ),
    model=Checkpoint,
    columns=CHECKPOINT_COLUMNS,
    rows=_checkpoints,
    filters=(),
    orderings=(Ordering("-sequence_count", "sequence_count"), Ordering("sequence_count", "sequence_count")),
    stamps=("sequence_count", "root", "signature"),
    key_column="sequence_count",
    joined=("key",),
)
