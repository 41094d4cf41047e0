import hashlib
import json
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from record.announcements import SYSTEM, Actor, announce, canonical, happened
from record.erasure import erase_words
from record.models import Entry, EntryText, Event, RecordHead

ACTOR = Actor(role="resident", name="Amina Y")


def say(community, **more):
    with transaction.atomic():
        return announce("community.created", subject=community, community=community, actor=ACTOR, **more)


def test_an_entry_is_its_line(community):
    said = say(community, payload={"homes": 612}, texts={"name": "Larkfield Ünïcode"})
    entry = said.entry
    line = json.loads(entry.line)
    assert entry.hash == hashlib.sha256(entry.line.encode()).hexdigest()
    assert entry.line == canonical(line)
    assert line["previous"] == "0" * 64
    assert line["at"].endswith("+00:00")
    text = entry.texts.get()
    assert line["payload"]["text_sha256"]["name"] == hashlib.sha256((text.salt + text.text).encode()).hexdigest()
    assert "Larkfield" not in entry.line


def test_what_it_is_about_is_of_a_known_type(community, landlord):
    """The types are what the API lets one ask for."""
    with pytest.raises(ValueError, match="organisation"), transaction.atomic():
        announce("community.created", subject=landlord, community=community, actor=ACTOR)
    assert not Event.objects.exists()


def test_each_line_names_the_one_before(community):
    first, second = say(community).entry, say(community).entry
    assert json.loads(second.line)["previous"] == first.hash
    assert [first.sequence, second.sequence] == [0, 1]
    head = RecordHead.objects.get()
    assert (head.sequence_count, head.last_hash) == (2, second.hash)


def test_what_is_rolled_back_was_never_said(community):
    with transaction.atomic():
        announce("community.created", subject=community, community=community, actor=SYSTEM)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert not Event.objects.exists()
    assert say(community).entry.sequence == 0


def test_a_private_community_is_sealed(private_community):
    entry = say(private_community, payload={"homes": 3}).entry
    line = json.loads(entry.line)
    assert (line["kind"], line["community"], line["subject"], line["actor"]) == ("sealed", None, None, None)
    sealed = entry.sealed
    digest = hashlib.sha256((sealed["salt"] + canonical(sealed["facts"])).encode()).hexdigest()
    assert line["payload"] == {"sha256": digest}
    assert str(private_community.pk) not in entry.line
    assert not entry.is_public


def test_erasing_words_leaves_the_line_whole(community):
    entry = say(community, texts={"name": "secret words"}).entry
    assert erase_words("community", [community.pk]) == 1
    text = EntryText.objects.get()
    assert (text.text, text.salt) == ("", "")
    entry.refresh_from_db()
    assert entry.hash == hashlib.sha256(entry.line.encode()).hexdigest()


@pytest.mark.parametrize(("salt", "erased_at"), [("ab" * 15, None), ("", None), ("ab" * 16, "2026-01-01T00:00Z")])
def test_the_database_keeps_no_salt_that_is_cut_and_none_of_what_is_erased(community, salt, erased_at):
    say(community, texts={"name": "words"})
    with pytest.raises(IntegrityError, match="whole_salt_or_erased"), transaction.atomic():
        EntryText.objects.update(salt=salt, text="", erased_at=erased_at)


def test_a_kind_must_be_in_the_grammar(community):
    with pytest.raises(ValueError, match="KINDS"), transaction.atomic():
        announce("community.exploded", subject=community, community=community, actor=SYSTEM)


def test_no_floats(community):
    with pytest.raises(TypeError):
        say(community, payload={"share": [0.5]})


@pytest.mark.django_db(transaction=True)
def test_not_outside_a_transaction(community):
    with pytest.raises(RuntimeError):
        announce("community.created", subject=community, community=community, actor=SYSTEM)


def test_events_without_an_entry(community):
    said = say(community, public=False, once_key="only:once")
    assert said.entry is None
    assert happened("only:once")
    assert not Entry.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_threads_leave_no_gap(community):
    barrier = threading.Barrier(8)
    errors: list[BaseException] = []

    def append():
        try:
            barrier.wait()
            for _ in range(10):
                say(community)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=append) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    entries = list(Entry.objects.order_by("sequence"))
    assert [entry.sequence for entry in entries] == list(range(80))
    previous = "0" * 64
    for entry in entries:
        assert json.loads(entry.line)["previous"] == previous
        previous = entry.hash
