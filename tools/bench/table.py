"""The figures as a person reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.bench.figures import Line
from tools.bench.rows import CSV_MEMORY, CSV_ROWS, DELIVERIES, FLAT_MEMORY, LIMITS, ROWS_THERE, SQLITE_SUPPORTS

COLUMNS = (
    ("ratio", 8),
    ("by work", 9),
    ("req/s", 9),
    ("p50 ms", 8),
    ("p99 ms", 8),
    ("web ms", 8),
    ("db ms", 7),
    ("queries", 9),
    ("growth", 8),
    ("by work", 9),
)
HEAD = f"  {'what':<38}{'goal':>16}" + "".join(f"{name:>{width}}" for name, width in COLUMNS)


def table_of(size: int, limits: Mapping[str, Mapping[str, float]], lines: Sequence[Line]) -> str:
    """One size."""
    yardsticks = ", ".join(
        f"/{key} {limits[key]['per_second']:.0f} ({limits[key]['processor_ms']:.1f} ms of processor, and "
        f"{limits[key]['database_ms']:.2f} of PostgreSQL's)"
        for key in LIMITS
        if key in limits
    )
    rows = [_row(line) for line in lines]
    return "\n".join([f"\n{size:,} proposals. Bare Django, requests a second: {yardsticks}", HEAD, *rows])


def others_of(others: Mapping[str, Any], limits: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What is not a request in a loop: the fan-out, the CSV, the writers. One line each; and since their goals are no
    ratios, for what machine those are."""
    here = limits["rows"]["per_second"]
    machine = (
        f"  The goals of these three are for a machine that answers /rows {ROWS_THERE} times a second; here: {here:.0f}"
    )
    return [_fan_out(others["fan_out"]), _csv(others["csv"]), _writers(others["writers"]), machine]


def misses_of(lines: Sequence[Line], others: Mapping[str, Any]) -> list[str]:
    """Every goal that was missed, in words."""
    found = [f"{line.row.what}: {missed}" for line in lines for missed in line.missed]
    fan_out, csv = others.get("fan_out"), others.get("csv")
    if fan_out and fan_out["per_second"] < DELIVERIES:
        found.append(f"fan-out: {fan_out['per_second']:,} deliveries a second instead of {DELIVERIES:,}")
    if fan_out and fan_out["memory"] > FLAT_MEMORY:
        found.append(f"fan-out: {fan_out['memory']:.0f} MB more for many followers than for few")
    if csv and csv["rows"] >= CSV_ROWS and csv["per_second"] < CSV_ROWS:
        found.append(f"CSV: {csv['per_second']:,} rows a second instead of {CSV_ROWS:,}")
    if csv and csv["memory"] > CSV_MEMORY:
        found.append(f"CSV: {csv['memory']:.0f} MB more than at rest instead of {CSV_MEMORY}")
    writers = others.get("writers")
    if writers and writers["per_second"] < SQLITE_SUPPORTS:
        found.append(f"SQLite: {writers['per_second']:,} supports a second instead of {SQLITE_SUPPORTS}")
    if writers and writers["locked"]:
        found.append(f"SQLite: {writers['locked']} supports were turned away by a lock")
    return found


def _row(line: Line) -> str:
    goal = f"≥ {line.row.least:.2f} × /{line.row.against}" if line.row.least is not None else ""
    figures = [
        f"{line.ratio:.2f}",
        f"{line.work_ratio:.2f}" if line.work_ratio else "",
        *(f"{figure:.1f}" for figure in (line.per_second, line.p50, line.p99, line.processor)),
        f"{line.database:.2f}",
        "" if line.queries is None else str(line.queries),
        *("" if growth is None else f"{growth:.2f}" for growth in (line.growth, line.work_growth)),
    ]
    aligned = "".join(f"{figure:>{width}}" for figure, (_name, width) in zip(figures, COLUMNS, strict=True))
    beside = "" if line.beside is None else f"  ({line.beside:.2f} × /{line.row.beside})"
    return f"{'✗' if line.missed else '✓':2}{line.row.what:<38}{goal:>16}{aligned}{beside}"


def _fan_out(facts: Mapping[str, Any]) -> str:
    fine = facts["per_second"] >= DELIVERIES and facts["memory"] <= FLAT_MEMORY
    words = f"{facts['per_second']:,} deliveries a second (goal {DELIVERIES:,}), {facts['memory']:+.1f} MB"
    return f"{'✓' if fine else '✗':2}{'fan-out to ' + format(facts['followers'], ',') + ' followers':<38}{words}"


def _csv(facts: Mapping[str, Any] | None) -> str:
    if facts is None:
        return f"{'–':2}{'CSV of decisions':<38}not built yet"
    is_long = facts["rows"] >= CSV_ROWS
    fine = (facts["per_second"] >= CSV_ROWS or not is_long) and facts["memory"] <= CSV_MEMORY
    goal = f"goal {CSV_ROWS:,}" if is_long else f"no goal below {CSV_ROWS:,} rows"
    words = f"{facts['per_second']:,} rows a second ({goal}), {facts['memory']:+.1f} MB"
    return f"{'✓' if fine else '✗':2}{'CSV of ' + format(facts['rows'], ',') + ' decisions':<38}{words}"


def _writers(facts: Mapping[str, Any]) -> str:
    fine = facts["per_second"] >= SQLITE_SUPPORTS and not facts["locked"]
    words = f"{facts['per_second']:,} supports a second (goal {SQLITE_SUPPORTS}), {facts['locked']} turned away"
    return f"{'✓' if fine else '✗':2}{'SQLite, ' + str(facts['writers']) + ' writers at once':<38}{words}"
