"""The lines of the guide are run as they stand there, by the programs they are for."""

import csv
import io
import re
import shlex
import shutil
import subprocess
import sys
from datetime import timedelta
from html import unescape
from pathlib import Path

from django.test import Client
from pytest_django.live_server_helper import LiveServer

from api.columns import BASE
from api.examples import Example, examples
from decisions.models import Decision
from proposals.models import Ask, CommitmentAsk, Proposal, Response
from record import clock


def on_page(client: Client) -> list[str]:
    text = client.get("/api/").text
    return [unescape(line) for line in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", text, re.DOTALL)]


def test_the_page_shows_ten_lines(client: Client, db: None) -> None:
    assert [example.line for example in examples()] == on_page(client)
    assert len(examples()) == 10


def test_a_line_is_for_what_its_title_names() -> None:
    """Each fetches one list, and no title promises more than that."""
    titles = {example.line: example.purpose for example in examples()}
    whole = {line: title for line, title in titles.items() if re.search(r"\b[Ee]verything\b", title)}
    assert whole == {}
    for name in ("decision", "proposal"):
        asked = [
            title for line, title in titles.items() if f"/{name}s/?updated_since" in line or f"/{name}s/?q=" in line
        ]
        assert all(name in title.lower() for title in asked)
        assert asked


def test_each_line_works(decision: Decision, live_server: LiveServer, client: Client, tmp_path: Path) -> None:
    for number, (example, shown) in enumerate(zip(examples(), on_page(client), strict=True)):
        # What changed since a day, as lines: there is a decision. Each of the others says at least that it is empty.
        assert _said(example, shown, live_server, tmp_path / str(number)).strip(), shown


def test_the_first_line_says_who_keeps_people_waiting_longest(
    two_asked: Proposal,
    council_answered: Response,
    after_a_vote: CommitmentAsk,
    live_server: LiveServer,
    tmp_path: Path,
) -> None:
    """The one of two that is late, and not the one that answered; in Python, what is owed after a vote as well."""
    first_day, day = (clock.today() - timedelta(days=days) for days in (90, 40))
    Ask.objects.filter(answered_on=None).update(first_due_on=day, due_on=day)
    CommitmentAsk.objects.update(due_on=first_day)
    first, python = examples()[0], next(example for example in examples() if example.kind == "python")
    table = list(csv.DictReader(io.StringIO(_said(first, first.line, live_server, tmp_path / "curl"))))
    assert [row["organisation_title"] for row in table] == ["Penhale Homes"]
    assert table[0]["proposal_title"] == two_asked.title
    heading, longest, other = _said(python, python.line, live_server, tmp_path / "python").splitlines()
    assert heading == "2 late now"
    assert longest.endswith("/ballots/B-2026-0001/")
    assert other.split(" ", 1) == [table[0]["overdue_working_days"], f"Penhale Homes {table[0]['html_url']}"]


def test_the_order_of_the_first_line_is_the_one_that_its_title_names(
    two_asked: Proposal, live_server: LiveServer, tmp_path: Path
) -> None:
    """By how late they are: whoever was asked first may have had the longest time, and be late the least."""
    today = clock.today()
    for name, asked, due in (("Penhale Homes", 90, 10), ("Eastbrook Council", 60, 40)):
        days = {"asked_on": today - timedelta(days=asked), "due_on": today - timedelta(days=due)}
        assert Ask.objects.filter(organisation__name=name).update(first_due_on=days["due_on"], **days) == 1
    first = examples()[0]
    table = list(csv.DictReader(io.StringIO(_said(first, first.line, live_server, tmp_path / "curl"))))
    assert [row["organisation_title"] for row in table] == ["Eastbrook Council", "Penhale Homes"]
    assert int(table[0]["waiting_working_days"]) < int(table[1]["waiting_working_days"])
    assert "late the longest first" in first.purpose


def test_what_is_not_done_is_called_by_one_name() -> None:
    """Some of it is late by a few days, or put off: `commitments_broken` counts less, and so `not kept` would."""
    titles = [example.purpose.lower() for example in examples() if "not_done=true" in example.line]
    assert len(titles) == 2
    assert all("what was promised and not done" in title for title in titles)


def _said(example: Example, line: str, live_server: LiveServer, folder: Path) -> str:
    """What comes of the line, run in a folder of its own: what it prints, and the files it writes."""
    folder.mkdir()
    line = line.replace(BASE, f"{live_server.url}/api/v1")
    done = subprocess.run(_command(example, line), cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, (line, done.stderr)
    return "".join([done.stdout, *(path.read_text() for path in folder.iterdir())])


def _command(example: Example, line: str) -> list[str]:
    """What runs the line. Of a formula the address in it is fetched; of R, too, where it is not installed."""
    if example.kind == "r" and (r := shutil.which("Rscript")):
        return [r, "-e", line]
    if example.kind == "python":
        return [sys.executable, "-c", line]
    if example.kind == "curl":
        return [*shlex.split(line), "--fail", "--silent", "--show-error"]
    address = re.search(r'"(http[^"]+)"', line)
    assert address is not None
    return [sys.executable, "-c", f"import urllib.request as u; print(u.urlopen({address[1]!r}).read().decode())"]
