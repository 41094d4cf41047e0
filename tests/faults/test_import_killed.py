"""An import that is killed in the middle goes on where it was: nothing lost, nothing doubled."""

import csv
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from proposals.importing.reading import COLUMNS
from tests.faults.real import environment

pytestmark = pytest.mark.own_servers
PETITIONS = 120


def _write(folder: Path) -> None:
    with (folder / "petitions_accepted.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for number in range(PETITIONS):
            row = {
                "id": str(1000 + number),
                "state": "closed",
                "action": f"Petition {number}",
                "background": "Something should change.",
                "signature_count": "12000",
                "opened_at": "2020-03-03T17:03:17.327Z",
                "closed_at": "2020-09-03T22:59:59.999Z",
                "response_threshold_reached_at": "2020-03-20T21:27:04.000Z",
                "government_response_at": "2020-04-17T21:30:08.160Z",
                "response_summary": "It will.",
                "response_details": "Because.",
                "departments": "HM Treasury",
            }
            writer.writerow(row)


def _manage(folder: Path, *command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment(folder, SECRET_KEY="for this test"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_an_import_killed_in_the_middle_goes_on(tmp_path: Path) -> None:
    _write(tmp_path)
    migrated = _manage(tmp_path, "migrate", "-v0")
    said, _errors = migrated.communicate(timeout=120)
    assert migrated.returncode == 0, said
    command = ("import_petitions", str(tmp_path), "--community", "uk", "--batch", "5")
    running = _manage(tmp_path, *command)
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("20 petitions"):
            running.send_signal(signal.SIGKILL)
            break
    running.communicate(timeout=60)
    assert running.returncode == -signal.SIGKILL
    kept = _count(tmp_path, "proposals_proposal")
    assert 20 <= kept < PETITIONS
    assert kept % 5 == 0  # whole batches only
    assert _count(tmp_path, "record_entry") == kept + 1
    said, _errors = _manage(tmp_path, *command).communicate(timeout=120)
    assert f"{PETITIONS - kept} petitions are new, 0 changed, {kept} are as they were" in said
    assert _count(tmp_path, "proposals_proposal") == _count(tmp_path, "proposals_response") == PETITIONS
    assert _count(tmp_path, "record_entry") == PETITIONS + 1
    with sqlite3.connect(tmp_path / "toptable.sqlite3") as database:
        counts = database.execute("select asks_count, answers_count from communities_organisation").fetchall()
    assert counts == [(PETITIONS, PETITIONS)]


def _count(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "toptable.sqlite3") as database:
        return int(database.execute(f"select count(*) from {table}").fetchone()[0])
