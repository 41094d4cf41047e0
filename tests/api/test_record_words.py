"""The words beside the lines: a stranger can check them, and what is private or erased is not there."""

import csv
import hashlib
import io
import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from communities.models import Community
from record import clock
from record.announcements import SYSTEM, announce
from record.erasure import erase_words
from record.models import EntryText
from record.verify import SCRIPT
from record.verify.verify_record import KEPT_BACK
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
    assert [row["sequence"] for row in words(get) if row["text"] is not None] == [1]
    erase_words("community", [community.pk])
    assert [row["text"] for row in words(get)] == [None, None]
    grow(1)
    assert len(words(get)) == 3
    EntryText.objects.get(entry=3).entry.__class__.objects.filter(pk=3).update(kind="offer.made")
    assert [row["text"] for row in words(get)] == [None, None]
    # What never was public leaves no sign when it is erased.
    erase_words("community", [private_community.pk])
    EntryText.objects.filter(entry=3).update(text="", salt="", erased_at=clock.now())
    assert [row["sequence"] for row in words(get)] == [0, 1]


def test_words_that_were_taken_away_leave_a_row_in_every_form(get: Get, grow: Grow, client: Client) -> None:
    grow(2)
    moment = clock.now()
    EntryText.objects.filter(entry=0).update(text="", salt="", erased_at=moment)
    gone, kept = downloaded(get)
    assert (gone["salt"], gone["text"], gone["erased"], gone["field"]) == (None, None, True, "body")
    assert datetime.fromisoformat(gone["erased_at"]) == moment
    assert (kept["text"], kept["erased"], kept["erased_at"]) == ("Words 1", False, None)
    assert words(get) == [gone, kept] == words(get, count="true")
    table = csv.DictReader(io.StringIO(b"".join(get("record/words", format="csv").streaming_content).decode()))
    assert [(row["salt"], row["text"], row["erased"]) for row in table] == [
        ("", "", "true"),
        (kept["salt"], "Words 1", "false"),
    ]
    jsonschema = pytest.importorskip("jsonschema")
    schema = client.get("/api/v1/schema/").json()["components"]["schemas"]["Record_text"]
    jsonschema.validate(gone, schema, cls=jsonschema.Draft202012Validator)


def test_a_mirror_of_the_words_loses_what_is_taken_away(get: Get, grow: Grow, community: Community) -> None:
    """As the guide says: ask with the moment of the last time, and put each row in place of the one before it."""
    grow(3)
    copy, asked_at = by_place(downloaded(get)), clock.now()
    with clock.at(asked_at + timedelta(minutes=1)):
        assert words(get, updated_since=asked_at.isoformat()) == []
        grow(1, texts={"body": "New words"})
        erase_words("community", [community.pk], texts=["Words 1"])
        changed = words(get, updated_since=asked_at.isoformat())
        assert [(row["sequence"], row["erased"]) for row in changed] == [(1, True), (3, False)]
        copy |= by_place(changed)
        assert copy == by_place(downloaded(get))
        assert "Words 1" not in str(copy)


def by_place(rows: list[dict[str, Any]]) -> dict[tuple[int, str], dict[str, Any]]:
    return {(row["sequence"], row["field"]): row for row in rows}


def test_nothing_of_a_community_that_became_private(get: Get, grow: Grow) -> None:
    grow(2)
    assert len(words(get)) == 2
    Community.objects.update(is_public=False)
    assert words(get) == []


def _front_into_salt(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"salt": row["salt"] + row["text"][:3], "text": row["text"][3:]}


def _end_of_salt_into_text(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"salt": row["salt"][:-4], "text": row["salt"][-4:] + row["text"]}


DAMAGE = [
    (lambda row: row, 0, "The words are whole: 3 texts"),
    # Salt and text together are the same, and give the same fingerprint.
    (_front_into_salt, 2, "The salt of the words 'body' of line 2 is not 32 small hex figures"),
    (_end_of_salt_into_text, 2, "The salt of the words 'body' of line 2 is not 32 small hex figures"),
    (lambda row: row | {"salt": row["salt"].upper() + "\n"}, 2, "is not 32 small hex figures"),
    (lambda row: row | {"salt": None}, 1, "cannot be read as words of the record"),
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
    rows = downloaded(get)
    rows[2] = damage(rows[2])
    ended, told = checked(tmp_path, rows)
    assert (ended, said in told) == (code, True), told


def downloaded(get: Get) -> list[dict[str, Any]]:
    """The words as a stranger has them."""
    return [json.loads(line) for line in b"".join(get("record/words", format="ndjson").streaming_content).splitlines()]


def checked(folder: Path, rows: list[dict[str, Any]]) -> tuple[int, str]:
    """How the script ended with these words and the whole record, and what it said."""
    (folder / "words.ndjson").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "record.ndjson").write_bytes(download())
    command = [sys.executable, "-I", "-S", str(SCRIPT), "record.ndjson", "--words", "words.ndjson"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60, text=True)
    return done.returncode, done.stdout + done.stderr


def test_the_script_says_how_many_words_are_missing(get: Get, grow: Grow, tmp_path: Path) -> None:
    """A file that is empty or cut proves nothing of what is not in it."""
    grow(3)
    rows = downloaded(get)
    for count in (0, 2):
        ended, said = checked(tmp_path, rows[:count])
        assert ended == 3
        assert f"{count} of 3 texts are in the words" in said
        assert f"{3 - count} have no words in this file" in said
        assert "The words are whole" not in said
        assert "The record is whole" in said


def test_the_script_takes_the_row_of_erased_words_for_them(
    get: Get, grow: Grow, tmp_path: Path, community: Community
) -> None:
    """And needs none where the site keeps the words back."""
    grow(3)
    before = downloaded(get)
    erase_words("community", [community.pk], texts=["Words 1"])
    with transaction.atomic():
        for kind in sorted(KEPT_BACK):
            announce(kind, subject=community, community=community, actor=SYSTEM, texts={"text": "Kept back"})
    ended, said = checked(tmp_path, downloaded(get))
    assert (ended, "The words are whole: 2 texts" in said) == (0, True)
    assert "1 texts were taken away" in said
    assert "2 more are of offers" in said
    assert checked(tmp_path, before)[0] == 0  # an old copy holds what was erased since: it is right
    ended, said = checked(tmp_path, [before[0] | {"erased": True}, *before[1:]])
    assert (ended, "are said to be taken away, and there they are" in said) == (2, True)
    nowhere = before[0] | {"field": "title", "erased": True, "salt": None, "text": None}
    ended, said = checked(tmp_path, [*before, nowhere])
    assert (ended, "'title' of line 0 are not those" in said) == (2, True)
