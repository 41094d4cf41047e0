"""Seconds and peak memory of each rule on each .pb file of a folder, and on a large made-up city."""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.bench.town import write_town
from tools.environment import HOUSE, PYTHON, VAR

FOLDER = HOUSE.parent / "shared" / "data" / "pabulib"
BUDGET_RULES = ("equal shares, add1u", "equal shares, add1u, overspend", "greedy", "approval")
RANKED_RULES = ("ranked, one winner", "ranked, several winners")
LONGEST = 300  # seconds for one count
HEAD = f"{'election':<44} {'rule':<32} {'papers':>7} {'options':>7} {'steps':>6} {'read s':>7} {'count s':>8} {'MB':>6}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the .pb files are")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--no-town", action="store_true", help="leave out the made-up city of 90,000 papers")


def run(options: argparse.Namespace) -> int:
    """Every file by every rule that it allows; 1 where one could not be counted."""
    elections = [(path, _step(path)) for path in sorted(options.folder.glob("*.pb"))]
    if not elections:
        print(f"There is no .pb file in {options.folder}.", file=sys.stderr)
    if not options.no_town:
        elections.append((_town(), None))
    print(HEAD)
    figures: list[dict[str, Any]] = []
    for path, step in elections:
        for rule in BUDGET_RULES + (RANKED_RULES if _is_ordinal(path) else ()):
            figures.append(_measure(path, rule, step))
            _tell(figures[-1])
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(not figures or any("problem" in each for each in figures))


def _measure(path: Path, rule: str, step: int | None) -> dict[str, Any]:
    """In a process of its own, so that its peak memory is its own."""
    command = [str(PYTHON), "-m", "tools.bench.one", str(path), rule, *([str(step)] if step else [])]
    facts: dict[str, Any] = {"election": path.stem, "rule": rule}
    try:
        done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=LONGEST, check=True)
    except subprocess.TimeoutExpired:
        return facts | {"problem": f"not done after {LONGEST} seconds"}
    except subprocess.CalledProcessError as failure:
        return facts | {"problem": (failure.stderr.strip().splitlines() or ["no word"])[-1]}
    return facts | json.loads(done.stdout)


def _tell(facts: dict[str, Any]) -> None:
    start = f"{facts['election'][:44]:<44} {facts['rule']:<32}"
    if "problem" in facts:
        print(f"{start} {facts['problem']}", flush=True)
        return
    sizes = f"{facts['papers']:>7} {facts['options']:>7} {facts['steps'] if facts['steps'] is not None else '–':>6}"
    print(f"{start} {sizes} {facts['reading']:>7.3f} {facts['counting']:>8.3f} {facts['peak_mb']:>6.1f}", flush=True)


def _step(path: Path) -> int | None:
    """The step that the published results beside the file were worked out with; None for our own rule."""
    results = path.parent / "expected_results.json"
    if not results.is_file():
        return None
    expected = json.loads(results.read_text(encoding="utf-8")).get(path.stem, {})
    return expected.get("step")


def _is_ordinal(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return any(line.lower().startswith("vote_type;ordinal") for line in file)


def _town() -> Path:
    path = VAR / "bench" / "made-up-city-90000x160.pb"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_town(path)
    return path
