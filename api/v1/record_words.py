"""The words that lines of the record speak of by digest alone: with their salt, anybody can work the digest out.

Words that were taken away leave a row that says so: whoever keeps a copy takes them out of it, too.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from api import values
from api.columns import Column, Made
from api.filters import Filter, updated_since
from api.pagination import Ordering
from api.resources import Resource
from communities.models import Community
from record.models import EntryText

# Whose words are public for good, unless they are erased. Not those of offers, which can be taken back without it, nor
# the first name of a community, which can get another: verify_record.py knows these as kept back.
KINDS_WITH_WORDS = (
    "agreement.changed",
    "ask.extended",
    "ballot.announced",
    "ballot.cancelled",
    "comment.added",
    "commitment.changed",
    "commitment.claimed",
    "commitment.disputed",
    "commitment.dropped",
    "commitment.promised",
    "decision.overruled",
    "decision.recorded",
    "petition.imported",
    "proposal.called_in",
    "proposal.merged",
    "proposal.tabled",
    "proposal.withdrawn",
    "response.published",
    "statement.imported",
)


def _words() -> QuerySet[Any]:
    """Erased ones too: their row is kept, and says no more than that. Nothing of a community that is private now."""
    public = Community.objects.filter(is_public=True).values("pk")
    return EntryText.objects.filter(
        entry__is_public=True, entry__kind__in=KINDS_WITH_WORDS, entry__community_id__in=public
    )


def _unless_erased(words: str, erased_at: datetime | None) -> str | None:
    return words if erased_at is None else None


def _updated_since(meaning: Any) -> Filter:
    """A row changes once at most: when its words are taken away."""
    return replace(updated_since(meaning), condition=lambda given: Q(entry__at__gte=given) | Q(erased_at__gte=given))


def _number(name: str, meaning: Any, lookup: str) -> Filter:
    return Filter(
        name,
        meaning,
        {"type": "integer", "minimum": 0, "maximum": 999_999_999},
        lambda text: values.read_number(text, least=0, most=999_999_999),
        lambda given: Q(**{lookup: given}),
    )


WORDS = Resource(
    name="record/words",
    one="record text",
    meaning=_(
        "The words that a line holds only the fingerprint of. SHA-256 over the bytes of salt and text, one after the "
        "other (UTF-8), is what stands under the name of the field in text_sha256 of the line. A salt is always 32 "
        "small hex figures: with another, words could be moved into it, so refuse such a row. Words that were taken "
        "away leave a row without them. The words of offers, and the first names of communities, are not here."
    ),
    model=EntryText,
    columns=(
        Column("sequence", "integer", _("The number of the line that speaks of them."), "entry_id"),
        Column("field", "text", _("What they are there: the name of the fingerprint.")),
        Column(
            "salt",
            "text",
            _(
                "What stands before them in the fingerprint, so that it cannot be guessed: 32 marks, each 0 to 9 or a "
                "to f. Empty where the words were taken away."
            ),
            Made(("salt", "erased_at"), _unless_erased),
            nullable=True,
        ),
        Column(
            "text",
            "text",
            _("The words. Empty where they were taken away."),
            Made(("text", "erased_at"), _unless_erased),
            nullable=True,
        ),
        Column(
            "erased",
            "boolean",
            _("Whether they were taken away. The row stays, without them: take them out of your copy, too."),
            Made(("erased_at",), lambda erased_at: erased_at is not None),
        ),
        Column("erased_at", "datetime", _("When they were taken away."), nullable=True),
        Column(
            "html_url",
            "url",
            _("The address of the page of the line."),
            lambda row: settings.SITE_URL + reverse("record:line", args=[row.entry_id]),
        ),
    ),
    rows=_words,
    filters=(
        _number(
            "sequence",
            _("Of one line. Of a line without words, or none that are public, the list is empty."),
            "entry_id",
        ),
        _number("after_sequence", _("Of lines after this one."), "entry_id__gt"),
        _updated_since(_("Written or taken away at this moment or later: what a mirror asks for.")),
    ),
    orderings=(Ordering("sequence", "entry_id"), Ordering("-sequence", "entry_id")),
    stamps=("pk", "erased_at"),
)
