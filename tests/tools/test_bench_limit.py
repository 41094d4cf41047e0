"""The yardstick of the benchmark does what it is said to do, and no more. It has settings, so a process, of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.environment import HOUSE

pytestmark = pytest.mark.own_servers
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tools.bench.limit.load import load, session_key
from tools.bench.limit.models import Backing, Event, Idea, Mark
load(lines=50, rulings=25, people=5)
client, found = Client(), {"middleware": settings.MIDDLEWARE}
for name in ("plain", "rows", "drf", "insert"):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/insert", {"line": 1, "person": 7}) if name == "insert" else client.get("/" + name)
    found[name] = {"status": answer.status_code, "body": answer.content.decode(), "queries": len(queries)}
found["marks"] = Mark.objects.count()
client = Client(enforce_csrf_checks=True, headers={"X-CSRFToken": "b" * 32})
client.cookies["csrftoken"] = "b" * 32
found["strangers"] = client.post("/backing", {"idea": 1}).status_code
client.cookies["sessionid"] = session_key(3)
for name in ("backing", "backing again"):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/backing", {"idea": 1})
    found[name] = {"status": answer.status_code, "queries": [query["sql"].split()[0] for query in queries]}
    idea = Idea.objects.get(pk=1)
    found[name]["rows"] = [idea.score, Backing.objects.count(), Event.objects.count()]
found["unprotected"] = Client(enforce_csrf_checks=True).post("/backing", {"idea": 1}).status_code
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path: Path = tmp_path_factory.mktemp("limit") / "limit.sqlite3"
    env = {name: value for name, value in os.environ.items() if name != "PYTEST_VERSION"}
    env |= {"DATABASE_URL": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "tools.bench.limit.settings"}
    tables = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity=0"]
    subprocess.run(tables, cwd=HOUSE, env=env, check=True)
    asked = subprocess.run([sys.executable, "-c", ASK], cwd=HOUSE, env=env, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(asked.stdout)
    return found


def test_it_is_bare(answers: dict[str, Any]) -> None:
    assert [name.rpartition(".")[2] for name in answers["middleware"]] == ["SecurityMiddleware", "CommonMiddleware"]


def test_plain_is_two_kilobytes_and_no_query(answers: dict[str, Any]) -> None:
    plain = answers["plain"]
    assert (plain["status"], len(plain["body"]), plain["queries"]) == (200, 2048, 0)


def test_rows_is_one_query_twenty_lines_and_two_dates_each(answers: dict[str, Any]) -> None:
    rows = answers["rows"]
    assert (rows["status"], rows["queries"], rows["body"].count("<li>")) == (200, 1, 20)
    assert rows["body"].count(" …") == 20
    # Years, not hours: at eight in the evening " 20" stands there a third time.
    assert len(re.findall(r" 20\d\d[,<]", rows["body"])) == 40


def test_drf_is_one_query_and_twenty_rows_of_the_columns_of_a_decision(answers: dict[str, Any]) -> None:
    from api.v1.decisions import COLUMNS

    drf = answers["drf"]
    rows = json.loads(drf["body"])
    assert (drf["status"], drf["queries"], len(rows)) == (200, 1, 20)
    assert {column.name for column in COLUMNS} == set(rows[0])


def test_insert_is_one_row(answers: dict[str, Any]) -> None:
    assert (answers["insert"]["status"], answers["marks"]) == (200, 1)


def test_backing_writes_what_a_backing_writes_once_each(answers: dict[str, Any]) -> None:
    """Session, person, BEGIN, lock, seat, is it there, insert (with its savepoint), count, event."""
    first, again = answers["backing"], answers["backing again"]
    assert (first["status"], again["status"]) == (200, 200)
    assert first["rows"] == again["rows"] == [1, 1, 1]
    selects = [verb for verb in first["queries"] if verb == "SELECT"]
    writes = [verb for verb in first["queries"] if verb in ("INSERT", "UPDATE")]
    assert (len(selects), writes) == (5, ["INSERT", "UPDATE", "INSERT"])


def test_backing_is_for_who_is_signed_in_and_sends_the_token(answers: dict[str, Any]) -> None:
    assert (answers["strangers"], answers["unprotected"]) == (403, 403)
