"""Score each from 0 to 5: the highest mean among those who scored it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ballots.counting.merging import lot_places, merge
from ballots.counting.shapes import Count, Option, Papers, Progress, Rule
from ballots.counting.shortlist import fraction
from ballots.counting.ties import how_broken, last_seat

HIGHEST = 5


@dataclass(frozen=True, slots=True)
class _Scored:
    """One option with how many people gave it each score."""

    code: str
    counts: tuple[int, ...]  # of 0, 1, … 5

    @property
    def scorers(self) -> int:
        return sum(self.counts)

    @property
    def points(self) -> int:
        return sum(score * people for score, people in enumerate(self.counts))

    @property
    def mean(self) -> Fraction | None:
        return Fraction(self.points, self.scorers) if self.scorers else None

    @property
    def key(self) -> tuple[Fraction, tuple[int, ...]]:
        """What decides, highest first: the mean (nothing at all is below 0), then how many 5s, 4s, …"""
        return (Fraction(-1) if self.mean is None else self.mean), self.counts[::-1]

    def why_not(self, rule: Rule, papers: int) -> str | None:
        """What keeps it out whatever the others have."""
        if self.scorers < max(rule.min_sample, 1):
            return "sample"
        if self.scorers * 100 < rule.min_share * papers:
            return "share"
        return None if self.points else "points"


def count_score(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None = None) -> Count:
    """At most `seats` winners. An option needs `min_sample` scorers, `min_share` percent of papers, and a point.

    Equal means: the most 5s first, then the most 4s, … then the lot.
    working: {"rows": every option, those that may win first, best first: {"code", "counts": people for each score
    0 to 5, "scored", "mean": "n/d" or None, "won", "why": None (it won), "sample", "share", "points" or "seats",
    "tie": None, "scores" or "lot"}, "last_seat": None or {"codes", "by"}: the tie that decided who won}.
    """
    merged = merge(options, papers, lowest=0, highest=HIGHEST)
    given = [[0] * (HIGHEST + 1) for _option in options]
    for marks, weight in merged.groups:
        for position, score in marks:
            given[position][score] += weight
    if progress:
        progress(90)
    lots = lot_places(options, rule.seed)
    drawn = sorted(zip(lots, options, given, strict=True), key=lambda each: each[0])
    lines = [_Scored(option.code, tuple(counts)) for _lot, option, counts in drawn]
    lines.sort(key=lambda line: line.key, reverse=True)  # stable: the lot orders what is equal
    standing = [line for line in lines if line.why_not(rule, merged.papers) is None]
    won = [line.code for line in standing[: max(rule.seats, 0)]]
    out = [line for line in lines if line not in standing]
    working = {
        "rows": _rows(standing, out, won, rule, merged.papers),
        "last_seat": _last_seat(standing, rule.seats),
    }
    if progress:
        progress(100)
    totals = {option.code: sum(n * score for score, n in enumerate(given[at])) for at, option in enumerate(options)}
    return Count(tuple(won), totals, merged.papers, working)


def _rows(standing: list[_Scored], out: list[_Scored], won: list[str], rule: Rule, papers: int) -> list[dict[str, Any]]:
    ties = how_broken([line.key for line in standing], "scores") + [None] * len(out)
    return [
        {
            "code": line.code,
            "counts": list(line.counts),
            "scored": line.scorers,
            "mean": None if line.mean is None else fraction(line.mean),
            "won": line.code in won,
            "why": None if line.code in won else line.why_not(rule, papers) or "seats",
            "tie": tie,
        }
        for line, tie in zip(standing + out, ties, strict=True)
    ]


def _last_seat(standing: list[_Scored], seats: int) -> dict[str, Any] | None:
    found = last_seat([line.key for line in standing], seats, "scores")
    if found is None:
        return None
    tied, by = found
    return {"codes": [standing[place].code for place in tied], "by": by}
