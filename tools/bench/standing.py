"""What stands while it is measured: a database of the benchmark's own, and two gunicorns. All of it goes at the end."""

import contextlib
import http.client
import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.address import listening
from tools.bench.runs import python
from tools.environment import PYTHON, VAR, CannotStart, say
from tools.processes import Child, stop

FOLDER = VAR / "bench"
PATIENCE = 60.0  # seconds until gunicorn answers
PREFIX = "toptable_bench_"
NO_LIMIT = "1000000000/min"
# No connection is kept, as behind a proxy that asks for "Connection: close" (nginx does, unless it is told otherwise):
# each request goes to the worker that is free. Kept ones stay with the worker that took them, and now and then one had
# all eight while the other stood idle: half of the speed, by chance.
GUNICORN = ("--workers=2", "--keep-alive=0", "--max-requests=0", "--access-logfile=/dev/null", "--log-level=warning")


@dataclass(frozen=True)
class Served:
    """One gunicorn with its workers."""

    address: str
    group: int  # the process group of all of them

    def processor_seconds(self) -> float:
        """What they have used of the processor so far; 0 where the system does not tell (Linux does)."""
        return _seconds(self._processes())

    def memory(self) -> float:
        """MB that they hold, all together; 0 where the system does not tell."""
        return sum(int(fields[21]) for fields in self._processes()) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def _processes(self) -> Iterator[list[str]]:
        """What /proc says of each of them, behind its name."""
        return (fields for _name, fields in _all_processes() if int(fields[2]) == self.group)


def postgresql_seconds() -> float:
    """What the PostgreSQL of this machine has used of the processor so far, with the connections that are closed: their
    time goes to the one that began them. 0 where none is to be seen."""
    running = [fields for name, fields in _all_processes() if name == "postgres"]
    return _seconds(running) + _seconds(running, ended=True)


def _seconds(processes: Iterable[Sequence[str]], *, ended: bool = False) -> float:
    """Of them, or of what each of them began and saw end."""
    user, system = (13, 14) if ended else (11, 12)
    return sum(int(fields[user]) + int(fields[system]) for fields in processes) / os.sysconf("SC_CLK_TCK")


def _all_processes() -> Iterator[tuple[str, list[str]]]:
    """The name of each process here, and what /proc says of it behind the name."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, _bracket, after = path.read_text(encoding="ascii", errors="replace").rpartition(")")
        except OSError:  # it has just ended
            continue
        yield before.partition("(")[2], after.split()


def environment(server: str, name: str, given: Mapping[str, str]) -> dict[str, str]:
    """The site as in production, on the benchmark's database, with the limit of the API out of the way."""
    told = {
        "DATABASE_URL": f"{server.rpartition('/')[0]}/{name}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEBUG": "0",
        "DEMO": "0",
        "TESTING": "0",
        "SITE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        "API_RATE": NO_LIMIT,
        "CONN_MAX_AGE": "60",
        "WEB_THREADS": "4",
        "VAR_DIR": str(FOLDER),
        "LOG_LEVEL": "WARNING",
    }
    kept = {name: value for name, value in given.items() if name not in ("EMAIL_URL", "TRUSTED_PROXIES")}
    return kept | told


@contextlib.contextmanager
def database(server: str, proposals: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """A new database and what the server says of itself. It is dropped whatever happens."""
    name = f"{PREFIX}{os.getpid()}_{proposals}"
    env = os.environ | {"DATABASE_URL": server}
    try:
        made = python(env, "-m", "tools.bench.database", "create", name, what=f"PostgreSQL at {_shown(server)}")
        facts = json.loads(made)
        for other in sorted(set(facts["databases"]) - {name}):
            say(f"{other} is there, perhaps left by a run that was killed; if so: dropdb {other}")
        yield name, facts
    finally:
        with contextlib.suppress(CannotStart):  # a server that is away has nothing to drop
            python(env, "-m", "tools.bench.database", "drop", name, what="Dropping the database")


@contextlib.contextmanager
def empty_redis(env: Mapping[str, str]) -> Iterator[None]:
    """A Redis of nobody else’s: refused where anything is in it, and empty again afterwards."""
    if not env.get("REDIS_URL"):
        yield
        return
    code = "import os, redis, sys; r = redis.Redis.from_url(os.environ['REDIS_URL']); "
    size = python(env, "-c", f"{code}print(r.dbsize())", what="Redis of REDIS_URL")
    if int(size):
        raise CannotStart("The Redis database of REDIS_URL is not empty. Name another one for the benchmark.")
    try:
        yield
    finally:
        with contextlib.suppress(CannotStart):
            python(env, "-c", f"{code}r.flushdb()", what="Emptying Redis")


@contextlib.contextmanager
def gunicorns(env: Mapping[str, str]) -> Iterator[dict[str, "Served"]]:
    """The site and the limit app, served alike, by name."""
    served = {"site": "config.wsgi", "limit": "tools.bench.limit.wsgi"}
    children: list[Child] = []
    with contextlib.ExitStack() as sockets:
        found: dict[str, Served] = {}
        try:
            for name, module in served.items():
                web = sockets.enter_context(listening("127.0.0.1", 0))
                command = [str(PYTHON), "-m", "gunicorn", "--config", "config/gunicorn.py", *GUNICORN, module]
                child = Child(f"bench-{name}", command, {**env, "BIND": f"fd://{web.fileno()}"}, (web.fileno(),))
                children.append(child)
                child.start()
                group = child.process.pid if child.process else 0
                found[name] = Served(f"http://127.0.0.1:{web.getsockname()[1]}", group)
            for child, path in zip(children, ("/", "/plain"), strict=True):
                _wait_for(child, found[child.name.removeprefix("bench-")].address, path)
            yield found
        finally:
            stop(children, 5.0)


def _wait_for(child: Child, address: str, path: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.runs():
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise CannotStart(f"{child.name} does not answer. {child.last_words()}")


def _shown(server: str) -> str:
    """Without its password."""
    scheme, _, rest = server.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
