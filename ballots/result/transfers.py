"""A ranking with several winners: the single transferable vote, stage by stage."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ballots.models import Ballot, Count, Option
from ballots.result.parts import numbers, percent, titles


def told(ballot: Ballot, options: Sequence[Option], count: Count) -> dict[str, Any]:
    """`stages` with what happened, in words, and the votes of each after it."""
    working, names = count.working, titles(options)
    unit = working["unit"]
    most = max((total for stage in working["stages"] for total in stage["totals"].values()), default=0)
    return {
        "template": "ballots/result_transfers.html",
        "quota": working["quota"],
        "quota_at": percent(working["quota"] * unit, most or 1),
        "valid": working["valid"],
        "winners": [names[code] for code in count.winners],
        "stages": [_stage(stage, names, unit, most) for stage in working["stages"]],
        "numbers": _table(working["stages"], names, unit),
    }


def _table(stages: list[dict[str, Any]], names: dict[str, str], unit: int) -> dict[str, Any]:
    """Each option with its votes after every stage."""
    lines = [
        (title, [_votes(stage["totals"].get(code, 0), unit) for stage in stages])
        for code, title in names.items()
        if any(code in stage["totals"] for stage in stages)
    ]
    return numbers([_("Stage %(n)d") % {"n": at} for at in range(1, len(stages) + 1)], lines)


def _stage(stage: dict[str, Any], names: dict[str, str], unit: int, most: int) -> dict[str, Any]:
    bars = sorted(stage["totals"].items(), key=lambda pair: -pair[1])
    return {
        "what": _what(stage, names),
        "elected": get_text_list([names[code] for code in [*stage["elected"], *stage["filled"]]], _("and")),
        "bars": [
            {
                "title": names[code],
                "n": _votes(total, unit),
                "width": percent(total, most),
                "won": code in (*stage["elected"], *stage["filled"]),
            }
            for code, total in bars
            if total
        ],
        "lost": _votes(stage["not_transferable"] + stage["rounding"], unit),
        "tie": stage["tie"],
    }


def _what(stage: dict[str, Any], names: dict[str, str]) -> str:
    name = names.get(stage["code"] or "", "")
    if stage["what"] == "first":
        return _("First choices")
    if stage["what"] == "excluded":
        return _("%(name)s goes out. Its votes pass to the next choices.") % {"name": name}
    return _("What %(name)s has over the quota passes to the next choices.") % {"name": name}


def _votes(total: int, unit: int) -> str:
    """Votes with as many decimals as they have, five at most: "12", "10.66664"."""
    whole, part = divmod(total, unit)
    return f"{whole}.{part:05}".rstrip("0") if part else str(whole)
