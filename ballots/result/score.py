"""Scores: the average and how the scores are spread."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from ballots.models import Ballot, Count, Option
from ballots.result.parts import decimal, numbers, titles


def told(ballot: Ballot, options: Sequence[Option], count: Count) -> dict[str, Any]:
    """`rows`: the average with a bar from 0 to 5, and how many gave each score."""
    names = titles(options)
    rows = count.working["rows"]
    columns = [_("Average"), *(str(score) for score in range(6))]
    return {
        "template": "ballots/result_score.html",
        "rows": [_row(row, names) for row in rows],
        "numbers": numbers(
            columns,
            [(names[row["code"]], [decimal(row["mean"]) if row["mean"] else "–", *row["counts"]]) for row in rows],
        ),
    }


def _row(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    mean = row["mean"]
    most = max(row["counts"]) or 1
    return {
        "title": names[row["code"]],
        "mean": decimal(mean) if mean else "",
        "width": f"{float(Fraction(mean)) * 20:.1f}%" if mean else "0%",
        "scored": row["scored"],
        "spread": [
            {"score": score, "n": n, "x": 2 + score * 22, "y": 42 - 40 * n // most, "height": 40 * n // most}
            for score, n in enumerate(row["counts"])
        ],
        "won": row["won"],
        "why": {
            "sample": _("Too few people scored it."),
            "share": _("Too few people scored it."),
            "points": _("Nobody gave it more than 0."),
            "seats": _("Others had a higher average."),
        }.get(row["why"] or "", ""),
        "tie": row["tie"],
    }
