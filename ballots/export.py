"""The files of a counted ballot, for whoever counts it again."""

from collections.abc import Iterable
from typing import Any

from ballots.models import Ballot, Count, Option
from ballots.terms import counting_terms


def count_document(ballot: Ballot, options: Iterable[Option], count: Count) -> dict[str, Any]:
    """count.json: the terms, the papers by their digest, and the result with its working."""
    return {
        "ballot": counting_terms(ballot, options),
        "papers": {
            "count": count.papers_count,
            "published": count.papers_published,
            "sha256": count.papers_sha256,
        },
        "winners": count.winners,
        "totals": count.totals,
        "working": count.working,
    }
