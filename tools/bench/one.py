"""Count one file by one rule and print, as JSON, how long it took and how much memory the process ever held."""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from ballots.counting import count
from ballots.counting.shapes import Rule
from ballots.memory import peak_memory
from ballots.pabulib import read_pb

RULES = {
    "equal shares, add1u": Rule("budget"),
    "equal shares, add1u, overspend": Rule("budget", stop="overspend"),
    "greedy": Rule("budget", budget_rule="greedy", completion="none"),
    "approval": Rule("approval", seats=10),
    "ranked, one winner": Rule("ranked"),
    "ranked, several winners": Rule("ranked", seats=5),
}


def main(path: Path, name: str, step: int | None) -> None:
    started = time.perf_counter()
    election = read_pb(path)
    read = time.perf_counter()
    wanted = replace(RULES[name], budget=election.budget, step=step * election.scale if step else election.rule.step)
    result = count(election.options, election.papers, wanted)
    done = time.perf_counter()
    shares = result.working.get("shares") or {}
    facts: dict[str, Any] = {"papers": result.papers, "options": len(election.projects), "winners": len(result.winners)}
    facts |= {"reading": round(read - started, 3), "counting": round(done - read, 3), "peak_mb": peak_memory()}
    print(json.dumps(facts | {"steps": shares.get("tried")}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None)
