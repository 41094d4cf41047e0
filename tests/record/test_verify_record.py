"""The public's own check of the record: it stands alone, and whatever was tampered with is found and said."""

import ast
import base64
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from accounts.models import User
from proposals.actions.talk import add_comment, remove_comment
from record.announcements import canonical
from record.checkpoints import document_of
from record.models import EntryText, RecordKey
from record.verify import SCRIPT, verify_record
from tests.record.conftest import Grow, Sign, Verify, download


def test_it_needs_nothing_but_python_3_9() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 9))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    zips = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "zip"]
    assert not zips  # its `strict` came with Python 3.10


def test_a_whole_record_with_all_its_checkpoints(grow: Grow, sign: Sign, verify: Verify) -> None:
    checkpoints = []
    for day, count in enumerate((1, 6, 300, 5)):
        grow(count)
        checkpoints.append(sign(day))
    grow(2)
    ended, said = verify(download(), checkpoints, RecordKey.objects.get().public_key)
    assert ended == 0
    assert said.count("unchanged") == 4
    assert "The record is whole: 314 lines" in said
    assert "not checked" not in said


def test_checkpoints_as_the_api_gives_them(grow: Grow, sign: Sign, tmp_path: Path, client: Client) -> None:
    """One a line, or a page: as many as there are are read, and each of them is compared."""
    for day in range(3):
        grow(2)
        sign(day)
    for form in ("ndjson", "json"):
        answer = client.get("/api/v1/record/checkpoints/", {"format": form})
        held = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        path = tmp_path / f"checkpoints.{form}"
        path.write_bytes(held)
        assert sorted(one["sequence_count"] for one in verify_record.read_checkpoints(str(path))) == [2, 4, 6]
    path.write_text('{"half": \n{"of it"', encoding="utf-8")
    with pytest.raises(verify_record.Unreadable):
        verify_record.read_checkpoints(str(path))


def test_without_a_checkpoint_it_says_what_it_cannot_know(grow: Grow, verify: Verify) -> None:
    grow(3)
    ended, said = verify(download())
    assert ended == 0
    assert "Without a checkpoint" in said


def test_signatures_are_checked_only_with_a_key_and_it_says_so(grow: Grow, sign: Sign, verify: Verify) -> None:
    grow(3)
    assert "were not checked" in verify(download(), [sign(0)])[1]


# ── Tampering ─────────────────────────────────────────────────────────────────────────────────────────────────────────


BARE = ("sequence_count", "root", "note", "signature")  # what a checkpoint must have


def lines_of(record: bytes) -> list[bytes]:
    return record.splitlines(keepends=True)


def rewritten(record: bytes) -> bytes:
    return record.replace(b'"number":3', b'"number":9')


def rewritten_with_its_chain(record: bytes) -> bytes:
    """By somebody who made every following line anew."""
    previous, out = "0" * 64, []
    for line in lines_of(rewritten(record)):
        facts = json.loads(line) | {"previous": previous}
        text = canonical(facts).encode()
        previous = hashlib.sha256(text).hexdigest()
        out.append(text + b"\n")
    return b"".join(out)


def taken_out(record: bytes) -> bytes:
    return b"".join(line for number, line in enumerate(lines_of(record)) if number != 3)


def taken_out_and_numbered_again(record: bytes) -> bytes:
    previous, out = "0" * 64, []
    for number, line in enumerate(lines_of(taken_out(record))):
        text = canonical(json.loads(line) | {"previous": previous, "sequence": number}).encode()
        previous = hashlib.sha256(text).hexdigest()
        out.append(text + b"\n")
    return b"".join(out)


def in_another_order(record: bytes) -> bytes:
    lines = lines_of(record)
    lines[2], lines[3] = lines[3], lines[2]
    return b"".join(lines)


def doubled(record: bytes) -> bytes:
    lines = lines_of(record)
    return b"".join([*lines[:4], lines[3], *lines[4:]])


def the_last_one_rewritten(record: bytes) -> bytes:
    return record[::-1].replace(b'7:"rebmun"', b'8:"rebmun"', 1)[::-1]


TAMPERING = [
    (rewritten, "line 3 or line 4 was rewritten"),
    (rewritten_with_its_chain, "at least one of them was rewritten"),
    (taken_out, "Where line 3 should stand there is line 4"),
    (taken_out_and_numbered_again, "it was cut off"),
    (in_another_order, "put in another order"),
    (doubled, "doubled"),
    (the_last_one_rewritten, "at least one of them was rewritten"),
    (lambda record: b"".join(lines_of(record)[:-1]), "covers 8 lines, and the file has 7: it was cut off"),
    (lambda record: b"".join(lines_of(record)[1:]), "Where line 0 should stand there is line 1"),
    (lambda record: record[:-1], "ends in the middle of line 7"),
    (lambda record: record[:-30], "ends in the middle of line 7"),
    (lambda record: record.replace(b'"number":3', b'"number": 3'), "Line 3 is not a line of the record"),
    (lambda record: record.replace(b"\n", b"\r\n"), "Line 0 is not a line of the record"),
    (lambda record: b"\n" + record, "Line 0 is not a line of the record"),
    (lambda record: record.replace(b"Amina", b"Am\xffna"), "Line 0 is not a line of the record"),
    (lambda record: record + b"{}\n", "Line 8 is not a line of the record"),
    (lambda record: record + b'{"sequence":"8"}\n', "Line 8 is not a line of the record"),
    (lambda record: b"", "it was cut off"),
    (lambda record: b"[" * 100_000 + b"\n", "Line 0 is not a line of the record"),
]


@pytest.mark.parametrize(("tamper", "words"), TAMPERING, ids=range(len(TAMPERING)))
def test_tampering_is_found_and_said(
    grow: Grow, sign: Sign, verify: Verify, tamper: Callable[[bytes], bytes], words: str
) -> None:
    grow(8)
    checkpoint, record = sign(0), download()
    assert verify(record, [checkpoint])[0] == 0
    changed = tamper(record)
    assert changed != record
    ended, said = verify(changed, [checkpoint])
    assert ended == 2
    assert said.startswith("BROKEN.")
    assert words in said


def test_a_record_made_anew_does_not_fit_an_old_checkpoint(grow: Grow, sign: Sign, verify: Verify) -> None:
    """It is a whole chain, and nobody could tell without the checkpoint."""
    grow(5)
    old, anew, previous = sign(0), b"", "0" * 64
    for number in range(6):
        line = canonical({"sequence": number, "previous": previous, "kind": "community.created"}).encode()
        previous, anew = hashlib.sha256(line).hexdigest(), anew + line + b"\n"
    assert verify(anew)[0] == 0
    ended, said = verify(anew, [old])
    assert (ended, "at least one of them was rewritten" in said) == (2, True)


def test_checkpoints_that_contradict_each_other(grow: Grow, sign: Sign, verify: Verify) -> None:
    grow(5)
    first = document_of(sign(0))
    grow(5)
    second = document_of(sign(1))
    note = json.loads(second["note"])
    first, other = (
        {name: one[name] for name in BARE} for one in (first, second)
    )  # no key is named: none is held to it
    other |= {"root": "1" * 64, "note": canonical(note | {"root": "1" * 64})}
    assert "two different records" in verify(download(), [second, other])[1]
    shrunk = first | {"note": canonical(json.loads(first["note"]) | {"at": "2999-01-01T00:00:00+00:00"})}
    ended, said = verify(download(), [shrunk, second])
    assert (ended, "it shrank" in said) == (2, True)


def test_a_checkpoint_that_was_changed(grow: Grow, sign: Sign, verify: Verify) -> None:
    grow(5)
    document, key = document_of(sign(0)), RecordKey.objects.get().public_key
    for change in ({"sequence_count": 4}, {"root": "0" * 64}, {"note": "{}"}, {"note": "nonsense"}):
        assert verify(download(), [document | change])[0] == 2
    moment = "2020-01-01T00:00:00+00:00"
    note = canonical(json.loads(document["note"]) | {"at": moment})
    ended, said = verify(download(), [{name: document[name] for name in BARE} | {"note": note}])
    assert (ended, "1 of 1 checkpoints name no key: anybody could have made them" in said) == (3, True)
    for change in ({"note": note, "at": moment}, {"signature": ""}, {"signature": "AAAA"}, {"signature": "?"}):
        ended, said = verify(download(), [document | change], key)
        assert (ended, "not signed with this key" in said) == (2, True)
        ended, said = verify(download(), [document | change])
        assert (ended, "not signed with the key that it names" in said) == (2, True)
    other = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    assert verify(download(), [document], other)[0] == 2


def test_what_stands_beside_the_note_is_held_against_it(grow: Grow, sign: Sign, verify: Verify) -> None:
    """A reader looks at the moment and the key of a checkpoint, not into its note."""
    grow(5)
    document, key = document_of(sign(0)), RecordKey.objects.get().public_key
    other = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    for given in (key, ""):
        assert verify(download(), [document], given)[0] == 0
        for at in ("2020-01-01T00:00:00.000000Z", document["at"][:-1], "", 5, ["a"]):
            ended, said = verify(download(), [document | {"at": at}], given)
            assert (ended, "of another moment than its note says" in said) == (2, True)
        for named in (other, "", "short", 5, ["a"]):
            ended, said = verify(download(), [document | {"public_key": named}], given)
            assert (ended, "not signed with the key that it names" in said) == (2, True)


def test_what_cannot_be_read_is_not_called_broken(grow: Grow, verify: Verify) -> None:
    grow(1)
    for wrong in ({}, {"sequence_count": "1"}, {"sequence_count": True, "root": "", "note": "", "signature": ""}):
        assert verify(download(), [wrong])[0] == 1
    assert verify(download(), [], "short")[0] == 1
    for empty in ([], {"results": []}):
        ended, said = verify(download(), [empty])
        assert (ended, "The record is whole" in said) == (1, False)
    with pytest.raises(SystemExit) as ended:
        verify_record.main(["a", "--wrong"])
    assert ended.value.code == 1
    assert verify_record.main(["/nowhere/record.ndjson"]) == 1


def test_a_page_of_the_api_is_read_too(grow: Grow, sign: Sign, verify: Verify) -> None:
    grow(2)
    first = sign(0)
    grow(2)
    page = {"next": None, "previous": None, "results": [document_of(first), document_of(sign(1))]}
    assert verify(download(), [page])[1].count("unchanged") == 2


# ── Ed25519 ───────────────────────────────────────────────────────────────────────────────────────────────────────────

# RFC 8032, section 7.1: the first three tests.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
        "b00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
        "c027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_ed25519_of_the_rfc(key: str, message: str, signature: str) -> None:
    parts = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)
    assert verify_record.is_signed(*parts)
    assert not verify_record.is_signed(parts[0], parts[1] + b"x", parts[2])
    for at in (0, 31, 32, 63):
        changed = bytearray(parts[2])
        changed[at] ^= 1
        assert not verify_record.is_signed(parts[0], parts[1], bytes(changed))
    scalar = int.from_bytes(parts[2][32:], "little") + verify_record.ORDER  # the same number, written another way
    assert not verify_record.is_signed(parts[0], parts[1], parts[2][:32] + scalar.to_bytes(32, "little"))


def test_ed25519_as_cryptography_signs() -> None:
    for number in range(8):
        private = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        public, message = private.public_key().public_bytes_raw(), b"note %d" % number
        assert verify_record.is_signed(public, message, private.sign(message))
        assert not verify_record.is_signed(bytes([number]) * 32, message, private.sign(message))


# ── Erasure ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_erasing_a_persons_words_leaves_every_download_verifiable(
    tabled, resident: User, grow: Grow, sign: Sign, verify: Verify
) -> None:
    comment = add_comment(proposal=tabled, acting_user=resident, body="I fell here", submission=uuid4())
    before, old = download(), sign(0)
    assert EntryText.objects.filter(text="I fell here").exists()
    remove_comment(comment=comment, acting_user=resident)
    grow(1)
    after, new = download(), sign(1)
    assert not EntryText.objects.filter(text__contains="I fell").exists()
    assert b"I fell here" not in before
    assert after.startswith(before)
    assert verify(before, [old])[0] == 0
    assert verify(after, [old, new], RecordKey.objects.get().public_key)[0] == 0


def test_no_resident_is_named_in_a_line(tabled, resident: User, neighbour: User) -> None:
    """A line cannot be erased, so it must not hold what a person may have erased."""
    add_comment(proposal=tabled, acting_user=neighbour, body="Me too", submission=uuid4())
    for user in (resident, neighbour):
        assert user.display_name.encode() not in download()
