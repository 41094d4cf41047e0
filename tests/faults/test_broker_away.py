"""A broker that is away, or does not answer, costs whoever acts a second at most, and never an error."""

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.real import HOUSE, PYTHON, environment

pytestmark = pytest.mark.own_servers
POKES = """
import django, time; django.setup()
from notifications.relay import poke
began = time.monotonic()
poke()
print(time.monotonic() - began)
"""


@pytest.fixture(params=["refuses", "is silent", "is not there"])
def broker(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a broker that refuses connections, one that takes them and says nothing, or none at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if request.param == "refuses":
            server.close()
        yield "" if request.param == "is not there" else f"redis://127.0.0.1:{port}/0"


def test_a_poke_takes_a_second_at_most(tmp_path: Path, broker: str) -> None:
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="config.settings", REDIS_URL=broker)
    poked = subprocess.run([PYTHON, "-c", POKES], cwd=HOUSE, env=env, capture_output=True, text=True, check=False)

    assert poked.returncode == 0, poked.stderr
    assert float(poked.stdout) < 2  # seconds: a second, and what a busy machine adds
