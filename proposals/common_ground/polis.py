"""Read a conversation exported by Polis: comments.csv and votes.csv in one folder."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


class BadFolder(Exception):
    """The folder holds no conversation that can be read; the message says why."""


@dataclass(frozen=True)
class Conversation:
    """`statements`: text by id, without those that moderators took out. `votes`: voter → statement → 1, 0 or −1."""

    statements: dict[str, str]
    votes: dict[str, dict[str, int]]
    bad_rows: list[str] = field(default_factory=list)


def read_conversation(folder: Path) -> Conversation:
    """The conversation. Of two votes of one person on one statement the later counts. Bad rows are named."""
    bad: list[str] = []
    statements = {
        row["comment-id"]: row.get("comment-body", "").strip()
        for _line, row in _rows(folder / "comments.csv", "comment-id")
        if row.get("moderated", "0") != "-1"
    }
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for line, row in _rows(folder / "votes.csv", "vote"):
        key, voter, vote = row.get("comment-id", ""), row.get("voter-id", ""), row["vote"]
        if vote not in ("1", "0", "-1") or not voter or not row.get("timestamp", "0").isdecimal():
            bad.append(f"votes.csv, line {line}: {vote!r} is no vote of {voter!r}")
            continue
        if key in statements:
            at = int(row.get("timestamp") or 0)
            held = found.setdefault(voter, {}).get(key)
            if held is None or at >= held[0]:
                found[voter][key] = (at, int(vote))
    votes = {voter: {key: vote for key, (_at, vote) in given.items()} for voter, given in found.items()}
    return Conversation(statements, votes, bad)


def _rows(path: Path, needed: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            if needed not in (reader.fieldnames or ()):
                raise BadFolder(f"{path.name} has no column “{needed}”. Is this a folder of Polis?")
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFolder(f"{path} cannot be read: {error}") from error
