"""The files of a counted ballot, for whoever counts it again."""

from collections.abc import Iterable
from typing import Any

from ballots.models import Ballot, Count, Option
from ballots.pabulib.shapes import Project, VoteType
from ballots.pabulib.writing import write_pb
from ballots.papers_file import read_papers
from ballots.terms import counting_terms, rule_of

VOTE_TYPES: dict[str, VoteType] = {
    Ballot.Method.APPROVAL: "approval",
    Ballot.Method.BUDGET: "approval",
    Ballot.Method.RANKED: "ordinal",
    Ballot.Method.SCORE: "scoring",
}


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


def pabulib_of(ballot: Ballot, papers: str) -> str:
    """The published papers as a .pb file. What Pabulib has no word for (method, seats) stands in META rows of our own,
    so that import_pabulib comes to the same result."""
    options = list(ballot.options.all())
    meta = {
        "description": ballot.question,
        "country": ballot.community.country,
        "unit": ballot.community.name,
        "instance": ballot.reference,
        "currency": ballot.currency,
        "method": ballot.method,
        "seats": str(ballot.seats),
        "min_sample": str(ballot.min_sample),
    }
    if ballot.closes_at and ballot.opens_at:
        meta |= {"date_begin": f"{ballot.opens_at:%d.%m.%Y}", "date_end": f"{ballot.closes_at:%d.%m.%Y}"}
    projects = [
        Project(option.code, option.cost, option.title, option.place is not None, fields={}) for option in options
    ]
    winners = [option.code for option in options if option.place is not None]
    return write_pb(meta, projects, read_papers(papers), rule_of(ballot), VOTE_TYPES[ballot.method], winners=winners)
