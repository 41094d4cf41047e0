"""The .venv of this checkout: made when missing, filled again only when the requirements have changed."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

HOUSE = Path(__file__).resolve().parent.parent


def _read_env_file() -> None:
    """Take what the checkout's .env says and the environment does not, as config/settings.py does."""
    path = HOUSE / ".env"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and name.isidentifier():
            os.environ.setdefault(name, value.strip().strip("'\""))


_read_env_file()
VENV = HOUSE / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("VAR_DIR") or HOUSE / "var")
LOGS = VAR / "log"
SPACE_TO_INSTALL = 700  # MB: what a full installation takes, with room for pip's own files
SPACE_TO_RUN = 50  # MB


class CannotStart(Exception):
    """Says in one sentence what is wrong and what to do about it."""


def prepare(*, development: bool = False) -> None:
    """Make the environment ready, telling what it does. Raises CannotStart."""
    make_var()
    with (VAR / "install.lock").open("w") as lock:  # bin/serve and bin/test may be started together
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _runs():
            _make()
        if not _up_to_date(development):
            _install(development)


def make_var() -> None:
    """The folder of everything that the site writes. Raises CannotStart where it cannot be written."""
    try:
        LOGS.mkdir(parents=True, exist_ok=True)
        probe = VAR / f".writable-{os.getpid()}"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        raise CannotStart(f"Top Table cannot write to {VAR}: {error.strerror}.") from error
    require_space(SPACE_TO_RUN)


def require_space(megabytes: int) -> None:
    """Raise CannotStart where the disk of this checkout has less room than this."""
    free = shutil.disk_usage(VAR).free // 1_000_000
    if free < megabytes:
        raise CannotStart(f"The disk is full: Top Table needs {megabytes} MB free here, and {free} MB are left.")


def _runs() -> bool:
    """Whether the environment's Python starts; after a move or an upgrade of Python it may not."""
    try:
        check = [
            str(PYTHON),
            "-c",
            "import sys, importlib.util as u; sys.exit(sys.version_info < (3, 11) or not u.find_spec('pip'))",
        ]
        return subprocess.run(check, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make() -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise CannotStart(
                f"This Python has no {module} module. On Debian and Ubuntu, install it with: apt install python3-venv"
            )
    require_space(SPACE_TO_INSTALL)
    say(f"Making .venv with Python {sys.version.split()[0]}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        last = (made.stdout + made.stderr).strip().splitlines()[-1:] or ["it gave no reason"]
        raise CannotStart(f"Python could not make .venv: {last[0]}")


def _requirement_files(development: bool) -> list[Path]:
    names = ["constraints.txt", "requirements.txt", *(["requirements-dev.txt"] if development else [])]
    return [HOUSE / name for name in names]


def _digest(development: bool) -> str:
    content = b"".join(path.read_bytes() for path in _requirement_files(development))
    return hashlib.sha256(content).hexdigest()


def _stamp(development: bool) -> Path:
    return VENV / ("installed-for-development" if development else "installed")


def _up_to_date(development: bool) -> bool:
    stamp = _stamp(development)
    return stamp.exists() and stamp.read_text() == _digest(development)


def _install(development: bool) -> None:
    require_space(SPACE_TO_INSTALL)
    wanted = _requirement_files(development)[-1]
    say("Installing what Top Table needs (once; a few minutes on a slow line)")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    command += ["-r", str(wanted), "-c", str(HOUSE / "constraints.txt")]
    log_path = LOGS / "install.log"
    with (
        log_path.open("w") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=HOUSE) as pip,
    ):
        assert pip.stdout is not None
        _show_progress(pip.stdout, log)
    if pip.returncode != 0:
        errors = [line for line in log_path.read_text().splitlines() if line.startswith("ERROR")]
        reason = errors[0].removeprefix("ERROR: ") if errors else "pip gave no reason"
        raise CannotStart(f"Installing failed: {reason} (all that pip said: {log_path})")
    _stamp(development).write_text(_digest(development))
    if development:
        _stamp(False).write_text(_digest(False))  # the development set holds the other one


def _show_progress(lines: IO[str], log: IO[str]) -> None:
    """One line that counts the packages as pip comes to them; on a terminal it is overwritten."""
    count, shown = 0, time.monotonic()
    for line in lines:
        log.write(line)
        if not line.startswith(("Collecting ", "Requirement already satisfied")):
            continue
        count += 1
        if sys.stdout.isatty():
            print(f"\r   {count} packages … ", end="", flush=True)
        elif time.monotonic() - shown > 5:
            shown = time.monotonic()
            print(f"   {count} packages …", flush=True)
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)


def say(text: str) -> None:
    """One step of progress, at once."""
    print(f" · {text}", flush=True)
