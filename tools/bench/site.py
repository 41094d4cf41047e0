"""The site against bare Django, on one machine and one PostgreSQL: ratios, queries and growth, beside their goals."""

import argparse
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tools.bench import measuring, table
from tools.bench.figures import Line, add_growth, limits_of, lines_of
from tools.bench.standing import FOLDER, database, empty_redis, environment, gunicorns
from tools.bench.wrk import require_wrk
from tools.environment import CannotStart, say
from tools.test import NEARBY_DATABASE

SIZES, QUICK_SIZES = (1_000, 10_000, 100_000), (1_000,)
SECONDS, TURNS = 15, 3
QUICK_SECONDS, QUICK_TURNS = 2, 1
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="one size and one short turn, in less than three minutes")
    parser.add_argument("--sizes", type=_sizes, help="how many proposals (default: 1000,10000,100000)")
    parser.add_argument("--users", type=int, help="residents (default: a fifth of the proposals, 2,000 to 20,000)")
    parser.add_argument("--seconds", type=int, help=f"of each run of wrk (default: {SECONDS})")
    parser.add_argument("--turns", type=int, help=f"of each row; the median counts (default: {TURNS})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a goal is missed")


def run(options: argparse.Namespace) -> int:
    """0 also where goals are missed, which is said loudly; 1 with --strict, and where nothing could be measured."""
    for number in STOPPING:
        signal.signal(number, _interrupt)
    try:
        report, misses = _all_sizes(options)
    except CannotStart as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n · Stopped; nothing is left behind", flush=True)
        return 130
    if options.json:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if not misses:
        print("\nEvery goal is met.")
        return 0
    print(f"\n{'!' * 20} {len(misses)} GOALS ARE MISSED {'!' * 20}")
    print("\n".join(f"✗ {missed}" for missed in misses))
    return 1 if options.strict else 0


def _all_sizes(options: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    require_wrk()
    sizes = options.sizes or (QUICK_SIZES if options.quick else SIZES)
    server = os.environ.get("DATABASE_URL") or NEARBY_DATABASE
    if not server.startswith(("postgres://", "postgresql://")):
        raise CannotStart("The benchmark needs PostgreSQL: set DATABASE_URL to a server where it may make databases.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    report: dict[str, Any] = {"sizes": {}}
    misses: list[str] = []
    first: list[Line] = []
    for size in sizes:
        lines, facts, others = _one_size(options, server, size, is_last=size == sizes[-1])
        if first:
            add_growth(first, lines)
        first = first or lines
        print(table.table_of(size, facts["limits"], lines), flush=True)
        if others:
            print("\n".join(table.others_of(others, facts["limits"])), flush=True)
        report["machine"] = facts.pop("machine")
        report["sizes"][str(size)] = facts | {"rows": {line.row.key: line.as_json() for line in lines}} | others
        misses += [f"{size:,} proposals: {missed}" for missed in table.misses_of(lines, others)]
    return report | {"missed": misses}, misses


def _one_size(
    options: argparse.Namespace, server: str, size: int, *, is_last: bool
) -> tuple[list[Line], dict[str, Any], dict[str, Any]]:
    """The lines of one size, facts about it, and what is measured once, at the last size."""
    seconds = options.seconds or (QUICK_SECONDS if options.quick else SECONDS)
    turns = options.turns or (QUICK_TURNS if options.quick else TURNS)
    others: dict[str, Any] = {}
    with database(server, size) as (name, about):
        env = environment(server, name, os.environ)
        with empty_redis(env):
            facts = measuring.load(env, name, size, options.users)
            with gunicorns(env) as served:
                driver = measuring.Driver(env, name, served, seconds, facts["voters"])
                driver.warm_up()
                taken = []
                for turn in range(turns):
                    say(f"Turn {turn + 1} of {turns}")
                    taken.append(driver.turn())
                if is_last:
                    others["csv"] = measuring.csv(served["site"])
            if is_last:
                others["fan_out"] = measuring.fan_out(env)
                others["writers"] = measuring.writers(env)
    lines = lines_of(taken, facts["queries"])
    told = {"limits": limits_of(taken), "loaded_in": facts["loaded_in"], "residents": facts["voters"]}
    return lines, told | {"machine": measuring.machine(about["version"])}, others


def _sizes(text: str) -> tuple[int, ...]:
    """“1000,10000”, from the smallest to the largest."""
    sizes = tuple(sorted({int(part) for part in text.split(",")}))
    if not all(200 <= size <= 1_000_000 for size in sizes):
        raise argparse.ArgumentTypeError("from 200 to 1000000 proposals")
    return sizes


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Once: whoever presses Ctrl-C twice must not keep the database from being dropped."""
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
