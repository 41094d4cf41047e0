"""A worker is killed with -9 while a receiver holds its call: nothing is lost, and the same webhook-id comes again."""

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.real import HOUSE, PYTHON, environment
from tests.webhooks.receiver import Receiver

STAGE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import transaction
from communities.models import Community
from record.announcements import SYSTEM, announce
from webhooks.models import Endpoint
place = Community.objects.create(name="Larkfield", slug="larkfield")
for url in {urls!r}:
    Endpoint.objects.create(url=url, email="sub@example.org", state="active")
with transaction.atomic():
    for number in range(3):
        announce("community.created", subject=place, community=place, actor=SYSTEM)
"""
WORKER = """
import django; django.setup()
from webhooks.actions.fanning_out import take_from_record
from webhooks.actions.sending import send_due_deliveries
take_from_record()
print("ready", flush=True)
send_due_deliveries(seconds=20)
"""
LEFT = """
import django; django.setup()
from webhooks.models import Delivery
print(Delivery.objects.exclude(state="delivered").count(), Delivery.objects.count())
"""


@pytest.fixture
def receivers() -> Iterator[tuple[Receiver, Receiver]]:
    quick, slow = Receiver(), Receiver()
    servers = [quick.serve(), slow.serve()]
    yield quick, slow
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.own_servers
def test_killed_while_it_calls(receivers: tuple[Receiver, Receiver], tmp_path: Path) -> None:
    quick, slow = receivers
    called, release = threading.Event(), threading.Event()

    def hold() -> None:
        called.set()
        release.wait(30)

    slow.before = hold
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="tests.faults.webhook_settings")

    def run(script: str) -> str:
        done = subprocess.run(
            [PYTHON, "-c", script], cwd=HOUSE, env=env, capture_output=True, text=True, timeout=90, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run(STAGE.format(urls=[quick.url, slow.url]))
    worker = subprocess.Popen([PYTHON, "-c", WORKER], cwd=HOUSE, env=env, stdout=subprocess.DEVNULL)
    assert called.wait(60), "the worker called nobody"
    worker.kill()
    worker.wait()
    slow.before = None
    release.set()
    time.sleep(2.5)  # its lease
    run(WORKER)
    assert run(LEFT).split() == ["0", "6"]
    for receiver in receivers:
        assert len(set(receiver.ids)) == 3
        bodies = {hit.headers["webhook-id"]: hit.body for hit in receiver.hits}
        assert all(bodies[hit.headers["webhook-id"]] == hit.body for hit in receiver.hits)
    assert len(slow.ids) == 4  # the one that was held came again, as itself
