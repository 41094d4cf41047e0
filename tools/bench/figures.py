"""From requests per second to ratios, growth and verdicts. Pure arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tools.bench.rows import LIMITS, MOST_GROWTH, ROWS, Row


@dataclass(frozen=True)
class Sample:
    """One run of wrk."""

    key: str
    per_second: float
    p50: float = 0.0  # milliseconds
    p99: float = 0.0
    processor: float = 0.0  # milliseconds of the web's processor for each request; the database's are not in it
    problem: str = ""


@dataclass
class Line:
    """One row at one size."""

    row: Row
    per_second: float
    ratio: float
    p50: float
    p99: float
    processor: float = 0.0
    queries: int | None = None
    growth: float | None = None  # set at the largest size
    problem: str = ""
    missed: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        figures: dict[str, Any] = {"what": self.row.what, "against": self.row.against, "goal": self.row.least}
        figures |= {"ratio": round(self.ratio, 3), "per_second": round(self.per_second, 1), "queries": self.queries}
        figures |= {"p50_ms": self.p50, "p99_ms": self.p99, "processor_ms": self.processor}
        figures |= {"missed": self.missed}
        if self.growth is not None:
            figures["growth"] = round(self.growth, 3)
        return figures | ({"problem": self.problem} if self.problem else {})


def lines_of(turns: Iterable[Sequence[Sample]], queries: Mapping[str, int]) -> list[Line]:
    """The table of one size: medians over the turns, each row against its yardstick as it was just before."""
    shares: dict[str, list[float]] = defaultdict(list)
    samples: dict[str, list[Sample]] = defaultdict(list)
    against = {row.key: row.against for row in ROWS}
    for turn in turns:
        now: dict[str, float] = {}
        for sample in turn:
            samples[sample.key].append(sample)
            if sample.key in LIMITS:
                now[sample.key] = sample.per_second
            else:
                limit = now[against[sample.key]]
                shares[sample.key].append(sample.per_second / limit if limit else 0.0)
    lines = [_line(row, samples[row.key], shares[row.key], queries.get(row.key)) for row in ROWS if samples[row.key]]
    for line in lines:
        line.missed = _missed(line)
    return lines


def limits_of(turns: Iterable[Sequence[Sample]]) -> dict[str, dict[str, float]]:
    """Each yardstick: requests a second and milliseconds of processor, the median of all its runs."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for turn in turns:
        for sample in turn:
            if sample.key in LIMITS:
                found[sample.key].append(sample)
    return {
        key: {
            "per_second": round(median(sample.per_second for sample in samples), 1),
            "processor_ms": round(median(sample.processor for sample in samples), 2),
        }
        for key, samples in found.items()
    }


def add_growth(small: Sequence[Line], large: Sequence[Line]) -> None:
    """How many times the time each row of `large` takes, measured by the yardstick of its own size."""
    before = {line.row.key: line.ratio for line in small}
    for line in large:
        was = before.get(line.row.key, 0.0)
        if was and line.ratio:
            line.growth = was / line.ratio
        line.missed = _missed(line)


def _line(row: Row, samples: Sequence[Sample], shares: Sequence[float], queries: int | None) -> Line:
    return Line(
        row=row,
        per_second=median(sample.per_second for sample in samples),
        ratio=median(shares),
        p50=median(sample.p50 for sample in samples),
        p99=median(sample.p99 for sample in samples),
        processor=median(sample.processor for sample in samples),
        queries=queries,
        problem=next((sample.problem for sample in samples if sample.problem), ""),
    )


def _missed(line: Line) -> list[str]:
    row, missed = line.row, []
    if line.problem:
        missed.append(line.problem)
    if row.least is not None and round(line.ratio, 2) < row.least:
        missed.append(f"ratio {line.ratio:.2f} instead of {row.least:.2f}")
    if row.most_queries is not None and line.queries is not None and line.queries > row.most_queries:
        missed.append(f"{line.queries} queries instead of {row.most_queries}")
    if row.grows and line.growth is not None and round(line.growth, 2) > MOST_GROWTH:
        missed.append(f"{line.growth:.2f} times the time instead of {MOST_GROWTH}")
    return missed
