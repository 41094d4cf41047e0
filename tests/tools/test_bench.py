"""bin/bench says in one sentence what it lacks, and leaves nothing behind when it is stopped."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tools.bench.standing import NO_LIMIT, environment
from tools.environment import HOUSE

NOWHERE = "postgres://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A PATH with something called wrk on it."""
    wrk = tmp_path / "programs" / "wrk"
    wrk.parent.mkdir()
    wrk.write_text("#!/bin/sh\n")
    wrk.chmod(0o755)
    return wrk.parent


def bench(env: Mapping[str, str], *arguments: str) -> "subprocess.Popen[str]":
    told = {name: value for name, value in os.environ.items() if name not in ("PYTEST_VERSION", "REDIS_URL")}
    command = [sys.executable, "-m", "tools.bench", *arguments]
    return subprocess.Popen(
        command, cwd=HOUSE, env=told | env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip


@pytest.mark.own_servers
def test_without_wrk_it_says_where_to_get_it(tmp_path: Path) -> None:
    run = bench({"PATH": str(tmp_path), "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": NOWHERE}, "--quick")
    printed, _ = run.communicate(timeout=60)
    assert run.returncode == 1
    assert printed.strip() == "The benchmark needs wrk. On Debian and Ubuntu, install it with: apt install wrk"


@pytest.mark.own_servers
@pytest.mark.parametrize(
    ("url", "said"),
    [
        (NOWHERE, "PostgreSQL at postgres://127.0.0.1:1/nothing failed: "),
        ("sqlite:///somewhere", "The benchmark needs PostgreSQL: set DATABASE_URL"),
    ],
)
def test_without_postgresql_it_says_so(tmp_path: Path, programs: Path, url: str, said: str) -> None:
    run = bench({"PATH": str(programs), "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": url}, "--quick")
    printed, _ = run.communicate(timeout=60)
    assert run.returncode == 1
    assert printed.strip().startswith(said)


def test_the_site_is_told_to_run_as_in_production_without_the_limit_of_the_api() -> None:
    told = environment("postgres://one:secret@there:5432/any", "toptable_bench_1_1000", {"EMAIL_URL": "smtp://x"})
    assert told["DATABASE_URL"] == "postgres://one:secret@there:5432/toptable_bench_1_1000"
    assert (told["DEBUG"], told["CONN_MAX_AGE"], told["API_RATE"]) == ("0", "60", NO_LIMIT)
    assert "EMAIL_URL" not in told


@pytest.mark.postgres
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle_it_drops_its_database(tmp_path: Path, programs: Path, number: signal.Signals) -> None:
    held = settings.DATABASES["default"]
    server = f"postgres://{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT'] or 5432}/postgres"
    path = f"{programs}:{os.environ['PATH']}"
    run = bench({"PATH": path, "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": server}, "--quick")
    try:
        wait_for(lambda: ours(server, run.pid) == 1)
        run.send_signal(number)
        printed, _ = run.communicate(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == 130
    assert "nothing is left behind" in printed
    assert ours(server, run.pid) == 0


def ours(server: str, pid: int) -> int:
    """How many databases of that run there are."""
    with psycopg.connect(server, autocommit=True) as connection:
        asked = "SELECT count(*) FROM pg_database WHERE datname LIKE %s"
        row = connection.execute(asked, (f"toptable\\_bench\\_{pid}\\_%",)).fetchone()
    return int(row[0]) if row else 0


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)
