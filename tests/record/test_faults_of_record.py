"""`manage.py check_record` finds each kind of fault, names the line, and ends with 1."""

import io
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from communities.models import Community
from record import clock, tasks
from record.announcements import canonical, digest_of
from record.chain import read_line
from record.checking import faults_of_record
from record.erasure import erase_words
from record.models import Checkpoint, Entry, EntryText, Event, RecordHead, RecordKey, TreeBlock
from tests.record.conftest import lines, signed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Public lines, sealed ones, two checkpoints, one block, and words of which some are erased: once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        estate = Community.objects.create(name="Larkfield Estate", slug="larkfield")
        ward = Community.objects.create(name="Marrow Ward", slug="marrow-ward", is_public=False)
        lines(estate, 150)
        signed(0)
        lines(ward, 110)
        signed(1)
        lines(estate, 4)
        erase_words("community", [ward.pk])
        Event.objects.all().delete()  # so that a test may take lines away
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def record(written: None, db: None) -> None:
    """Each test has the record in a transaction of its own."""


def test_a_whole_record() -> None:
    out = io.StringIO()
    call_command("check_record", stdout=out)
    assert "The record is whole: 264 lines, 2 checkpoints." in out.getvalue()


def entry(sequence: int) -> Any:
    return Entry.objects.filter(pk=sequence)


def edit(sequence: int, old: str, new: str) -> None:
    line = entry(sequence).get().line
    assert old in line
    entry(sequence).update(line=line.replace(old, new))


def take_out(sequence: int) -> None:
    EntryText.objects.filter(entry=sequence).delete()
    entry(sequence).delete()


def open_seal() -> None:
    one = entry(200).get()
    one.sealed["facts"]["actor"]["role"] = "facilitator"
    one.save()


def seal_with_a_short_salt(sequence: int) -> None:
    one = entry(sequence).get()
    one.sealed["salt"] = "0123"
    digest = digest_of("0123" + canonical(one.sealed["facts"]))
    edit(sequence, read_line(one.line)["payload"]["sha256"], digest)  # type: ignore[index]
    entry(sequence).update(sealed=one.sealed)


def not_erased(sequence: int) -> None:
    EntryText.objects.filter(entry=sequence).update(erased_at=None, salt="0" * 32)


def move_into_text(sequence: int) -> None:
    """The end of the salt stands before the text: the digest of both is the same. The database would refuse it."""
    row = EntryText.objects.get(entry=sequence)
    of_sqlite = connection.vendor == "sqlite"
    drop = "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE record_entrytext DROP CONSTRAINT whole_salt_or_erased"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON" if of_sqlite else drop)
        EntryText.objects.filter(pk=row.pk).update(salt=row.salt[:28], text=row.salt[28:] + row.text)
        if of_sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def as_blob(sequence: int) -> None:
    """SQLite keeps whatever is given in a column of text; PostgreSQL writes the bytes out as text."""
    as_bytes = "CAST(line AS blob)" if connection.vendor == "sqlite" else "CAST(convert_to(line, 'UTF8') AS text)"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE record_entry SET line = {as_bytes} WHERE sequence = %s", [sequence])


DAMAGE: list[tuple[Callable[[], object], str]] = [
    (lambda: edit(7, "resident", "Resident"), "Line 7 does not have the hash"),
    (lambda: edit(7, "resident", "Resident"), "Line 8 does not follow"),
    (lambda: edit(7, "resident", "Resident"), "The first 150 lines are not those of the checkpoint"),
    (lambda: edit(7, "resident", "Resident"), "The hash that is kept for lines 0 to 255 is not right"),
    (lambda: edit(7, ":{", ": {"), "Line 7 is not a line of the record"),
    (lambda: edit(7, '"sequence":7', '"sequence":8'), "Line 7 calls itself 8"),
    (lambda: entry(7).update(line="nonsense"), "Line 7 is not a line of the record"),
    (lambda: entry(7).update(line='["a"]'), "Line 7 is not a line of the record"),
    (lambda: entry(7).update(hash="0" * 64), "Line 7 does not have the hash"),
    (lambda: take_out(7), "Line 7 is missing: line 8 stands in its place"),
    (lambda: take_out(263), "The record says that it has 264 lines"),
    (lambda: RecordHead.objects.update(last_hash="0" * 64), "The record says that it has 264 lines"),
    (lambda: RecordHead.objects.update(sequence_count=263), "Line 263 stands behind the end"),
    (lambda: entry(7).update(kind="offer.made"), "What is kept beside line 7 is not what the line says"),
    (lambda: entry(7).update(is_public=False), "What is kept beside line 7 is not what the line says"),
    (lambda: entry(200).update(is_public=True), "What is kept beside line 200 is not what the line says"),
    (open_seal, "Line 200 is sealed, and what it seals was changed"),
    (lambda: EntryText.objects.filter(entry=7).update(text="other"), "The words “body” of line 7 were changed"),
    (lambda: EntryText.objects.filter(entry=7).update(salt="0" * 32), "The words “body” of line 7 were changed"),
    (lambda: move_into_text(7), "The words “body” of line 7 were changed"),
    (lambda: not_erased(200), "The words “body” of line 200 were changed"),
    (lambda: EntryText.objects.filter(entry=7).delete(), "Line 7 speaks of words that are not kept"),
    (lambda: Checkpoint.objects.filter(sequence_count=150).update(root="0" * 64), "does not say what its note says"),
    (lambda: Checkpoint.objects.filter(sequence_count=150).update(note="{}"), "is not right"),
    (lambda: Checkpoint.objects.filter(sequence_count=150).update(note="?"), "cannot be read"),
    (lambda: Checkpoint.objects.filter(sequence_count=260).update(sequence_count=300), "A checkpoint covers 300 lines"),
    (lambda: Checkpoint.objects.all().delete(), "has signed, and no checkpoint of it is kept"),
    # What is JSON, and not what belongs there: it must be told like any other damage.
    (lambda: Checkpoint.objects.filter(sequence_count=150).update(note="[]"), "cannot be read"),
    (lambda: Checkpoint.objects.filter(sequence_count=260).update(root="?"), "does not say what its note says"),
    (lambda: entry(7).update(line='{"payload":[1],"subject":"x"}'), "Line 7 calls itself None"),
    (lambda: entry(7).update(line="[" * 9000), "Line 7 is not a line of the record"),
    (lambda: seal_with_a_short_salt(200), "Line 200 is sealed, and what it seals was changed"),
    (lambda: entry(200).update(sealed=5), "Line 200 is sealed, and what it seals was changed"),
    (lambda: entry(200).update(sealed={"facts": 5}), "Line 200 is sealed, and what it seals was changed"),
    (lambda: entry(200).update(sealed={"facts": {"a": 1.5}}), "Line 200 is sealed, and what it seals was changed"),
    (lambda: as_blob(7), "Line 7 is not a line of the record"),
    (lambda: TreeBlock.objects.update(hash="0" * 64), "The hash that is kept for lines 0 to 255 is not right"),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGE, ids=range(len(DAMAGE)))
def test_each_fault_is_found(
    damage: Callable[[], object],
    words: str,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    damage()
    assert any(words in fault for fault in faults_of_record()), faults_of_record()
    errors = io.StringIO()
    with pytest.raises(CommandError, match="broken") as refused:
        call_command("check_record", stderr=errors)
    assert refused.value.returncode == 1
    assert words in errors.getvalue()
    tasks.check_record()
    assert words in mailoutbox[0].body
    assert logging.CRITICAL in [record.levelno for record in caplog.records]


def test_lines_that_stay_without_a_checkpoint_are_told() -> None:
    """Taken out together with its key; or beat, or the key, is gone since some days."""
    with clock.at(clock.now() + timedelta(days=2, hours=1)):
        assert any("Line 260 is of" in fault for fault in faults_of_record())
    Checkpoint.objects.all().delete()
    RecordKey.objects.all().delete()
    assert faults_of_record() == []
    with clock.at(clock.now() + timedelta(days=3)):
        assert any("Line 0 is of" in fault for fault in faults_of_record())


@pytest.mark.parametrize(
    ("task", "broken", "title"),
    [
        ("check_record", "record.checking.faults_of_record", "The record could not be checked."),
        ("make_checkpoint", "record.checkpoints.make_checkpoint", "No checkpoint could be made."),
    ],
)
def test_a_check_that_falls_over_is_an_alarm(
    task: str,
    broken: str,
    title: str,
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fall_over() -> None:
        raise AttributeError("something odd")

    monkeypatch.setattr(broken, fall_over)
    getattr(tasks, task)()
    assert title in mailoutbox[0].subject
    assert "something odd" in mailoutbox[0].body
    assert logging.CRITICAL in [record.levelno for record in caplog.records]


def test_a_command_that_falls_over_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over() -> None:
        raise AttributeError("something odd")

    monkeypatch.setattr("record.management.commands.check_record.faults_of_record", fall_over)
    with pytest.raises(CommandError, match=r"could not be checked.*something odd"):
        call_command("check_record")


def test_it_reads_in_pieces(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(17):  # of which 7 are for the rows that are compared
        faults_of_record()
