"""Finding proposals by their words: full text on PostgreSQL, which keeps the words in a table beside (migration 0006),
and the same words by LIKE on SQLite. What a person may not see is left out by the queryset that is searched."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from words.stems import stem
from words.text import clean_line

LONGEST_QUESTION = 120  # characters
MOST_WORDS = 8
COLUMNS = ("title", "outcome_wanted", "case")
_REFERENCE = re.compile(r"P-\d{4}-\d{4,}", re.ASCII | re.IGNORECASE)


def clean_question(question: str) -> str:
    """What was typed into the search box, as one short line."""
    return clean_line(question)[:LONGEST_QUESTION].strip()


def searched(queryset: QuerySet[Any], question: str) -> QuerySet[Any]:
    """The rows that have every word of `question` (from clean_question), in any of its forms; of a reference, the row
    that is called by it."""
    if not question:
        return queryset
    if _REFERENCE.fullmatch(question):
        return queryset.filter(reference=question.upper())  # by its own index
    if connections[queryset.db].vendor == "postgresql":
        return queryset.filter(pk__in=_found("websearch_to_tsquery('english', %s)", question))
    words = [stem(word) for word in question.split()[:MOST_WORDS]]
    return queryset.filter(reduce(and_, (_has(word) for word in words)))


def sharing_a_stem(queryset: QuerySet[Any], stems: Iterable[str]) -> QuerySet[Any]:
    """The rows that have a word beginning with any of the stems, those with the most backing first."""
    wanted = sorted(stems)[: 3 * MOST_WORDS]
    if connections[queryset.db].vendor == "postgresql":
        # Stems are letters only (stems.py), so none can be an operator of the query.
        found = queryset.filter(pk__in=_found("to_tsquery('simple', %s)", " | ".join(f"{one}:*" for one in wanted)))
    else:
        found = queryset.filter(reduce(or_, (_has(one) for one in wanted), Q()))
    return found.order_by("-supports_count", "-id")


def _found(query: str, words: str) -> RawSQL:
    """The ids of what has these words. `query` is ours; what was typed is a parameter."""
    sql = f"SELECT proposal_id FROM proposals_proposalwords WHERE words @@ {query}"  # noqa: S608
    return RawSQL(sql, [words])  # noqa: S611


def _has(word: str) -> Q:
    return reduce(or_, (Q(**{f"{name}__icontains": word}) for name in COLUMNS))
