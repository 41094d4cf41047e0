"""Ratios, growth and verdicts of the benchmark: the arithmetic, without a server."""

import pytest

from tools.bench.figures import Line, Sample, add_growth, limits_of, lines_of
from tools.bench.rows import LIMITS, ROWS, order_of_a_turn
from tools.bench.table import misses_of, others_of, table_of
from tools.bench.wrk import read


def turn(rows: float, **measured: float) -> list[Sample]:
    return [Sample("rows", rows), *(Sample(key, per_second) for key, per_second in measured.items())]


def only(lines: list[Line], key: str) -> Line:
    return next(line for line in lines if line.row.key == key)


def test_each_row_comes_soon_after_its_own_yardstick() -> None:
    order, last = order_of_a_turn(), ""
    against = {row.key: row.against for row in ROWS}
    assert set(order) == {*LIMITS, *against}
    for key in order:
        if key in LIMITS:
            last = key
        else:
            assert last == against[key]


def test_a_ratio_is_the_median_of_the_turns_each_against_its_own_yardstick() -> None:
    """The machine was slow in the second turn: both were, and the ratio does not mind."""
    lines = lines_of([turn(100, home=60), turn(10, home=6), turn(200, home=90)], {"home": 5})
    home = only(lines, "home")
    assert home.ratio == pytest.approx(0.6)
    assert (home.per_second, home.queries, home.missed) == (60, 5, [])


def test_the_yardstick_that_counts_is_the_last_one_before_the_row() -> None:
    samples = [*turn(100, list=50), *turn(50, home=50)]
    lines = lines_of([samples], {})
    assert (only(lines, "list").ratio, only(lines, "home").ratio) == (0.5, 1.0)
    assert limits_of([samples]) == {"rows": {"per_second": 75.0, "processor_ms": 0.0, "database_ms": 0.0}}


def test_a_post_is_held_to_one_row_and_the_same_rows_in_plain_django_stand_beside_it() -> None:
    def taken(back: float) -> list[Sample]:
        return [Sample("backing", 80), Sample("insert", 200), Sample("back", back)]

    line = only(lines_of([taken(160), taken(120), taken(140)], {}), "back")
    assert (line.ratio, line.beside, line.missed) == (0.7, 1.75, [])
    assert line.as_json()["beside_ratio"] == 1.75
    limits = {"insert": {"per_second": 200.0, "processor_ms": 1.0, "database_ms": 1.0}}
    assert table_of(1000, limits, [line]).endswith("(1.75 × /backing)")
    assert only(lines_of([taken(80)], {}), "back").missed == ["ratio 0.40 instead of 0.50"]


def test_what_misses_its_goal_is_named() -> None:
    lines = lines_of([turn(100, home=49, waiting=50, list_deep=1)], {"home": 13, "list_deep": 12})
    assert only(lines, "home").missed == ["ratio 0.49 instead of 0.50", "13 queries instead of 12"]
    assert only(lines, "waiting").missed == only(lines, "list_deep").missed == []
    said = table_of(1000, {"rows": {"per_second": 100.0, "processor_ms": 7.0, "database_ms": 1.0}}, lines)
    assert "✗ home" in said
    assert "✓ waiting list" in said
    assert "/rows 100 (7.0 ms of processor, and 1.00 of PostgreSQL's)" in said


def test_growth_is_time_at_the_largest_size_over_time_at_the_smallest_by_each_ones_yardstick() -> None:
    small = lines_of([turn(100, home=60, search=60)], {})
    large = lines_of([turn(50, home=25, search=10)], {})
    add_growth(small, large)
    assert only(large, "home").growth == pytest.approx(1.2)
    assert only(large, "home").missed == ["1.20 times the time instead of 1.15"]
    assert only(large, "search").missed == ["ratio 0.20 instead of 0.33"]  # its goal is at the largest size alone
    assert only(small, "home").growth is None


def test_where_the_work_is_known_growth_is_held_to_it() -> None:
    """The machine was three times as slow at the larger size, in the moment of this row alone; it cost the same."""

    def worked(web: float, database: float) -> list[Sample]:
        return [
            Sample("rows", 100, processor=3, database=1),
            Sample("home", 50, processor=web, database=database),
            Sample("waiting", 50 if web < 5 else 16, processor=4, database=1),
        ]

    small, large = lines_of([worked(4, 1)], {}), lines_of([worked(6, 1.5)], {})
    add_growth(small, large)
    home, waiting = only(large, "home"), only(large, "waiting")
    assert (home.work_ratio, home.work_growth) == (pytest.approx(4 / 7.5), pytest.approx(1.5))
    assert home.missed == ["1.50 times the work instead of 1.15"]
    assert (waiting.growth, waiting.work_growth) == (pytest.approx(3.125), pytest.approx(1.0))
    assert waiting.missed == ["ratio 0.16 instead of 0.50"]
    assert home.as_json()["work_growth"] == 1.5


def test_a_row_that_did_not_do_its_work_is_missed_however_fast_it_was() -> None:
    lines = lines_of([[Sample("rows", 100), Sample("home", 900, problem="9 of 9 answers were refusals")]], {})
    assert misses_of(lines, {}) == ["home: 9 of 9 answers were refusals"]
    assert only(lines, "home").as_json()["problem"]


def test_what_wrk_says_is_read() -> None:
    said = 'Running…\nBENCH {"requests": 30, "seconds": 1.5, "p50": 7.04, "p99": 20, "refused": 0, "broken": 0}\n'
    assert read("home", said) == (Sample("home", 20.0, 7.0, 20), 30)
    refused, _answered = read("home", said.replace('"refused": 0', '"refused": 3'))
    assert refused.problem == "3 of 30 answers were refusals, 0 connections broke"


def test_fan_out_and_csv_have_goals_of_their_own() -> None:
    slow = {"fan_out": {"followers": 50_000, "per_second": 900, "memory": 40.0}, "csv": {}}
    slow["csv"] = {"rows": 44_968, "per_second": 5, "memory": 101.0}
    slow["writers"] = {"writers": 8, "per_second": 20, "locked": 1}
    assert len(misses_of([], slow)) == 6
    quick = {"fan_out": {"followers": 50_000, "per_second": 20_000, "memory": 2.0}, "csv": None}
    quick["writers"] = {"writers": 8, "per_second": 200, "locked": 0}
    assert misses_of([], quick) == []
    said = others_of(quick, {"rows": {"per_second": 156.5, "processor_ms": 6.0}})
    assert "not built yet" in said[1]
    assert "313 times a second; here: 156" in said[3]


def test_a_short_csv_is_held_to_its_memory_alone() -> None:
    """Of a few hundred rows most of the time is the beginning: --quick would never reach the goal."""
    writers = {"writers": 8, "per_second": 200, "locked": 0}
    fan_out = {"followers": 50_000, "per_second": 20_000, "memory": 2.0}
    csv = {"rows": 462, "per_second": 8_921, "memory": 0.5}
    others = {"fan_out": fan_out, "csv": csv, "writers": writers}
    assert misses_of([], others) == []
    said = others_of(others, {"rows": {"per_second": 392.0, "processor_ms": 3.7}})[1]
    assert said.startswith("✓")
    assert "no goal below 20,000 rows" in said
    assert len(misses_of([], others | {"csv": csv | {"memory": 101.0}})) == 1
    assert len(misses_of([], others | {"csv": csv | {"rows": 20_000}})) == 1
