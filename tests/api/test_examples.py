"""The lines of the guide are run as they stand there, by the programmes they are for."""

import re
import shlex
import subprocess
import sys
from html import unescape
from pathlib import Path

from django.test import Client
from pytest_django.live_server_helper import LiveServer

from api.columns import BASE
from api.examples import Example, examples
from decisions.models import Decision


def on_page(client: Client) -> list[str]:
    text = client.get("/api/").text
    return [unescape(line) for line in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", text, re.DOTALL)]


def test_the_page_shows_ten_lines(client: Client, db: None) -> None:
    assert [example.line for example in examples()] == on_page(client)
    assert len(examples()) == 10


def test_each_line_works(decision: Decision, live_server: LiveServer, client: Client, tmp_path: Path) -> None:
    for number, (example, shown) in enumerate(zip(examples(), on_page(client), strict=True)):
        folder = tmp_path / str(number)
        folder.mkdir()
        line = shown.replace(BASE, f"{live_server.url}/api/v1")
        done = subprocess.run(_command(example, line), cwd=folder, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (line, done.stderr)
        written = [path.read_text() for path in folder.iterdir()]
        # What changed since a day, as lines: there is a decision. Each of the others says at least that it is empty.
        assert "".join([done.stdout, *written]).strip(), line


def _command(example: Example, line: str) -> list[str]:
    """What runs the line. Of a formula and of R the address in it is fetched."""
    if example.kind == "python":
        return [sys.executable, "-c", line]
    if example.kind == "curl":
        return [*shlex.split(line), "--fail", "--silent", "--show-error"]
    address = re.search(r'"(http[^"]+)"', line)
    assert address is not None
    return [sys.executable, "-c", f"import urllib.request as u; print(u.urlopen({address[1]!r}).read().decode())"]
