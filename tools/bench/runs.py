"""Programs that the benchmark runs to their end. Ctrl-C ends them, and nothing of them is left."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping

from tools.environment import HOUSE, PYTHON, CannotStart


def python(env: Mapping[str, str], *arguments: str, what: str) -> str:
    """Run the .venv's Python and give what it printed. Raises CannotStart, which says that `what` failed and why."""
    return run([str(PYTHON), *arguments], env, what=what)


def run(command: list[str], env: Mapping[str, str], *, what: str) -> str:
    """In a session of its own, so that Ctrl-C reaches the benchmark alone, which then ends it."""
    process = subprocess.Popen(
        command,
        cwd=HOUSE,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        printed, said = process.communicate()
    except BaseException:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    if process.returncode != 0:
        last = (said or printed).strip().splitlines()[-1:] or ["no reason given"]
        raise CannotStart(f"{what} failed: {last[0].strip()}")
    return printed
