"""bin/serve: the whole site on one machine, from a fresh checkout, with one command and one Ctrl-C."""

import argparse
import contextlib
import fcntl
import hashlib
import http.client
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from types import FrameType

from tools.address import address_of, listening, own_names
from tools.environment import HOUSE, LOGS, PYTHON, VAR, CannotStart, make_var, prepare, say
from tools.processes import Child, stop
from tools.valkey import accepts_connections, embedded_valkey, set_aside_if_broken

DEMO_DOMAIN = "demo.toptable.example"  # as in accounts/views/demo.py
DEMO_PEOPLE = {
    "resident": "a resident",
    "chair": "the chair of the residents’ association",
    "officer": "a housing officer",
    "nhs": "a manager in the health service",
    "facilitator": "the facilitator",
}
PATIENCE_TO_START = 60.0  # seconds
PATIENCE_TO_STOP = 12.0
PATIENCE_WITH_EARLIER_RUN = 15.0


def main() -> int:
    options = _options()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    children: list[Child] = []
    try:
        _serve(options.host, options.port, children)
    except CannotStart as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\nTop Table stopped: {error.strerror or error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n · Stopping", flush=True)
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        # The queue goes last: the worker hands back what it has not finished.
        stop([child for child in children if child.name != "valkey"], PATIENCE_TO_STOP)
        stop([child for child in children if child.name == "valkey"], PATIENCE_TO_STOP)
    return 0


def _serve(host: str, port: int, children: list[Child]) -> None:
    make_var()
    with _lock() as lock, listening(host, port) as web_socket:
        address = address_of(host, web_socket.getsockname()[1])
        print(f"Top Table is starting at {address}/", flush=True)
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()} {address}/".encode(), 0)
        prepare()
        env = _environment(host, address)
        _require_services(env)
        if not env.get("REDIS_URL"):
            children.append(_start_valkey(env, lock))
        _prepare_site(env)
        say("Starting the web server, the worker and the clock")
        for child in _site(env, web_socket.fileno(), lock):
            children.append(child)
            child.start()
        _wait_until_it_answers(web_socket.getsockname()[1], host, children)
        _welcome(address, host, env)
        _watch(children)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/serve",
        description="Start Top Table on this machine. DATABASE_URL and REDIS_URL choose other servers than its own.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: only this machine)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000; 0: any free one)")
    return parser.parse_args()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def _lock() -> Iterator[int]:
    """Held by this run and all its processes, so that two runs never share one folder of data.

    After a kill -9 the kernel lets go of it when the last child has ended.
    """
    lock = os.open(VAR / "serve.lock", os.O_RDWR | os.O_CREAT, 0o644)
    until = time.monotonic() + PATIENCE_WITH_EARLIER_RUN
    try:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                _refuse_if_running(os.pread(lock, 200, 0).decode(), time.monotonic() > until)
                time.sleep(0.2)
        yield lock
    finally:
        os.close(lock)


def _refuse_if_running(holder: str, waited_enough: bool) -> None:
    pid, _, address = holder.partition(" ")
    try:
        os.kill(int(pid), 0)
        runs = True
    except (ValueError, ProcessLookupError):
        runs = False
    except PermissionError:
        runs = True
    if runs:
        raise CannotStart(f"Top Table is already running here: {address} (process {pid}).")
    if waited_enough:
        raise CannotStart("Processes of an earlier run of Top Table have not ended yet. End them, then try again.")


def _environment(host: str, address: str) -> dict[str, str]:
    """What the processes of the site are told: the environment's word, or what fits one machine."""
    env = dict(os.environ)
    fitting = {
        "DEMO": "1",
        "DEBUG": "0",
        "SITE_URL": address,
        "ALLOWED_HOSTS": ",".join(own_names(host)),
        "SECRET_KEY": _kept_secret_key() if "SECRET_KEY" not in env else "",
        "PYTHONUNBUFFERED": "1",
        "VAR_DIR": str(VAR),
    }
    return fitting | {name: value for name, value in env.items() if value}


def _kept_secret_key() -> str:
    kept = VAR / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _require_services(env: dict[str, str]) -> None:
    if not (env.get("DATABASE_URL") or env.get("REDIS_URL")):
        return
    probe = subprocess.run(
        [str(PYTHON), "-m", "tools.probe"], cwd=HOUSE, env=env, capture_output=True, text=True, check=False
    )
    if probe.returncode != 0:
        raise CannotStart(probe.stdout.strip() or probe.stderr.strip().splitlines()[-1])


def _start_valkey(env: dict[str, str], lock: int) -> Child:
    """Start the queue of its own, and tell the others where it is."""
    say("Starting the queue (Valkey)")
    child, url = embedded_valkey(env, lock)
    child.start()
    env["REDIS_URL"] = url
    # Tasks here are short: what a killed worker held is given out again soon, and no task may outlive that.
    env.setdefault("CELERY_VISIBILITY_TIMEOUT", "120")
    env.setdefault("CELERY_TASK_TIME_LIMIT", "100")
    until = time.monotonic() + PATIENCE_TO_START
    while not accepts_connections(child):
        if child.restart_if_ended():
            set_aside_if_broken(child)
        if time.monotonic() > until:
            raise CannotStart(f"The queue (Valkey) does not start. {child.last_words()}")
        time.sleep(0.05)
    return child


def _prepare_site(env: dict[str, str]) -> None:
    say("Preparing the database")
    _manage(env, "migrate", "--noinput")
    _gather_static_files(env)
    if env["DEMO"] not in ("0", "false", "False") and any(HOUSE.glob("*/management/commands/demo.py")):
        say("Loading the demo community (only the first time takes a while)")
        _manage(env, "demo", shown=True)


def _gather_static_files(env: dict[str, str]) -> None:
    """Collect and pack them, unless nothing has changed since the last time: packing takes seconds."""
    sources = [*(HOUSE / "static").rglob("*"), *HOUSE.glob("constraints.txt"), *(HOUSE / "config").glob("*.py")]
    facts = sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sources if path.is_file())
    stamp, now = VAR / "static" / ".gathered-from", hashlib.sha256(repr(facts).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("Gathering styles, scripts and fonts")
    _manage(env, "collectstatic", "--noinput")
    stamp.write_text(now)


def _manage(env: dict[str, str], *arguments: str, shown: bool = False) -> None:
    """Run one management command to its end. Raises CannotStart with its last words where it fails."""
    log_path = LOGS / "prepare.log"
    with log_path.open("ab") as log:
        command = subprocess.Popen(
            [str(PYTHON), "manage.py", *arguments],
            cwd=HOUSE,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=None if shown else log,
            stderr=log,
            start_new_session=True,
        )
        try:
            code = command.wait()
        except KeyboardInterrupt:
            os.killpg(command.pid, signal.SIGTERM)
            command.wait()
            raise
    if code != 0:
        last = log_path.read_text(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        raise CannotStart(f"“manage.py {arguments[0]}” failed: {last[0].strip()} (more in {log_path})")


def _site(env: dict[str, str], web_socket: int, lock: int) -> list[Child]:
    python = str(PYTHON)
    celery = [python, "-m", "celery", "--app", "config", "--quiet"]
    web_env = {**env, "BIND": f"fd://{web_socket}"}
    gunicorn = [python, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    worker = [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel=INFO", "--pidfile="]
    return [
        Child("web", gunicorn, web_env, keep_fds=(web_socket, lock)),
        Child("worker", worker, env, keep_fds=(lock,)),
        Child("beat", beat, env, keep_fds=(lock,)),
    ]


def _wait_until_it_answers(port: int, host: str, children: list[Child]) -> None:
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    until = time.monotonic() + PATIENCE_TO_START
    while time.monotonic() < until:
        for child in children:
            child.restart_if_ended()
        connection = http.client.HTTPConnection(near, port, timeout=2)
        try:
            connection.request("GET", "/promises/")
            if connection.getresponse().status < 500:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    web = next(child for child in children if child.name == "web")
    raise CannotStart(f"The web server does not answer. {web.last_words()}")


def _welcome(address: str, host: str, env: dict[str, str]) -> None:
    print(f"\nTop Table is ready: {address}/")
    if env["DEMO"] not in ("0", "false", "False"):
        print(f"\nEnter with one click as any of these at {address}/demo/")
        for key, who in DEMO_PEOPLE.items():
            print(f"    {who:<42}{key}@{DEMO_DOMAIN}")
        print("    a journalist                              needs no sign-in")
        print("Or sign in with such an address as everybody does: the code comes by mail, and the mail is")
        print(f"at {address}/demo/mail/")
        if host not in ("127.0.0.1", "localhost", "::1"):
            print("\nThis is a demo: whoever reaches this address can enter as any of them. DEMO=0 ends that.")
    print(f"\nLogs are in {LOGS}. Stop with Ctrl-C.", flush=True)


def _watch(children: list[Child]) -> None:
    """Keep all of them running. Raises CannotStart when one cannot be kept, KeyboardInterrupt at the end."""
    while True:
        for child in children:
            if child.restart_if_ended():
                say(f"{child.name} had stopped and was started again (see {child.log})")
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
