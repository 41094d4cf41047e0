"""What must be true of each line after the one before it."""

import json

from record.announcements import canonical, digest_of
from record.models import Entry

BEGINNING = "0" * 64


class Chain:
    """Follows the lines in order, from the first or from any line whose hash is known."""

    def __init__(self, sequence: int = 0, last_hash: str = BEGINNING) -> None:
        self.sequence, self.last_hash = sequence, last_hash

    def fault(self, entry: Entry) -> str:
        """What is wrong with the next line, in a sentence, or "". Goes on behind it either way."""
        said = self._wrong(entry)
        self.sequence, self.last_hash = entry.sequence + 1, digest_of(entry.line)
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
        if entry.hash != digest_of(entry.line):
            return f"Line {n} does not have the hash that was written down for it: it was changed."
        return ""


def read_line(line: str) -> dict[str, object] | None:
    """The facts of a line, or None where it is not canonical JSON of an object."""
    try:
        facts = json.loads(line)
        return facts if isinstance(facts, dict) and canonical(facts) == line else None
    except (ValueError, TypeError):
        return None
