"""Ticks: bars, and what a proportional choice would have been."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ballots.models import Ballot, Count, Option
from ballots.result.parts import Dots, numbers, percent, titles
from words.shares import in_hundred


def told(ballot: Ballot, options: Sequence[Option], count: Count) -> dict[str, Any]:
    """`rows` with bars, `shortlist` of the proportional choice, `dots` of both."""
    working, names = count.working, titles(options)
    voters, naming = count.papers_count, working["naming"]
    shortlist = working["shortlist"]["winners"]
    got = working["voters_with_a_pick"]
    rows = [_row(row, names, voters) for row in working["rows"]]
    return {
        "template": "ballots/result_approval.html",
        "rows": rows,
        "numbers": numbers(
            [_("Ticks"), _("In every 100 voters")], [(row["title"], [row["votes"], row["in_hundred"]]) for row in rows]
        ),
        "need": percent(ballot.min_share, 100) if ballot.min_share else "",
        "shortlist": [names[code] for code in shortlist],
        "same": set(shortlist) == set(count.winners),
        "naming": naming,
        "got": got["plain"],
        "other_got": got["shortlist"],
        "dots": Dots(got["plain"], naming),
        "other_dots": Dots(got["shortlist"], naming),
    }


def _row(row: dict[str, Any], names: dict[str, str], voters: int) -> dict[str, Any]:
    return {
        "title": names[row["code"]],
        "votes": row["votes"],
        "width": percent(row["votes"], voters),
        "in_hundred": in_hundred(row["votes"], voters),
        "won": row["won"],
        "why": _why(row),
        "tie": row["tie"],
    }


def _why(row: dict[str, Any]) -> str:
    return {
        "share": _("Too few people ticked it."),
        "unnamed": _("Nobody ticked it."),
        "seats": _("Others had more ticks."),
    }.get(row["why"] or "", "")
