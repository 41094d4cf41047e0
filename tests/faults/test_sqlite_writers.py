"""The embedded database: eight processes that write at once wait for each other, and none is turned away."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.faults.real import HOUSE, PYTHON, environment

pytestmark = pytest.mark.own_servers
WRITERS, EACH = 8, 25
PRAGMAS = """
import django, json; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
print(json.dumps(found | {"transaction_mode": connection.transaction_mode}))
"""
# Read, then write: with a deferred BEGIN this is what fails with "database is locked" whatever the timeout.
WRITER = f"""
import django; django.setup()
from django.db import transaction
from accounts.models import User
from record.announcements import SYSTEM, announce
from record.kinds import KINDS
kind = sorted(KINDS)[0]
me = User.objects.create_user(f"{{__import__('os').getpid()}}@example.org")
for _ in range({EACH}):
    with transaction.atomic():
        User.objects.count()
        announce(kind, subject=me, community=None, actor=SYSTEM)
"""
CHAIN = """
import django, json; django.setup()
from record.models import Entry, Event
rows = list(Entry.objects.order_by("sequence").values_list("sequence", "line", "hash"))
print(json.dumps({"rows": rows, "events": Event.objects.count()}))
"""


@pytest.fixture
def real_database(tmp_path: Path) -> dict[str, str]:
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="config.settings")
    _run("-m", "django", "migrate", "--noinput", env=env)
    return env


def _run(*arguments: str, env: dict[str, str]) -> str:
    done = subprocess.run([PYTHON, *arguments], cwd=HOUSE, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_was_acknowledged_is_on_disk_and_writers_queue(real_database: dict[str, str]) -> None:
    found = json.loads(_run("-c", PRAGMAS, env=real_database))

    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "busy_timeout": 20000,
        "foreign_keys": 1,
        "transaction_mode": "IMMEDIATE",
    }


def test_eight_writers_at_once_leave_a_record_without_a_gap(real_database: dict[str, str]) -> None:
    writers = [
        subprocess.Popen([PYTHON, "-c", WRITER], cwd=HOUSE, env=real_database, stderr=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    told = [writer.communicate(timeout=120)[1] for writer in writers]

    assert [writer.returncode for writer in writers] == [0] * WRITERS, told
    found = json.loads(_run("-c", CHAIN, env=real_database))
    assert [sequence for sequence, _line, _hash in found["rows"]] == list(range(WRITERS * EACH))
    previous = ["0" * 64, *(digest for _sequence, _line, digest in found["rows"])]
    assert [json.loads(line)["previous"] for _sequence, line, _hash in found["rows"]] == previous[:-1]
    assert found["events"] == WRITERS * EACH
