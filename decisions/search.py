"""Finding decisions by their words: one way for the page and the open API. Full text on PostgreSQL, by the index of
migration 0003; the same words by LIKE on SQLite. What a person may not see is left out by the queryset."""

import re
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from words.stems import stem
from words.text import clean_line

LONGEST_QUESTION = 200  # characters
MOST_WORDS = 8
COLUMNS = ("reference", "title", "summary", "reasons")
# As in the index, to the letter: else PostgreSQL does not use it.
WORDS = "to_tsvector('english'::regconfig, reference || ' ' || title || ' ' || summary || ' ' || reasons)"
_WORD = re.compile(r"[^\W_][\w-]*")
_FOUND = f"SELECT id FROM decisions_decision WHERE {WORDS} @@ websearch_to_tsquery('english', %s)"  # noqa: S608


def clean_question(question: str) -> str:
    """What was typed into the search box, as one short line."""
    return clean_line(question)[:LONGEST_QUESTION].strip()


def searched(queryset: QuerySet[Any], question: str) -> QuerySet[Any]:
    """The rows that have every word of `question` (from clean_question), in any of its forms."""
    if not question:
        return queryset
    if connections[queryset.db].vendor == "postgresql":
        return queryset.filter(pk__in=RawSQL(_FOUND, [question]))  # noqa: S611
    words = [stem(word) for word in _WORD.findall(question)[:MOST_WORDS]]
    return queryset.filter(reduce(and_, map(_has, words))) if words else queryset.none()


def _has(word: str) -> Q:
    return reduce(or_, (Q(**{f"{name}__icontains": word}) for name in COLUMNS))
