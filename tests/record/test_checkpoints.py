"""Checkpoints: one a day, once, signed, and never for a record that is not what it was."""

import json
import logging
import stat
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from communities.models import Community
from record import checkpoints, clock, keys, tasks, tree
from record.checkpoints import RecordBroken, make_checkpoint
from record.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from record.models import Checkpoint, Entry, EntryText, RecordHead, RecordKey, TreeBlock
from tests.record.conftest import Grow, Sign

pytestmark = pytest.mark.django_db


def leaves() -> list[bytes]:
    return [leaf_hash(line.encode()) for line in Entry.objects.order_by("pk").values_list("line", flat=True)]


def test_it_says_what_the_record_is(grow: Grow, sign: Sign) -> None:
    grow(7)
    made = sign(0)
    assert made.sequence_count == 7
    assert made.root == root_of(leaves()).hex()
    note = json.loads(made.note)
    assert set(note) == {"origin", "sequence_count", "root", "at"}
    assert (note["sequence_count"], note["root"]) == (7, made.root)
    assert keys.is_signed(made.note, made.signature, made.key.public_key)
    assert not keys.is_signed(made.note + " ", made.signature, made.key.public_key)


def test_at_most_one_a_day_and_none_without_news(grow: Grow, sign: Sign) -> None:
    assert make_checkpoint() is None
    grow(1)
    sign(0)
    grow(1)
    assert make_checkpoint() is None
    tomorrow = clock.now() + timedelta(days=1)
    with clock.at(tomorrow):
        assert make_checkpoint() is not None
        assert make_checkpoint() is None
    with clock.at(tomorrow + timedelta(days=1)):
        assert make_checkpoint() is None
    assert list(Checkpoint.objects.values_list("sequence_count", flat=True).order_by("pk")) == [1, 2]


def test_the_run_that_finds_nothing_to_do_is_cheap(
    grow: Grow, sign: Sign, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grow(3)
    sign(0)
    with django_assert_num_queries(2):
        make_checkpoint()


@pytest.mark.parametrize("sizes", [(1, 1, 1), (255, 1, 1), (256, 256, 1), (300, 400, 77), (700, 68, 256)])
def test_the_tree_over_blocks_is_the_tree_over_lines(grow: Grow, sizes: tuple[int, ...]) -> None:
    for more in sizes:
        grow(more, texts={})
    total, all_leaves = sum(sizes), leaves()
    for filled in (False, True):
        if filled:
            tree.fill_blocks(total)
            assert TreeBlock.objects.count() == total // 256
        for old in {1, sizes[0], total // 2, total - 1, total}:
            old_root, root = root_of(all_leaves[:old]), root_of(all_leaves)
            assert tree.root_at(old) == old_root
            assert verify_consistency(old, total, old_root, root, tree.consistency_between(old, total))
            proof = tree.inclusion_at(old - 1, total)
            assert verify_inclusion(old - 1, total, all_leaves[old - 1], proof, root)


def test_a_proof_in_a_long_record_reads_little(grow: Grow, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    grow(1000, texts={})
    tree.fill_blocks(1000)
    with django_assert_num_queries(3):  # the blocks, and the lines of two of them
        tree.consistency_between(300, 1000)


def test_the_next_checkpoint_costs_only_the_new_lines(grow: Grow, sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(600, texts={})
    sign(0)
    grow(10, texts={})
    read: list[int] = []
    following = tree.entries_between
    monkeypatch.setattr(tree, "entries_between", lambda start, end=None: read.append(start) or following(start, end))
    sign(1)
    assert read == [600]


# ── A record that is not what it was ──────────────────────────────────────────────────────────────────────────────────


def change(sequence: int) -> None:
    entry = Entry.objects.get(pk=sequence)
    Entry.objects.filter(pk=sequence).update(line=entry.line.replace("resident", "Resident"))


def shorten() -> None:
    RecordHead.objects.update(sequence_count=3)


DAMAGE: list[tuple[Callable[[], object], str]] = [
    (lambda: change(2), "lines were changed after they were signed for"),
    (lambda: change(8), "Line 8 does not have the hash"),
    (lambda: Entry.objects.filter(pk=8).update(sequence=99), "Line 8 is missing"),
    (lambda: Checkpoint.objects.update(root="0" * 64), "does not say what its note says"),
    (lambda: Checkpoint.objects.update(signature="AAAA"), "signature of the checkpoint of 5 lines is not right"),
    (shorten, "The record has 3 lines, and the last checkpoint had 5"),
    (lambda: RecordHead.objects.update(sequence_count=12), "The record says that it has 12 lines"),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGE, ids=range(len(DAMAGE)))
def test_nothing_is_signed_and_it_is_said_loudly(
    grow: Grow,
    sign: Sign,
    damage: Callable[[], object],
    words: str,
    mailoutbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
    settings: Settings,
) -> None:
    grow(5)
    sign(0)
    entries = grow(5)
    EntryText.objects.filter(entry__in=entries).delete()
    [entry.event.delete() for entry in entries]  # so that a test may move a line
    damage()
    with clock.at(clock.now() + timedelta(days=1)):
        with pytest.raises(RecordBroken, match=words):
            make_checkpoint()
        tasks.make_checkpoint()
    assert Checkpoint.objects.count() == 1
    (mail,) = mailoutbox
    assert mail.to == [settings.CONTACT_EMAIL]
    assert words in mail.body
    assert [record.levelno for record in caplog.records if record.name == "record.alarm"] == [logging.CRITICAL]


def test_a_mail_server_that_is_away_does_not_silence_the_log(
    grow: Grow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(self: EmailMessage, fail_silently: bool = False) -> int:
        raise OSError("nobody there")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    grow(3)
    change(1)
    tasks.check_record()
    assert "The record is broken." in caplog.text
    assert "could not be sent" in caplog.text


def test_another_worker_was_quicker(grow: Grow, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(4)
    following = checkpoints._follow

    def meanwhile(last: Checkpoint | None, size: int) -> None:
        following(last, size)
        monkeypatch.setattr(checkpoints, "_follow", following)
        assert make_checkpoint() is not None

    monkeypatch.setattr(checkpoints, "_follow", meanwhile)
    assert make_checkpoint() is None
    assert Checkpoint.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one(grow: Grow) -> None:
    grow(20)
    together, made = threading.Barrier(6), []

    def work() -> None:
        together.wait()
        try:
            made.append(make_checkpoint())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in made if one]) == 1
    assert len(made) == 6
    assert Checkpoint.objects.count() == 1


# ── Keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_key_leaves_the_old_checkpoints_verifiable(grow: Grow, sign: Sign, settings: Settings) -> None:
    grow(1)
    old = sign(0)
    settings.RECORD_SIGNING_KEY = "c29tZSBvdGhlciBrZXkgb2YgdGhpcnR5LXR3byBieXQ="
    grow(1)
    new = sign(1)
    assert RecordKey.objects.count() == 2
    assert old.key_id != new.key_id
    for one in Checkpoint.objects.select_related("key"):
        assert keys.is_signed(one.note, one.signature, one.key.public_key)


def test_without_a_key_one_is_made_and_kept_for_its_owner_alone(tmp_path, settings: Settings) -> None:
    settings.RECORD_SIGNING_KEY, settings.VAR_DIR = "", tmp_path
    first, _signature = keys.sign("a note", clock.now())
    second, _signature = keys.sign("another note", clock.now())
    assert first == second
    assert [path.name for path in tmp_path.iterdir()] == ["record_key"]
    assert stat.S_IMODE((tmp_path / "record_key").stat().st_mode) == 0o600
    assert (tmp_path / "record_key").read_text() not in str(RecordKey.objects.values())


@pytest.mark.parametrize("wrong", ["short", "c2hvcnQ=", "ä"])
def test_a_key_that_is_none_is_refused(wrong: str, settings: Settings) -> None:
    settings.RECORD_SIGNING_KEY = wrong
    with pytest.raises(ImproperlyConfigured):
        keys.sign("a note", clock.now())


def test_a_sealed_line_is_a_leaf_like_any_other(grow: Grow, sign: Sign, private_community: Community) -> None:
    grow(2)
    grow(2, where=private_community)
    assert sign(0).root == root_of(leaves()).hex()
