#!/usr/bin/env python3
"""Verify a copy of the public record. Needs Python 3.9 or newer and nothing else.

    python3 verify_record.py record.ndjson [checkpoint.json ...] [--key KEY] [--words words.ndjson]

record.ndjson is the whole record, as the site gives it: one line for each public act, each line naming the SHA-256 of
the line before it. A checkpoint says how many lines there were at one moment, and the root of the Merkle tree over them
(RFC 9162, section 2.1). Give checkpoints that you, or somebody you trust, kept: old ones are worth most. Then a line
that was rewritten, put elsewhere or cut off is found, even where the whole chain was made anew.

Without a checkpoint only the chain is checked: somebody who makes the whole chain anew is not found. A file may hold
one checkpoint, a list of them, a page of the API, or one a line (NDJSON).

WORDS is a download of the words that lines hold only the fingerprint of (record/words of the API, as NDJSON). With it
each text is checked: SHA-256 over its salt and its words must stand in its line. A salt is 32 small hex figures, never
more or fewer: else the front of a text could be moved into it, and the fingerprint would not tell. Words that were
taken away have a row without words. The words are whole where each fingerprint of the record has its words or such a
row. Fetch the words first and the record right after: words of lines that the record does not have are a fault.

KEY is the public key of the site (base64), as you wrote it down once. With it the signatures (Ed25519) are checked.
Without it each of them must still be of the key that its checkpoint names.

Exit code: 0 all is well, 1 a file could not be read, 2 something is not what it should be, 3 what was given is right,
but not all of it could be checked: words are missing from WORDS, or a signature could be checked with no key.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from typing import Any, BinaryIO, NoReturn

FINE, UNREADABLE, BROKEN, UNCHECKED = 0, 1, 2, 3
BEGINNING = "0" * 64
SALT = re.compile("[0-9a-f]{32}")
# Lines whose words the site keeps back: an offer can be taken back, and a community can get another name.
KEPT_BACK = frozenset({"community.created", "offer.made"})

Point = tuple[int, int, int, int]  # x, y, z and t of RFC 8032


class Broken(Exception):
    """The record, or a checkpoint, is not what it should be."""


class Unreadable(Exception):
    """A file could not be read, or is something else."""


# -- The tree -----------------------------------------------------------------


class Tree:
    """A Merkle tree while it grows: the roots of its complete parts, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self.parts: list[bytes] = []

    def add(self, line: bytes) -> None:
        self.parts.append(hashlib.sha256(b"\x00" + line).digest())
        self.size += 1
        size = self.size
        while size % 2 == 0:
            right = self.parts.pop()
            self.parts.append(_node(self.parts.pop(), right))
            size //= 2

    def root(self) -> str:
        if not self.parts:
            return hashlib.sha256(b"").hexdigest()
        found = self.parts[-1]
        for part in reversed(self.parts[:-1]):
            found = _node(part, found)
        return found.hex()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


# -- The lines ----------------------------------------------------------------


def verify_lines(file: BinaryIO, sizes: set[int]) -> tuple[int, dict[int, str]]:
    """Follow the chain through the whole file. Gives the number of lines, and the root at each of `sizes`."""
    tree, previous = Tree(), BEGINNING
    roots: dict[int, str] = {}
    if 0 in sizes:
        roots[0] = tree.root()
    for raw in file:
        number = tree.size
        if number == 0 and _is_something_else(raw):
            raise Broken("Line 0 is not a line of the record. Give the file record.ndjson, as the site gives it.")
        if not raw.endswith(b"\n"):
            raise Broken(f"The file ends in the middle of line {number}: it was cut off.")
        line = raw[:-1]
        verify_line(line, number, previous)
        previous = hashlib.sha256(line).hexdigest()
        tree.add(line)
        if tree.size in sizes:
            roots[tree.size] = tree.root()
    roots[tree.size] = tree.root()
    return tree.size, roots


def _is_something_else(raw: bytes) -> bool:
    """Whether a file that begins like this is no record, whole or cut: a table, a page of the API, one row of it."""
    if not raw.startswith(b"{"):
        return True
    try:
        facts = json.loads(raw)
    except (ValueError, RecursionError):
        return raw.strip() == b"{"  # JSON that was laid out for people
    return "sequence" not in facts or "previous" not in facts or "hash" in facts


def verify_line(line: bytes, number: int, previous: str) -> None:
    """One line: canonical JSON, in its place, and following from the one before it."""
    try:
        facts = json.loads(line.decode("utf-8"))
        again = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        is_canonical = isinstance(facts, dict) and again.encode("utf-8") == line
    except (ValueError, RecursionError):
        is_canonical = False
    if not is_canonical or type(facts.get("sequence")) is not int:
        raise Broken(f"Line {number} is not a line of the record: it was changed or damaged.")
    sequence = facts["sequence"]
    if sequence != number:
        raise Broken(
            f"Where line {number} should stand there is line {ascii(sequence)[:40]}: "
            "lines were taken out, doubled or put in another order."
        )
    if facts.get("previous") != previous:
        raise Broken(
            f"Line {number} does not follow from the line before it: "
            f"line {max(number - 1, 0)} or line {number} was rewritten."
        )


# -- The words --------------------------------------------------------------


def verify_words(record: str, path: str, size: int) -> tuple[int, int, int, int]:
    """Each text gives the fingerprint that its line holds. The lines are whole.

    Gives how many of the fingerprints have their words, had them taken away, miss them, and are of lines whose words
    the site keeps back."""
    found = read_words(path)
    if any(type(number) is not int or not 0 <= number < size for number in found):
        raise Broken(f"{path} has words of lines that the record does not have.")
    there = gone = missing = kept_back = 0
    with open(record, "rb") as lines:
        for number, line in enumerate(lines):
            kind, digests = _fingerprints(line)
            given = dict.fromkeys(digests)
            for field, digest in found.get(number, []):
                if field not in digests or digest not in ("", digests[field]):
                    raise Broken(f"The words {field!a} of line {number} are not those that it was written for.")
                given[field] = given[field] or digest
            there += sum(bool(digest) for digest in given.values())
            gone += sum(digest == "" for digest in given.values())
            left_out = sum(digest is None for digest in given.values())
            missing += 0 if kind in KEPT_BACK else left_out
            kept_back += left_out if kind in KEPT_BACK else 0
    return there, gone, missing, kept_back


def read_words(path: str) -> dict[int, list[tuple[str, str]]]:
    """For each line the fields and the fingerprints that their words give: "" where they were taken away."""
    found: dict[int, list[tuple[str, str]]] = {}
    try:
        with open(path, encoding="utf-8") as file:
            for row in map(json.loads, filter(str.strip, file)):
                found.setdefault(row["sequence"], []).append((str(row["field"]), _fingerprint(row)))
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{path} cannot be read as words of the record (NDJSON): {error!r}") from error
    return found


def _fingerprint(row: dict[str, Any]) -> str:
    if row.get("erased") is True:
        if row["salt"] or row["text"]:
            raise Broken(
                f"The words {str(row['field'])!a} of line {ascii(row['sequence'])[:40]} are said to be taken away, and "
                "there they are: the file was changed."
            )
        return ""
    # With another length the front of the words could stand in the salt, or its end in the words.
    if not SALT.fullmatch(row["salt"]):
        raise Broken(
            f"The salt of the words {str(row['field'])!a} of line {ascii(row['sequence'])[:40]} is not 32 small hex "
            "figures: it was changed, and words with it."
        )
    return hashlib.sha256((row["salt"] + row["text"]).encode("utf-8")).hexdigest()


def _fingerprints(line: bytes) -> tuple[Any, dict[str, Any]]:
    """The kind of the line, and the fingerprints of words that it holds."""
    facts = json.loads(line)
    payload = facts.get("payload")
    digests = payload.get("text_sha256") if isinstance(payload, dict) else None
    return facts.get("kind"), digests if isinstance(digests, dict) else {}


# -- The checkpoints ----------------------------------------------------------


def read_checkpoints(path: str) -> list[dict[str, Any]]:
    """The checkpoints of a file: one, a list, a page of the API, or one a line."""
    try:
        with open(path, encoding="utf-8") as file:
            found = _read_json(file.read())
    except (OSError, ValueError, RecursionError) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from error
    if isinstance(found, dict) and isinstance(found.get("results"), list):
        found = found["results"]
    found = found if isinstance(found, list) else [found]
    if not found:
        raise Unreadable(f"{path} holds no checkpoint.")
    for checkpoint in found:
        if not _is_checkpoint(checkpoint):
            raise Unreadable(f"{path} is not a checkpoint.")
    return found


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2:
            raise
        return [json.loads(line) for line in lines]


def _is_checkpoint(found: Any) -> bool:
    if not isinstance(found, dict) or type(found.get("sequence_count")) is not int or found["sequence_count"] < 0:
        return False
    return all(isinstance(found.get(name), str) for name in ("root", "note", "signature"))


def verify_note(checkpoint: dict[str, Any], key: bytes | None) -> str:
    """The checkpoint says what its note says, and, with a key, the note is signed. Gives its time."""
    count = checkpoint["sequence_count"]
    try:
        note = json.loads(checkpoint["note"])
    except (ValueError, RecursionError):
        note = None
    if not isinstance(note, dict):
        raise Broken(f"The note of the checkpoint of {count} lines cannot be read.")
    if (note.get("sequence_count"), note.get("root")) != (count, checkpoint["root"]):
        raise Broken(f"The checkpoint of {count} lines does not say what its note says: it was changed.")
    at = note.get("at")
    if not _is_same_moment(checkpoint.get("at", at), at):
        raise Broken(f"The checkpoint of {count} lines is of another moment than its note says: it was changed.")
    verify_signature(checkpoint, key)
    return at if isinstance(at, str) and at.isascii() and len(at) < 40 else "an unknown time"


def _is_same_moment(shown: Any, noted: Any) -> bool:
    """The API ends moments in UTC with Z, and the note with +00:00."""
    if isinstance(shown, str) and shown.endswith("Z"):
        shown = f"{shown[:-1]}+00:00"
    return bool(shown == noted)


def verify_signature(checkpoint: dict[str, Any], key: bytes | None) -> None:
    """The note is signed with your key, where you gave one, and in any case with the one that the checkpoint names."""
    count, note = checkpoint["sequence_count"], checkpoint["note"].encode("utf-8", "surrogatepass")
    named = checkpoint.get("public_key")
    if key is not None and not is_signed(key, note, _signature(checkpoint)):
        raise Broken(f"The checkpoint of {count} lines is not signed with this key.")
    if named is None or (key is not None and named == base64.b64encode(key).decode()):
        return
    if key is not None or not is_signed(_from_base64(named), note, _signature(checkpoint)):
        raise Broken(f"The checkpoint of {count} lines is not signed with the key that it names: it was changed.")


def _signature(checkpoint: dict[str, Any]) -> bytes:
    return _from_base64(checkpoint["signature"])


def _from_base64(text: Any) -> bytes:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return b""


def verify_together(dated: list[tuple[str, dict[str, Any]]]) -> None:
    """Checkpoints among themselves: a record only grows, and there is one of it."""
    roots: dict[int, str] = {}
    most, most_at = 0, ""
    for at, checkpoint in sorted(dated, key=lambda pair: (pair[0], pair[1]["sequence_count"])):
        count = checkpoint["sequence_count"]
        if count < most:
            raise Broken(f"The checkpoint of {most_at} has {most} lines, the later one of {at} {count}: it shrank.")
        most, most_at = count, at
        if roots.setdefault(count, checkpoint["root"]) != checkpoint["root"]:
            raise Broken(f"Two checkpoints of {count} lines disagree: two different records were shown.")


def verify_against(checkpoint: dict[str, Any], at: str, size: int, roots: dict[int, str]) -> None:
    """The first lines of the file are those that the checkpoint was made of."""
    count = checkpoint["sequence_count"]
    if count > size:
        raise Broken(f"The checkpoint of {at} covers {count} lines, and the file has {size}: it was cut off.")
    if roots[count] != checkpoint["root"]:
        raise Broken(
            f"The first {count} lines are not those of the checkpoint of {at}: at least one of them was rewritten.\n"
            f"  in the checkpoint: {ascii(checkpoint['root'])[1:-1]}\n  in the file:       {roots[count]}"
        )


# -- Ed25519 (RFC 8032, section 5.1), to verify only ---------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _add(a: Point, b: Point) -> Point:
    first, second = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    third, fourth = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = second - first, fourth - third, fourth + third, second + first
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point = _add(point, point)
        number >>= 1
    return found


def _is_same(a: Point, b: Point) -> bool:
    return bool((a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0)


def _point(text: bytes) -> Point | None:
    """A point from its 32 bytes, or None."""
    y = int.from_bytes(text, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if len(text) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the key (32 bytes) signed the message."""
    public, start = _point(key), _point(signature[:32])
    base = _point(BASE_Y.to_bytes(32, "little"))
    if public is None or start is None or base is None or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= ORDER:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return _is_same(_times(scalar, base), _add(start, _times(hashed, public)))


# -- The command --------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:  # argparse ends with 2, which here means that the record is broken
        self.print_usage(sys.stderr)
        self.exit(UNREADABLE, f"{message}\n")


def _read_key(text: str) -> bytes:
    key = _from_base64(text)
    if len(key) != 32:
        raise Unreadable("The key is not the base64 of 32 bytes.")
    return key


def verify(record: str, checkpoint_files: list[str], key_text: str | None, words: str | None = None) -> int:
    """Verify everything that was given, and say so line by line. Gives the exit code."""
    key = _read_key(key_text) if key_text else None
    checkpoints = [checkpoint for path in checkpoint_files for checkpoint in read_checkpoints(path)]
    dated = [(verify_note(checkpoint, key), checkpoint) for checkpoint in checkpoints]
    verify_together(dated)
    try:
        with open(record, "rb") as file:
            size, roots = verify_lines(file, {checkpoint["sequence_count"] for checkpoint in checkpoints})
    except OSError as error:
        raise Unreadable(f"{record} cannot be read: {error}") from error
    if not size and not checkpoints:
        raise Broken(f"{record} cannot be read: it holds no line. Download it again.")
    for at, checkpoint in dated:
        verify_against(checkpoint, at, size, roots)
        say(f"The checkpoint of {at} fits: the first {checkpoint['sequence_count']} lines are unchanged.")
    say(f"The record is whole: {size} lines, each following from the one before it.")
    say(f"Its root: {roots[size]}")
    of_words = say_of_words(*verify_words(record, words, size)) if words else FINE
    return max(of_words, say_what_is_proved(checkpoints, size, has_key=key is not None))


def say_of_words(there: int, gone: int, missing: int, kept_back: int) -> int:
    """What WORDS is good for, and the exit code of that."""
    if missing:
        say(f"{there} of {there + gone + missing} texts are in the words, each the one that its line was written for.")
        say(
            f"{missing} have no words in this file, and no row that says that they were taken away: the file is cut or "
            "older than the record, or the site left them out. Download the words again."
        )
    else:
        say(f"The words are whole: {there} texts, each the one that its line was written for.")
    if gone:
        say(f"{gone} texts were taken away, and the file says so.")
    if kept_back:
        say(f"{kept_back} more are of offers and of first names of communities: the site gives no words of those.")
    return UNCHECKED if missing else FINE


def say_what_is_proved(checkpoints: list[dict[str, Any]], size: int, *, has_key: bool) -> int:
    """How far the checkpoints and the key reach, and the exit code of that."""
    proved = max((checkpoint["sequence_count"] for checkpoint in checkpoints), default=size)
    if proved < size:
        say(
            f"The first {proved} lines are proved. Lines {proved} to {size - 1} are newer than your checkpoints: "
            "check again with the next one."
        )
    if not checkpoints:
        say("Without a checkpoint that you kept, a record that was made anew from end to end looks whole too.")
        if has_key:
            say("The key checked nothing: it is checkpoints that are signed. Give one.")
        return UNCHECKED if has_key else FINE
    if has_key:
        say(f"{len(checkpoints)} of {len(checkpoints)} signatures are right, by the key that you gave.")
        return FINE
    say("The signatures were not checked with a key that you trust: give the site's public key with --key.")
    nameless = sum(checkpoint.get("public_key") is None for checkpoint in checkpoints)
    if nameless:
        say(f"{nameless} of {len(checkpoints)} checkpoints name no key: anybody could have made them.")
    return UNCHECKED if nameless else FINE


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def main(arguments: list[str] | None = None) -> int:
    parser = Parser(description="Verify a copy of the public record.")
    parser.add_argument("record", help="the whole record, record.ndjson")
    parser.add_argument("checkpoints", nargs="*", help="checkpoints that were kept, as JSON files")
    parser.add_argument("--words", help="the words of the record, words.ndjson")
    parser.add_argument("--key", help="the public key of the site, base64")
    options = parser.parse_args(arguments)
    try:
        return verify(options.record, options.checkpoints, options.key, options.words)
    except Broken as fault:
        say(f"BROKEN. {fault}")
        return BROKEN
    except Unreadable as trouble:
        sys.stderr.write(f"{trouble}\n")
        return UNREADABLE


if __name__ == "__main__":
    sys.exit(main())
