"""A ranking with one winner: each pair against each other, and the run-off round by round."""

from collections.abc import Sequence
from typing import Any

from ballots.models import Ballot, Count, Option
from ballots.result.parts import percent, titles


def told(ballot: Ballot, options: Sequence[Option], count: Count) -> dict[str, Any]:
    """`pairs` of the winner in words, the whole `table`, and the `rounds` of the run-off."""
    working, names = count.working, titles(options)
    order = [option.code for option in options if option.code not in working["unplaced"]]
    winner = count.winners[0] if count.winners else ""
    return {
        "template": "ballots/result_ranked.html",
        "beats_all": working["how"] == "condorcet",
        "winner": names.get(winner, ""),
        "pairs": _pairs(working["pairwise"], names, winner, order),
        "columns": [names[code] for code in order],
        "table": [_line(working["pairwise"], names, code, order) for code in order],
        "rounds": [_round(row, names) for row in working["rounds"]],
        "valid": working["valid"],
    }


def _pairs(pairwise: dict[str, dict[str, int]], names: dict[str, str], winner: str, order: list[str]) -> list[Any]:
    found = []
    for other in order:
        if other == winner or not winner:
            continue
        wins, loses = pairwise[winner][other], pairwise[other][winner]
        found.append(
            {
                "other": names[other],
                "wins": wins,
                "loses": loses,
                "width": percent(wins, wins + loses),
                "beaten": wins > loses,
                "level": wins == loses,
            }
        )
    return sorted(found, key=lambda pair: pair["wins"] - pair["loses"])


def _line(pairwise: dict[str, dict[str, int]], names: dict[str, str], code: str, order: list[str]) -> dict[str, Any]:
    cells: list[dict[str, int | bool | None]] = []
    for other in order:
        if other == code:
            cells.append({"n": None, "won": False})
        else:
            cells.append({"n": pairwise[code][other], "won": pairwise[code][other] > pairwise[other][code]})
    return {"title": names[code], "cells": cells}


def _round(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    total = sum(row["votes"].values())
    bars = sorted(row["votes"].items(), key=lambda pair: -pair[1])
    return {
        "bars": [
            {"title": names[code], "n": n, "width": percent(n, total), "out": code == row["out"]} for code, n in bars
        ],
        "out": names.get(row["out"] or "", ""),
        "winner": names.get(row["winner"] or "", ""),
        "spent": row["spent"],
        "tie": row["tie"],
    }
