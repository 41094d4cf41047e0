"""Child processes that are kept running, and that never outlive the one who started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.environment import HOUSE, LOGS, CannotStart

LOG_SIZE = 10_000_000  # bytes; at the next start a longer log makes room for a new one
RESTARTS = 5  # so many within…
WITHIN = 60.0  # …so many seconds, and it is no accident
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One process of the site. It leads a group of its own, so that whatever it starts can be ended with it."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    keep_fds: tuple[int, ...] = ()
    given: bytes | None = None  # what it reads from its standard input
    before_restart: Callable[[], None] | None = None
    process: "subprocess.Popen[bytes] | None" = None
    starts: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS))

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_SIZE:
            self.log.replace(self.log.with_suffix(".log.old"))
        self.starts.append(time.monotonic())
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=HOUSE,
                env=self.env,
                stdin=subprocess.PIPE if self.given is not None else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches only the parent, which then stops them in order
                pass_fds=self.keep_fds,
                preexec_fn=_end_with(os.getpid()),
            )
        if self.given is not None and self.process.stdin is not None:
            self.process.stdin.write(self.given)
            self.process.stdin.close()

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def restart_if_ended(self) -> bool:
        """Start it again where it has ended, and say whether. Raises CannotStart where that does not help."""
        if self.runs() or self.process is None:
            return False
        self.kill()  # what it left behind
        if len(self.starts) == RESTARTS and time.monotonic() - self.starts[0] < WITHIN:
            raise CannotStart(f"{self.name} keeps stopping. {self.last_words()}")
        if self.before_restart:
            self.before_restart()
        self.start()
        return True

    def ask_to_stop(self) -> None:
        if self.runs() and self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """End the process and every process it has started, at once."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nothing of it may be left
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self) -> str:
        """The last line of its log, for a sentence to a person."""
        lines = self.log.read_text(errors="replace").strip().splitlines()[-1:] if self.log.exists() else []
        return f"It last said: “{lines[0].strip()[:300]}” (more in {self.log})" if lines else f"See {self.log}"


def stop(children: Sequence[Child], patience: float) -> None:
    """Ask all to stop, wait for at most `patience` seconds, and end what is still there."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + patience
    while any(child.runs() for child in children) and time.monotonic() < until:
        time.sleep(0.05)
    for child in children:
        child.kill()


def _end_with(parent: int) -> Callable[[], None] | None:
    """On Linux the kernel tells a child when its parent has died, even by kill -9."""
    if _libc is None:
        return None

    def before_exec() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return before_exec
