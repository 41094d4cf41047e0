"""bin/test: the whole suite on SQLite, and again on PostgreSQL and Redis where they are within reach."""

import os
import subprocess
import sys

from tools.environment import HOUSE, PYTHON, CannotStart, prepare, say

NEARBY_DATABASE = "postgres://postgres@127.0.0.1:5432/toptable"  # tests make and drop databases of their own
NEARBY_REDIS = "redis://127.0.0.1:6379/15"
NO_TESTS = 5  # pytest's exit code


def main(arguments: list[str]) -> int:
    try:
        prepare(development=True)
        if arguments:
            return _pytest(dict(os.environ), arguments)
        servers = _servers()
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    bare = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    if not servers:
        say("Every test, on SQLite")
        return _pytest(bare, [])
    # What does not know which database it is on runs once: journeys and whole sites in the second run, the rest in
    # the first.
    say("First run: SQLite and nothing else (journeys and what walks a whole site follow in the second)")
    first = _pytest(bare, ["-m", "not browser and not once"])
    say("Second run: PostgreSQL and Redis (what asks no database, and what starts its own, was in the first)")
    second = _pytest(bare | servers, ["-m", "not own_servers and not pure"])
    return first or second


def _servers() -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of servers that answer; empty, and told why, where one does not."""
    urls = {
        "DATABASE_URL": os.environ.get("DATABASE_URL") or NEARBY_DATABASE,
        "REDIS_URL": os.environ.get("REDIS_URL") or NEARBY_REDIS,
    }
    # Tests may not drop the database that a URL names, so any database there will do to see whether it answers.
    asked = urls | {"DATABASE_URL": urls["DATABASE_URL"].rpartition("/")[0] + "/postgres"}
    probe = subprocess.run(
        [str(PYTHON), "-m", "tools.probe"],
        cwd=HOUSE,
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=False,
    )
    if probe.returncode == 0:
        return urls
    if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
        raise CannotStart(probe.stdout.strip() or probe.stderr.strip())  # asked for by name: no quiet way round
    for line in (probe.stdout or probe.stderr).strip().splitlines():
        say(f"No run on PostgreSQL and Redis: {line}")
    return {}


def _pytest(env: dict[str, str], arguments: list[str]) -> int:
    command = [str(PYTHON), "-m", "pytest", *arguments]
    try:
        code = subprocess.run(command, cwd=HOUSE, env=env, check=False).returncode
    except KeyboardInterrupt:
        return 130
    if code == NO_TESTS:
        say("No test was found: that is a failure.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
