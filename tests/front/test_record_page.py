"""The record for people: plain words, the true bytes, few queries, nothing private."""

import hashlib
import html
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries, Settings

from communities.models import Community
from record.kinds import KINDS
from record.models import Checkpoint, Entry, Event, RecordKey
from record.verify import SCRIPT
from tests.front.conftest import MakeDecision
from tests.record.conftest import Grow, Sign, grow, sign
from words.plain import check

__all__ = ["grow", "sign"]  # fixtures of the record, for this room too


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_an_empty_record_is_a_page(client: Client, db: None) -> None:
    page = text_of(client, "/record/")
    assert "Nothing has happened yet" in page
    assert "There is no checkpoint yet" in page
    assert "There is none yet" in text_of(client, "/record/checkpoints/")
    assert client.get("/record/0/").status_code == 404


def test_the_page_says_what_the_record_is(client: Client, grow: Grow, sign: Sign, community: Community) -> None:
    grow(25)
    made = sign(0)
    page = text_of(client, "/record/")
    assert made.root in page
    assert page.count(KINDS["comment.added"]) == 20
    assert f'href="{community.get_absolute_url()}"' in page
    for link in (
        "/record/verify_record.py",
        "/api/v1/record/?format=ndjson",
        "/api/v1/record/checkpoints/25/",
        "/record/checkpoints/",
        "/record/key/",
        "/record/24/",
    ):
        assert f'href="{link}"' in page
    for form, media in (("atom", "atom+xml"), ("json", "feed+json")):
        address = f"/feeds/checkpoints.{form}"
        assert re.search(rf'<link rel="alternate"\s+type="application/{re.escape(media)}"[^>]*href="{address}"', page)
    assert "25, numbered from 0" in page  # the newest is line 24
    assert "25, from line 0 on" in page
    assert "The program is short" not in page
    older = client.get(f"/record/{client.get('/record/').context['page'].next_url}")
    assert older.content.decode().count(KINDS["comment.added"]) == 5


def test_it_costs_the_same_however_long_it_is(
    client: Client, grow: Grow, sign: Sign, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grow(300)
    sign(0)
    with django_assert_num_queries(4):  # the lines, their communities, the head, the newest checkpoint
        client.get("/record/")
    with django_assert_num_queries(1):
        client.get("/record/checkpoints/")
    with django_assert_num_queries(7):  # the line, the one before, its checkpoint, its place; and the proof
        client.get("/record/7/")


def test_one_line_to_the_letter(client: Client, grow: Grow, sign: Sign) -> None:
    grow(3)
    entry = Entry.objects.get(pk=1)
    page = text_of(client, "/record/1/")
    assert entry.line in page
    assert entry.hash in page
    assert json.loads(entry.line)["previous"] in page
    assert "No checkpoint covers it yet" in page
    assert Entry.objects.get(pk=0).hash in page
    made = sign(0)
    covered = client.get("/record/1/")
    assert made.root in covered.content.decode()
    assert len(covered.context["proof"]) == 2
    assert client.get("/record/3/").status_code == 404
    assert client.get("/record/99999999999999999999999/").status_code == 404


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 8, 13])
def test_the_proof_of_a_line_can_be_worked_out_from_its_page(client: Client, grow: Grow, sign: Sign, size: int) -> None:
    """As the page says it, with nothing but SHA-256: from the line to the fingerprint of the checkpoint."""
    grow(size)
    root = sign(0).root
    for sequence in range(size):
        page = text_of(client, f"/record/{sequence}/")
        found = hashlib.sha256(b"\0" + Entry.objects.get(pk=sequence).line.encode()).digest()
        steps = re.findall(r"On the (left|right):\s*<span class=\"hash\">([0-9a-f]{64})</span>", page)
        assert found.hex() in page or not steps
        for side, part in steps:
            given = bytes.fromhex(part)
            found = hashlib.sha256(b"\1" + (given + found if side == "left" else found + given)).digest()
        assert found.hex() == root
        assert root in page


def test_the_three_steps_work_as_they_stand_on_the_page(client: Client, grow: Grow, sign: Sign, tmp_path: Path) -> None:
    """Save what is linked under the names that the page gives, and type what it says: without and with the key."""
    grow(9)
    sign(0)
    grow(2)
    page = text_of(client, "/record/")
    for name in ("record.ndjson", "checkpoint-9.json"):
        (link,) = re.findall(rf'href="([^"]+)" download="{name}"', page)
        answer = client.get(link)
        held = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        (tmp_path / name).write_bytes(held)
    (tmp_path / "verify_record.py").write_bytes(client.get("/record/verify_record.py").content)
    lines = [strip_tags(line) for line in re.findall(r"<code>python3 (verify_record.+?)</code>", page)]
    assert ["--key" in line for line in lines] == [False, True]
    for line in lines:
        done = subprocess.run(
            [sys.executable, *line.split()], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert ("were not checked" in done.stdout) == ("--key" not in line)


def test_a_sealed_line_tells_nothing(client: Client, grow: Grow, private_community: Community) -> None:
    grow(1, where=private_community)
    for address in ("/record/", "/record/0/"):
        page = text_of(client, address)
        assert "Something happened in a private community" in page
        assert private_community.name not in page
        assert KINDS["comment.added"] not in page


def test_a_community_that_became_private_is_not_named(client: Client, grow: Grow, community: Community) -> None:
    grow(1)
    Community.objects.update(is_public=False)
    assert community.name not in text_of(client, "/record/")
    assert community.name not in text_of(client, "/record/0/")


def test_hostile_words_in_a_line_are_shown_as_words(client: Client, community: Community, grow: Grow) -> None:
    grow(1)
    Entry.objects.update(line=Entry.objects.get().line.replace("Amina Ü", "<script>alert(1)</script>"))
    assert "<script>alert(1)" not in client.get("/record/0/").content.decode()


@pytest.mark.parametrize("line", ["hello", "[1]", '{"actor":5,"kind":NaN}', '{"actor":{"organisation":"\\ud800"}}'])
def test_a_damaged_line_is_shown_and_hides_no_other(client: Client, grow: Grow, sign: Sign, line: str) -> None:
    grow(3)
    sign(0)
    Entry.objects.filter(pk=1).update(line=line)
    page = text_of(client, "/record/")
    assert page.count("This line cannot be read.") == 1
    assert page.count(KINDS["comment.added"]) == 2
    page = text_of(client, "/record/1/")
    assert "This line cannot be read." in page
    assert line in page
    assert Entry.objects.get(pk=1).hash in page


def test_the_page_of_a_line_opens_where_the_one_before_it_is_missing(client: Client, grow: Grow, sign: Sign) -> None:
    grow(3)
    sign(0)
    Event.objects.all().delete()
    Entry.objects.get(pk=1).delete()
    assert "The line before it is missing." in text_of(client, "/record/2/")


def test_checkpoints_are_listed(client: Client, grow: Grow, sign: Sign) -> None:
    grow(1)
    first = sign(0)
    grow(1)
    second = sign(1)
    page = text_of(client, "/record/checkpoints/")
    assert page.index(second.root) < page.index(first.root)
    assert 'href="/api/v1/record/checkpoints/2/"' in page


def test_every_key_stays_listed(client: Client, grow: Grow, sign: Sign, settings: Settings) -> None:
    grow(1)
    sign(0)
    settings.RECORD_SIGNING_KEY = "c29tZSBvdGhlciBrZXkgb2YgdGhpcnR5LXR3byBieXQ="
    grow(1)
    sign(1)
    response = client.get("/record/key/")
    keys = response.json()["keys"]
    assert response["Access-Control-Allow-Origin"] == "*"
    newest = Checkpoint.objects.get(pk=2)
    assert [key["key_id"] for key in keys] == [newest.key_id, Checkpoint.objects.get(pk=1).key_id]
    assert keys[0]["public_key"] == newest.key.public_key
    assert settings.RECORD_SIGNING_KEY not in response.content.decode()


@pytest.mark.parametrize("is_old", [False, True])
def test_no_key_is_used_for_the_last_time_before_the_first(
    client: Client, grow: Grow, sign: Sign, is_old: bool
) -> None:
    """A key was dated a moment after the note that it signed; sites that run have such rows."""
    grow(1)
    made = sign(0)
    assert made.key.first_used_at == made.at
    if is_old:
        RecordKey.objects.update(first_used_at=made.at + timedelta(milliseconds=3))
    (key,) = client.get("/record/key/").json()["keys"]
    assert key["first_used"] == key["last_used"]
    grow(1)
    sign(1)
    (key,) = client.get("/record/key/").json()["keys"]
    assert key["first_used"] < key["last_used"]


def test_the_script_is_served_as_it_is(client: Client, db: None) -> None:
    response = client.get("/record/verify_record.py")
    assert response.content == SCRIPT.read_bytes()
    assert "verify_record.py" in response["Content-Disposition"]


def test_what_is_below_opens_where_it_is(client: Client, grow: Grow) -> None:
    """Without JavaScript, on a phone: the error of the form, the next lines, and the thanks at the top."""
    grow(21)
    page = client.get("/record/").content.decode()
    assert re.search(r'action="/record/subscribe/#errors"[^>]*id="subscribe"', page)
    assert re.search(r'href="[^"]+#lines" rel="next"', page)
    assert 'id="lines"' in page
    answer = client.post("/record/subscribe/", {"email": "reader@example.org"})
    assert answer["Location"].endswith("#asked")
    assert 'id="asked"' in client.get(answer["Location"].partition("#")[0]).content.decode()


def test_decisions_and_the_footer_lead_to_it(
    client: Client, grow: Grow, community: Community, make_decision: MakeDecision
) -> None:
    (entry,) = grow(1)
    decision = make_decision(community, title="A bench")
    type(decision).objects.update(record_sequence=entry.sequence, record_hash=entry.hash)
    assert 'href="/record/0/"' in text_of(client, decision.get_absolute_url())
    assert 'href="/record/"' in text_of(client, "/")


@pytest.mark.parametrize("where", ["record.html", "record_checkpoints.html", "record_mail.html"])
def test_it_is_written_in_plain_words(where: str, settings: Settings) -> None:
    template = (settings.BASE_DIR / "templates" / "front" / where).read_text(encoding="utf-8")
    sentences = [part.split('"')[0] for part in template.split('{% translate "')[1:]]
    said = check(" ".join(one for one in sentences if one.endswith(".")))
    assert said.age <= 11, said
