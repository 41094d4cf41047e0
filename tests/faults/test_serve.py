"""bin/serve as a person meets it: it starts, it says what is wrong, and nothing of it stays behind."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.real import HOUSE, environment

pytestmark = pytest.mark.own_servers
PATIENCE = 120.0  # seconds; the first start packs files and makes a database


class Served:
    """One run of bin/serve on a free port, with what it has printed so far."""

    def __init__(self, var: Path, *arguments: str, **env: str) -> None:
        self.var = var
        var.mkdir(parents=True, exist_ok=True)
        self.printed = var.parent / f"printed-{time.monotonic_ns()}.txt"
        with self.printed.open("wb") as out:
            self.process = subprocess.Popen(
                [str(HOUSE / "bin" / "serve"), *(arguments or ("--port", "0"))],
                env=environment(var, DEMO="0", **env),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def text(self) -> str:
        return self.printed.read_text()

    def wait_for(self, words: str) -> str:
        until = time.monotonic() + PATIENCE
        while words not in self.text():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < until, self.text()
            time.sleep(0.1)
        return self.text()

    def port(self) -> int:
        ready = re.search(r"is ready: http://127\.0\.0\.1:(\d+)/", self.wait_for("Stop with Ctrl-C"))
        assert ready is not None
        return int(ready[1])

    def ended(self) -> tuple[int, str]:
        try:
            return self.process.wait(timeout=PATIENCE), self.text()
        finally:
            self.process.kill()

    def others(self) -> dict[int, str]:
        """Every living process of this run, by its id, without bin/serve itself: all of them hold its lock."""
        found = {}
        for entry in Path("/proc").iterdir():
            try:
                held = [os.readlink(fd) for fd in (entry / "fd").iterdir()] if entry.name.isdigit() else []
                if str(self.var / "serve.lock") in held and int(entry.name) != self.process.pid:
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:  # it ended while we looked
                continue
        return found

    def nothing_left(self, patience: float = 20.0) -> bool:
        until = time.monotonic() + patience
        while self.others() and time.monotonic() < until:
            time.sleep(0.1)
        return not self.others()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for this file's runs: only the first has the database to make."""
    return tmp_path_factory.mktemp("serve") / "var"


@pytest.fixture
def served(var: Path) -> Iterator[Served]:
    run = Served(var)
    yield run
    if run.process.poll() is None:
        run.process.terminate()
        run.process.wait(timeout=PATIENCE)


linux_only = pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc of Linux to see every process")


def _answers(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


@linux_only
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_leaves_no_process_behind(served: Served, how: signal.Signals) -> None:
    assert _answers(served.port()) == http.HTTPStatus.OK
    running = " ".join(served.others().values())
    assert all(name in running for name in ("gunicorn", "worker", "beat", "valkey-server"))

    served.process.send_signal(how)

    code, text = served.ended()
    assert (code, "Stopping" in text) == (0, True), text
    assert served.nothing_left(patience=0), served.others()


@linux_only
def test_a_second_start_takes_seconds(served: Served) -> None:
    began = time.monotonic()
    served.port()
    assert time.monotonic() - began < 30  # seconds, beside other tests; about five on a quiet machine


@linux_only
def test_even_kill_9_leaves_no_process_and_the_next_start_works(served: Served, var: Path) -> None:
    served.port()

    served.process.kill()
    served.process.wait()

    assert served.nothing_left(), served.others()
    again = Served(var)
    try:
        assert _answers(again.port()) == http.HTTPStatus.OK
    finally:
        again.process.terminate()
        again.process.wait(timeout=PATIENCE)


@linux_only
@pytest.mark.parametrize("part", ["gunicorn", "worker", "beat", "valkey-server"])
def test_a_part_that_is_killed_is_started_again(served: Served, part: str) -> None:
    port = served.port()
    victims = [pid for pid, command in served.others().items() if part in command]

    os.kill(min(victims), signal.SIGKILL)

    served.wait_for("was started again")
    until = time.monotonic() + PATIENCE
    while not any(part in command and pid not in victims for pid, command in served.others().items()):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert _answers(port) == http.HTTPStatus.OK


def test_a_second_run_in_the_same_folder_is_refused(served: Served, var: Path) -> None:
    port = served.port()

    code, text = Served(var).ended()

    assert code == 1
    assert f"already running here: http://127.0.0.1:{port}/" in text


def _refusal(var: Path, *arguments: str, **env: str) -> str:
    """What bin/serve says when it cannot start: one sentence, no traceback."""
    code, text = Served(var, *arguments, **env).ended()
    assert code != 0
    assert "Traceback" not in text
    return text


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"Port {port} at 127.0.0.1 cannot be used: address already in use" in _refusal(
            tmp_path / "var", "--port", port
        )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "70000"], "port 70000"),
        (["--host", "no.such.host.invalid"], "no address that this machine knows"),
        (["--host", "192.0.2.1", "--port", "0"], "cannot be used"),
    ],
)
def test_an_impossible_address_is_said(tmp_path: Path, arguments: list[str], words: str) -> None:
    assert words in _refusal(tmp_path / "var", *arguments)


def test_a_database_that_does_not_answer_is_said(tmp_path: Path) -> None:
    text = _refusal(tmp_path / "var", "--port", "0", DATABASE_URL="postgres://me:secret@127.0.0.1:1/table")
    assert "PostgreSQL at postgres://127.0.0.1:1/table does not answer" in text
    assert "secret" not in text


def test_a_redis_that_does_not_answer_is_said(tmp_path: Path) -> None:
    text = _refusal(tmp_path / "var", "--port", "0", REDIS_URL="redis://:secret@127.0.0.1:1/0")
    assert "Redis at redis://127.0.0.1:1/0 does not answer" in text
    assert "secret" not in text


def _with_only(tmp_path: Path, **programs: str) -> str:
    """A PATH on which `programs` stand in for the machine's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    for name in ("sh", "dirname"):
        (folder / name).symlink_to(shutil.which(name) or "")
    return str(folder)


def test_a_python_that_is_too_old_is_said(tmp_path: Path) -> None:
    old = 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac'
    text = _refusal(tmp_path / "var", PATH=_with_only(tmp_path, python3=old))
    assert text == "Top Table needs Python 3.11 or newer, and this machine has Python 3.9.2.\n"


def test_no_python_at_all_is_said(tmp_path: Path) -> None:
    text = _refusal(tmp_path / "var", PATH=_with_only(tmp_path))
    assert text == "Top Table needs Python 3.11 or newer, and this machine has no Python at all.\n"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "log").write_text("a file where a folder must be")
    assert "Top Table cannot write to" in _refusal(tmp_path / "var")
