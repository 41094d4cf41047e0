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
    processor: float = 0.0  # milliseconds of processor that the web took for each request
    database: float = 0.0  # and PostgreSQL; 0 where it runs elsewhere
    problem: str = ""

    @property
    def work(self) -> float:
        """Of both, in milliseconds: what other guests of the machine leave as it is, other than the time. 0 where one
        of them is not known."""
        return self.processor + self.database if self.processor and self.database else 0.0


@dataclass
class Line:
    """One row at one size."""

    row: Row
    per_second: float
    ratio: float
    p50: float
    p99: float
    processor: float = 0.0
    database: float = 0.0
    work_ratio: float = 0.0  # the ratio by work; 0 where that is not known
    beside: float | None = None  # the ratio to the second yardstick
    queries: int | None = None
    growth: float | None = None  # these two are set at the larger sizes
    work_growth: float | None = None
    problem: str = ""
    missed: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        figures: dict[str, Any] = {"what": self.row.what, "against": self.row.against, "goal": self.row.least}
        figures |= {"ratio": round(self.ratio, 3), "per_second": round(self.per_second, 1), "queries": self.queries}
        figures |= {"p50_ms": self.p50, "p99_ms": self.p99, "processor_ms": self.processor}
        figures |= {"database_ms": self.database, "work_ratio": round(self.work_ratio, 3)}
        figures |= {"missed": self.missed}
        if self.beside is not None:
            figures |= {"beside": self.row.beside, "beside_ratio": round(self.beside, 3)}
        if self.growth is not None:
            figures["growth"] = round(self.growth, 3)
        if self.work_growth is not None:
            figures["work_growth"] = round(self.work_growth, 3)
        return figures | ({"problem": self.problem} if self.problem else {})


def lines_of(turns: Iterable[Sequence[Sample]], queries: Mapping[str, int]) -> list[Line]:
    """The table of one size: medians over the turns, each row against its yardstick as it was just before."""
    shares: dict[str, list[tuple[float, float]]] = defaultdict(list)
    samples: dict[str, list[Sample]] = defaultdict(list)
    besides: dict[str, list[float]] = defaultdict(list)
    by_key = {row.key: row for row in ROWS}
    for turn in turns:
        now: dict[str, Sample] = {}
        for sample in turn:
            samples[sample.key].append(sample)
            if sample.key in LIMITS:
                now[sample.key] = sample
            else:
                limit, second = now[by_key[sample.key].against], now.get(by_key[sample.key].beside)
                work = limit.work / sample.work if sample.work else 0.0
                shares[sample.key].append((_share(sample, limit), work))
                besides[sample.key] += [_share(sample, second)] if second else []
    lines = [_line(row, samples[row.key], shares[row.key], queries.get(row.key)) for row in ROWS if samples[row.key]]
    for line in lines:
        line.beside = median(besides[line.row.key]) if besides[line.row.key] else None
        line.missed = _missed(line)
    return lines


def _share(sample: Sample, limit: Sample) -> float:
    return sample.per_second / limit.per_second if limit.per_second else 0.0


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
            "database_ms": round(median(sample.database for sample in samples), 2),
        }
        for key, samples in found.items()
    }


def add_growth(small: Sequence[Line], large: Sequence[Line]) -> None:
    """How many times the time, and the work, each row of `large` takes, by the yardstick of its own size."""
    before = {line.row.key: line for line in small}
    for line in large:
        was = before.get(line.row.key)
        if was and was.ratio and line.ratio:
            line.growth = was.ratio / line.ratio
        if was and was.work_ratio and line.work_ratio:
            line.work_growth = was.work_ratio / line.work_ratio
        line.missed = _missed(line)


def _line(row: Row, samples: Sequence[Sample], shares: Sequence[tuple[float, float]], queries: int | None) -> Line:
    return Line(
        row=row,
        per_second=median(sample.per_second for sample in samples),
        ratio=median(share for share, _work in shares),
        work_ratio=median(work for _share, work in shares),
        p50=median(sample.p50 for sample in samples),
        p99=median(sample.p99 for sample in samples),
        processor=median(sample.processor for sample in samples),
        database=median(sample.database for sample in samples),
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
    if row.grows:
        missed += _grown(line)
    return missed


def _grown(line: Line) -> list[str]:
    """By the work where it is known: the two sizes are measured many minutes apart, and by the clock of a shared
    machine the same page has taken three times as long while it cost the same."""
    growth, what = (line.work_growth, "work") if line.work_growth is not None else (line.growth, "time")
    if growth is None or round(growth, 2) <= MOST_GROWTH:
        return []
    return [f"{growth:.2f} times the {what} instead of {MOST_GROWTH}"]
