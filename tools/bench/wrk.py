"""One run of wrk: one thread, some connections, requests from a file."""

import json
import os
import shutil
from pathlib import Path

from tools.bench.figures import Sample
from tools.bench.runs import run
from tools.environment import HOUSE, CannotStart

DRIVE = HOUSE / "tools" / "bench" / "drive.lua"
CONNECTIONS = 8


def require_wrk() -> str:
    """Where wrk is. Raises CannotStart where it is not."""
    found = shutil.which("wrk")
    if found is None:
        raise CannotStart("The benchmark needs wrk. On Debian and Ubuntu, install it with: apt install wrk")
    return found


def drive(key: str, address: str, requests: Path, seconds: int, begin: int = 0) -> tuple[Sample, int]:
    """What was measured, and how many requests were answered."""
    env = os.environ | {"BENCH_REQUESTS": str(requests), "BENCH_FROM": str(begin)}
    command = [require_wrk(), "--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}s", "--latency"]
    printed = run([*command, f"--script={DRIVE}", address], env, what="wrk")
    return read(key, printed)


def read(key: str, printed: str) -> tuple[Sample, int]:
    """The line that drive.lua wrote."""
    said = next(line for line in printed.splitlines() if line.startswith("BENCH "))
    facts = json.loads(said.removeprefix("BENCH "))
    answered = int(facts["requests"])
    problem = ""
    if facts["refused"] or facts["broken"] or not answered:
        problem = f"{facts['refused']} of {answered} answers were refusals, {facts['broken']} connections broke"
    per_second = answered / facts["seconds"] if facts["seconds"] else 0.0
    return Sample(key, per_second, round(facts["p50"], 1), round(facts["p99"], 1), problem=problem), answered
