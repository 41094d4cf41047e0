"""A record with many lines, and the script as a stranger runs it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from communities.models import Community
from record import clock
from record.announcements import Actor, announce
from record.checkpoints import document_of, make_checkpoint
from record.models import Checkpoint, Entry
from record.verify import SCRIPT

Grow = Callable[..., list[Entry]]
Sign = Callable[[int], Checkpoint]
Verify = Callable[..., tuple[int, str]]


def lines(place: Community, count: int = 1, **more: Any) -> list[Entry]:
    """More lines, each with words beside it."""
    with transaction.atomic():
        found = [
            announce(
                "comment.added",
                subject=place,
                community=place,
                actor=Actor(role="resident", name="Amina Ü"),
                payload={"number": number},
                texts=more.get("texts", {"body": f"Words {number}"}),
            ).entry
            for number in range(count)
        ]
    return [entry for entry in found if entry is not None]


def signed(day: int = 0) -> Checkpoint:
    """The checkpoint of that day from now."""
    with clock.at(clock.now() + timedelta(days=day)):
        made = make_checkpoint()
    assert made is not None
    return made


@pytest.fixture
def grow(community: Community) -> Grow:
    """grow(n): n more lines."""

    def make(count: int = 1, where: Community | None = None, **more: Any) -> list[Entry]:
        return lines(where or community, count, **more)

    return make


@pytest.fixture
def sign(db: None) -> Sign:
    """sign(day): the checkpoint of that day from now."""
    return signed


def download() -> bytes:
    """The record as the API streams it."""
    return b"".join(line.encode() + b"\n" for line in Entry.objects.order_by("pk").values_list("line", flat=True))


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """verify(bytes, checkpoints, key=…): how the script ended, and what it said; alone, without the site."""

    def run(record: bytes, checkpoints: Iterable[Checkpoint | dict[str, Any]] = (), key: str = "") -> tuple[int, str]:
        (tmp_path / "record.ndjson").write_bytes(record)
        (tmp_path / "verify_record.py").write_bytes(SCRIPT.read_bytes())
        names = []
        for number, one in enumerate(checkpoints):
            names.append(f"checkpoint-{number}.json")
            document = document_of(one) if isinstance(one, Checkpoint) else one
            (tmp_path / names[-1]).write_text(json.dumps(document), encoding="utf-8")
        command = [sys.executable, "-I", "-S", "verify_record.py", "record.ndjson", *names]
        command += ["--key", key] if key else []
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60, text=True)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr

    return run
