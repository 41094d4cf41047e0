"""One size: loaded, settled, and driven in turns."""

import http.client
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tools.bench.figures import Sample
from tools.bench.rows import LIMITS, order_of_a_turn
from tools.bench.runs import python
from tools.bench.standing import FOLDER, Served, postgresql_seconds
from tools.bench.wrk import drive
from tools.environment import say

LIMIT_SETTINGS = {"DJANGO_SETTINGS_MODULE": "tools.bench.limit.settings"}
POSTS = ("back", "vote", "insert", "backing")
WARM_UP = 1  # second
FILES = 5


def load(env: Mapping[str, str], name: str, proposals: int, users: int | None) -> dict[str, Any]:
    """Tables, rows, statistics. How long the rows took, how many queries each page makes, how many may vote."""
    say("Making the tables")
    python(env, "manage.py", "migrate", "--noinput", what="migrate")
    python(env, "manage.py", "collectstatic", "--noinput", what="collectstatic")
    say(f"Loading {proposals:,} proposals")
    started = time.monotonic()
    more = ("--users", str(users)) if users else ()
    python(env, "manage.py", "seed_load", "--proposals", str(proposals), *more, what="seed_load")
    seconds = time.monotonic() - started
    bare = {**env, **LIMIT_SETTINGS}
    python(bare, "-m", "django", "migrate", "--run-syncdb", what="migrate of the limit app")
    python(bare, "-m", "tools.bench.limit.load", what="loading the limit app")
    _settle(env, name)
    say(f"Loaded in {seconds:.0f} seconds; signing residents in")
    facts: dict[str, Any] = json.loads(python(env, "-m", "tools.bench.stage", str(FOLDER), what="Preparing"))
    _settle(env, name)
    return facts | {"loaded_in": round(seconds, 1)}


def _settle(env: Mapping[str, str], name: str) -> None:
    python(env, "-m", "tools.bench.database", "settle", name, what="VACUUM")


@dataclass
class Driver:
    """Drives both servers of one size with wrk, row by row."""

    env: Mapping[str, str]
    name: str
    served: Mapping[str, Served]
    seconds: int
    voters: int

    def __post_init__(self) -> None:
        self.begin = dict.fromkeys(POSTS, 0)

    def warm_up(self) -> None:
        """Each worker has its connections, its prepared statements and its templates before anything is measured."""
        for key in order_of_a_turn():
            self._drive(key, WARM_UP)

    def turn(self) -> list[Sample]:
        """Every row once, each few after their yardstick."""
        return [self._measure(key) for key in order_of_a_turn()]

    def _measure(self, key: str) -> Sample:
        if key not in POSTS:
            return self._drive(key, self.seconds)[0]
        if key == "vote":
            self._ask("empty_box")
            self.begin[key] = 0
        before = self._counts()[key]
        sample, answered = self._drive(key, self.seconds)
        made = self._counts()[key] - before
        wanted = min(answered, self.voters) if key == "vote" else answered
        if made < wanted:  # answered is not done: what was to be written is counted
            sample = replace(sample, problem=sample.problem or f"only {made} of {wanted} requests wrote their row")
        return sample

    def _drive(self, key: str, seconds: int) -> tuple[Sample, int]:
        served = self.served["limit" if key in LIMITS else "site"]
        begin, web, database = self.begin.get(key, 0), served.processor_seconds(), postgresql_seconds()
        sample, answered = drive(key, served.address, FOLDER / f"{key}.tsv", seconds, begin)
        sample = replace(
            sample,
            processor=_each(served.processor_seconds() - web, answered),
            database=_each(postgresql_seconds() - database, answered),
        )
        if key in self.begin:
            self.begin[key] = begin + answered + 100  # some were under way when wrk stopped
        return sample, answered

    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = json.loads(self._ask("count"))
        return counts

    def _ask(self, what: str) -> str:
        return python(self.env, "-m", "tools.bench.database", what, self.name, what=what)


def _each(seconds: float, answered: int) -> float:
    """Milliseconds of one of them."""
    return round(seconds / answered * 1000, 3) if answered else 0.0


def fan_out(env: Mapping[str, str]) -> dict[str, Any]:
    """One event for many followers, told by the relay itself."""
    say("Telling 50,000 followers of one event")
    facts: dict[str, Any] = json.loads(python(env, "-m", "tools.bench.fan_out", what="The fan-out"))
    return facts


def writers(env: Mapping[str, str]) -> dict[str, Any]:
    """Eight processes that back proposals at once on the embedded database, which is a new one."""
    say("Eight writers on SQLite")
    with tempfile.TemporaryDirectory() as folder:
        bare = {name: value for name, value in env.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        embedded = bare | {"VAR_DIR": folder}
        facts: dict[str, Any] = json.loads(python(embedded, "-m", "tools.bench.writers", folder, what="The writers"))
    return facts


def csv(site: Served) -> dict[str, Any] | None:
    """All decisions as one file, some times over, since the first file of a worker is slower: rows, rows a second (the
    median), and how many MB the site held at most above what it held before. None where the API does not make one."""
    taken = [facts for _file in range(FILES) if (facts := _one_file(site)) is not None]
    if not taken:
        return None
    middle = sorted(taken, key=lambda facts: facts["per_second"])[len(taken) // 2]
    return middle | {"memory": max(facts["memory"] for facts in taken)}


def _one_file(site: Served) -> dict[str, Any] | None:
    connection = http.client.HTTPConnection(site.address.removeprefix("http://"), timeout=300)
    before = peak = site.memory()
    try:
        started = time.perf_counter()
        connection.request("GET", "/api/v1/decisions/?format=csv")
        answer = connection.getresponse()
        if answer.status != 200 or "csv" not in (answer.getheader("Content-Type") or ""):
            return None
        rows = -1  # the line of names
        while part := answer.read(1 << 16):
            rows += part.count(b"\r\n")
            peak = max(peak, site.memory())
        seconds = time.perf_counter() - started
    finally:
        connection.close()
    facts = {"rows": rows, "seconds": round(seconds, 2), "per_second": round(rows / seconds)}
    return facts | {"memory": round(peak - before, 1)}


def machine(version: str) -> dict[str, Any]:
    """What the figures were taken on; ratios of one run are what may be compared."""
    setting = "gunicorn, 2 workers of 4 threads each; CONN_MAX_AGE 60; no compression asked for"
    redis = "Redis" if os.environ.get("REDIS_URL") else "the memory of each process"
    return {"processors": os.cpu_count(), "postgresql": version, "cache": redis, "setting": setting}
