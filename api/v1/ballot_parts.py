"""What lies below one ballot: its options, its count, its papers and its receipts."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from api.columns import BASE, Column, Source, named
from api.parts import Part, PartFile
from ballots.export import count_document
from ballots.models import Ballot, Count, Option
from ballots.papers_file import read_papers

_NUMBERS = {"type": "object", "additionalProperties": {"type": "integer"}}
_TEXT, _INTEGER = {"type": "string"}, {"type": "integer"}
COUNT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "ballot": {
            "type": "object",
            "description": "What anybody needs to count it again.",
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                "reference": _TEXT,
                "question": _TEXT,
                "method": {"type": "string", "enum": list(Ballot.Method.values)},
                "seats": _INTEGER,
                "budget": _INTEGER,
                "currency": _TEXT,
                "budget_rule": _TEXT,
                "completion": _TEXT,
                "stop": _TEXT,
                "step": {"type": ["integer", "null"]},
                "min_share": _INTEGER,
                "min_sample": _INTEGER,
                "seed": _TEXT,
                "options": {
                    "type": "array",
                    "items": {"type": "object", "properties": {"code": _TEXT, "title": _TEXT, "cost": _INTEGER}},
                },
            },
        },
        "papers": {
            "type": "object",
            "description": "Of the papers file: how many, whether it is published, and its SHA-256.",
            "properties": {"count": _INTEGER, "published": {"type": "boolean"}, "sha256": _TEXT},
        },
        "winners": {"type": "array", "items": _TEXT, "description": "The codes of what won, in order."},
        "totals": _NUMBERS | {"description": "For each code: ticks, sum of scores, or first places."},
        "working": {
            "type": "object",
            "description": "How it was counted, step by step; by method. Empty where the papers are not published.",
        },
    },
    "required": ["ballot", "papers", "winners", "totals", "working"],
    "additionalProperties": False,
}


def count_of(ballot: Ballot) -> Count | None:
    """Its count, once it is closed. No query for a ballot that was joined with it."""
    return getattr(ballot, "count", None)


def part_url(name: str) -> Source:
    """The address of a part of the row's ballot, or None while there is nothing at it."""

    def url(ballot: Ballot) -> str | None:
        part = next(part for part in PARTS if part.name == name)
        return f"{BASE}/ballots/{ballot.pk}/{name}/" if part.is_there(ballot) else None

    return url


def file_url(name: str) -> Source:
    """The address of the exact file of a part, whose SHA-256 is published, or None while there is none."""
    address = part_url(name)

    def url(ballot: Ballot) -> str | None:
        part, there = next(part for part in PARTS if part.name == name), address(ballot)
        return f"{there}?format={part.file.format}" if there and part.file else None

    return url


def _is_counted(ballot: Ballot) -> bool:
    count = count_of(ballot)
    return count is not None and count.counted_at is not None


def _has_papers(ballot: Ballot) -> bool:
    count = count_of(ballot)
    return count is not None and count.papers_published


def _has_receipts(ballot: Ballot) -> bool:
    """From the close on. A ballot that was brought in from another site has none."""
    return bool(getattr(count_of(ballot), "receipts_sha256", ""))


def _kept(ballot: Ballot, name: str) -> str:
    """One long text of the count, and nothing else of it."""
    return str(Count.objects.values_list(name, flat=True).get(ballot=ballot))


def _options(ballot: Ballot) -> Sequence[Option]:
    return list(ballot.options.select_related("proposal").order_by("position", "id"))


def _count(ballot: Ballot) -> dict[str, Any]:
    count = Count.objects.defer("papers", "receipts").get(ballot=ballot)
    return count_document(ballot, ballot.options.order_by("position", "id"), count)


def _papers(ballot: Ballot) -> Sequence[tuple[int, dict[str, int]]]:
    return list(enumerate(read_papers(_kept(ballot, "papers")), start=1))


def _receipts(ballot: Ballot) -> Sequence[str]:
    return io.StringIO(_kept(ballot, "receipts")).read().split()


OPTION_COLUMNS = (
    Column("code", "text", _("Its short name on the papers.")),
    Column("position", "integer", _("Its line on the ballot paper.")),
    Column("title", "text", _("What it is.")),
    Column("about", "text", _("What is said about it. Markdown.")),
    Column("cost", "integer", _("What it costs, in pence or cents; 0 where it is not about money.")),
    Column("origin", "text", _("Who put it there."), choices=tuple(Option.Origin.values)),
    Column("proposal", "ref", _("The proposal it is."), named("proposals", "proposal", "title"), nullable=True),
    Column("total", "integer", _("Ticks, sum of scores, or first places. From the count."), nullable=True),
    Column("place", "integer", _("1 for the first winner. Empty for what did not win."), nullable=True),
)
PAPER_COLUMNS = (
    Column(
        "paper", "integer", _("Its number in the file. It tells nothing about when or by whom."), lambda row: row[0]
    ),
    Column(
        "choices",
        "numbers",
        _(
            "For each code that is on it, what the voter gave it. In CSV each code is a column of its own, which is "
            "empty where the voter gave it nothing."
        ),
        lambda row: row[1],
    ),
)
RECEIPT_COLUMNS = (Column("receipt", "text", _("The code that the voter was shown."), lambda row: row),)

PARTS: tuple[Part, ...] = (
    Part(
        name="options",
        one="option",
        meaning=_("What could be chosen, in the order of the ballot paper; after the count, what each one got."),
        missing=_("This vote has no options."),
        is_there=lambda ballot: True,
        columns=OPTION_COLUMNS,
        read=_options,
        relation="options",
    ),
    Part(
        name="count",
        one="count",
        meaning=_("How it was counted: the rule, the winners, the totals and the working. recount.py reads this file."),
        missing=_("This vote is not counted yet."),
        is_there=_is_counted,
        document=COUNT_SCHEMA,
        read=_count,
    ),
    Part(
        name="papers",
        one="paper",
        meaning=_(
            "Every paper that was cast, without names and in an order that tells nothing. JSON and NDJSON have what is "
            "on it in choices; CSV has a column for each option instead, and is the exact file whose SHA-256 is "
            "published in papers_sha256."
        ),
        missing=_("The papers of this vote are not published: it is not closed yet, or fewer than ten were cast."),
        is_there=_has_papers,
        columns=PAPER_COLUMNS,
        read=_papers,
        file=PartFile("csv", "text/csv", lambda ballot: _kept(ballot, "papers")),
    ),
    Part(
        name="receipts",
        one="receipt",
        meaning=_(
            "The receipt of each paper that was counted, so that voters find theirs. Nobody can tell from a receipt "
            "which paper it belongs to. format=txt gives the exact file whose SHA-256 is published in receipts_sha256."
        ),
        missing=_("There are no receipts before the close of a vote."),
        is_there=_has_receipts,
        columns=RECEIPT_COLUMNS,
        read=_receipts,
        file=PartFile("txt", "text/plain", lambda ballot: _kept(ballot, "receipts")),
    ),
)
