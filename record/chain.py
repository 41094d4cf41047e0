"""What must be true of each line after the one before it."""

import json
from hashlib import sha256
from typing import Any

from record.announcements import canonical
from record.models import Entry

BEGINNING = "0" * 64


class Chain:
    """Follows the lines in order, from the first or from any line whose hash is known."""

    def __init__(self, sequence: int = 0, last_hash: str = BEGINNING) -> None:
        self.sequence, self.last_hash = sequence, last_hash

    def fault(self, entry: Entry) -> str:
        """What is wrong with the next line, in a sentence, or "". Goes on behind it either way."""
        said = self._wrong(entry)
        self.sequence, self.last_hash = entry.sequence + 1, digest_of_line(entry.line)
        return said

    def _wrong(self, entry: Entry) -> str:
        n = entry.sequence
        if n != self.sequence:
            return f"Line {self.sequence} is missing: line {n} stands in its place."
        facts = read_line(entry.line)
        if facts is None:
            return f"Line {n} is not a line of the record: it is not canonical JSON."
        if facts.get("sequence") != n:
            return f"Line {n} calls itself {facts.get('sequence')}."
        if facts.get("previous") != self.last_hash:
            return f"Line {n} does not follow from the line before it: one of the two was changed."
        if entry.hash != digest_of_line(entry.line):
            return f"Line {n} does not have the hash that was written down for it: it was changed."
        return ""


def bytes_of(line: object) -> bytes:
    """The bytes of a line as it is stored. By hand anything can be put there: SQLite keeps a blob among texts."""
    return line if isinstance(line, bytes) else str(line).encode("utf-8", "surrogatepass")


def digest_of_line(line: object) -> str:
    """SHA-256 of the bytes of a line, hex."""
    return sha256(bytes_of(line)).hexdigest()


def read_line(line: object) -> dict[str, Any] | None:
    """The facts of a line, or None where it is not canonical JSON of an object."""
    facts = read_json(line)
    return facts if isinstance(facts, dict) and canonical_or_none(facts) == line else None


def _refuse(number: str) -> Any:
    raise ValueError(f"{number} cannot stand in the record")


_DECODER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)


def read_json(text: object) -> Any:
    """What the text holds; None where it cannot be read, or holds what cannot be shown (half a letter, a number that
    is none)."""
    try:
        found = _DECODER.decode(text) if isinstance(text, str) else None
        if isinstance(text, str) and "\\ud" in text.lower():
            json.dumps(found, ensure_ascii=False).encode()
        return found
    except (ValueError, RecursionError):
        return None


def canonical_or_none(value: Any) -> str | None:
    """The record's JSON of what was read somewhere; None where the record could not hold it."""
    try:
        return canonical(value)
    except (ValueError, TypeError, RecursionError):
        return None


def part_of(value: object, *names: str) -> dict[str, Any]:
    """The object that these names lead to within what was read; empty where there is none, or something else."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def facts_of(entry: Entry) -> dict[str, Any]:
    """What a line says, or what it seals; nothing where that cannot be read. Anything may stand there by hand."""
    return part_of(read_line(entry.line)) if entry.sealed is None else part_of(entry.sealed, "facts")
