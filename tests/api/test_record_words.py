"""The words beside the lines: a stranger can check them, and what is private or erased is not there."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from communities.models import Community
from record.erasure import erase_words
from record.models import EntryText
from record.verify import SCRIPT
from tests.api.conftest import Get
from tests.record.conftest import Grow, download, grow, sign

__all__ = ["grow", "sign"]  # fixtures of the record, for this room too


def words(get: Get, **asked: Any) -> list[dict[str, Any]]:
    response = get("record/words", **asked)
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["results"]
    return found


def test_salt_and_text_give_the_fingerprint_in_the_line(get: Get, grow: Grow, client: Client) -> None:
    grow(3)
    rows = words(get)
    assert [row["text"] for row in rows] == ["Words 0", "Words 1", "Words 2"]
    for row in rows:
        digest = hashlib.sha256((row["salt"] + row["text"]).encode()).hexdigest()
        assert get(f"record/{row['sequence']}").json()["texts"] == {row["field"]: digest}
    assert [row["sequence"] for row in words(get, sequence=1)] == [1]
    assert [row["sequence"] for row in words(get, after_sequence=0, ordering="-sequence")] == [2, 1]
    jsonschema = pytest.importorskip("jsonschema")
    schema = client.get("/api/v1/schema/").json()["components"]["schemas"]["Record_text"]
    jsonschema.validate(rows[0], schema, cls=jsonschema.Draft202012Validator)


def test_what_is_erased_or_private_or_not_meant_to_stay_is_not_there(
    get: Get, grow: Grow, community: Community, private_community: Community
) -> None:
    grow(2)
    grow(1, where=private_community)
    assert len(words(get)) == 2
    EntryText.objects.filter(entry=0).update(text="", salt="", erased_at="2026-01-01T00:00Z")
    assert [row["sequence"] for row in words(get)] == [1]
    erase_words("community", [community.pk])
    assert words(get) == []
    grow(1)
    assert len(words(get)) == 1
    EntryText.objects.get(entry=3).entry.__class__.objects.filter(pk=3).update(kind="offer.made")
    assert words(get) == []


def test_nothing_of_a_community_that_became_private(get: Get, grow: Grow) -> None:
    grow(2)
    assert len(words(get)) == 2
    Community.objects.update(is_public=False)
    assert words(get) == []


DAMAGE = [
    (lambda row: row, 0, "The words are whole: 3 texts"),
    (lambda row: row | {"text": "Other words"}, 2, "The words 'body' of line 2 are not those"),
    (lambda row: row | {"field": "title"}, 2, "The words 'title' of line 2 are not those"),
    (lambda row: row | {"sequence": 9}, 2, "has words of lines that the record does not have"),
    (lambda row: [row], 1, "cannot be read as words of the record"),
]


@pytest.mark.parametrize(("damage", "code", "said"), DAMAGE, ids=range(len(DAMAGE)))
def test_the_script_checks_a_download_of_them(
    get: Get, grow: Grow, tmp_path: Path, damage: Any, code: int, said: str
) -> None:
    grow(3)
    rows = [json.loads(line) for line in b"".join(get("record/words", format="ndjson").streaming_content).splitlines()]
    rows[2] = damage(rows[2])
    (tmp_path / "words.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "record.ndjson").write_bytes(download())
    command = [sys.executable, "-I", "-S", str(SCRIPT), "record.ndjson", "--words", "words.ndjson"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
