"""Read a conversation exported by Polis: comments.csv and votes.csv in one folder; summary.csv where it is there."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


class BadFolder(Exception):
    """The folder holds no conversation that can be read; the message says why."""


@dataclass(frozen=True)
class Conversation:
    """`statements`: text by id, without those that moderators took out. `votes`: voter → statement → 1, 0 or −1.
    `made_at`: when each statement was made, in milliseconds since 1970; 0 where that is not said."""

    statements: dict[str, str]
    votes: dict[str, dict[str, int]]
    bad_rows: list[str] = field(default_factory=list)
    made_at: dict[str, int] = field(default_factory=dict)
    topic: str = ""
    url: str = ""


def read_conversation(folder: Path) -> Conversation:
    """The conversation. Of two votes of one person on one statement the later counts. Bad rows are named."""
    bad: list[str] = []
    statements, made_at, hidden = _statements(folder, bad)
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for line, row in _rows(folder / "votes.csv", "vote"):
        key, voter, vote = row.get("comment-id", ""), row.get("voter-id", ""), row["vote"]
        if vote not in ("1", "0", "-1") or not voter or not row.get("timestamp", "0").isdecimal():
            bad.append(f"votes.csv, line {line}: {vote!r} is no vote of {voter!r}")
            continue
        if key not in statements and key not in hidden:
            bad.append(f"votes.csv, line {line}: there is no statement {key!r}")
        if key in statements:
            at = int(row.get("timestamp") or 0)
            held = found.setdefault(voter, {}).get(key)
            if held is None or at >= held[0]:
                found[voter][key] = (at, int(vote))
    votes = {voter: {key: vote for key, (_at, vote) in given.items()} for voter, given in found.items()}
    summary = _summary(folder / "summary.csv")
    return Conversation(statements, votes, bad, made_at, summary.get("topic", ""), summary.get("url", ""))


def _statements(folder: Path, bad: list[str]) -> tuple[dict[str, str], dict[str, int], set[str]]:
    """Their texts, when they were made, and the ids of those that moderators took out."""
    texts: dict[str, str] = {}
    made_at: dict[str, int] = {}
    hidden: set[str] = set()
    for line, row in _rows(folder / "comments.csv", "comment-id"):
        key, text = row["comment-id"].strip(), row.get("comment-body", "").strip()
        if row.get("moderated", "0") == "-1":
            hidden.add(key)
            continue
        if not key or not text:
            bad.append(f"comments.csv, line {line}: a statement without {'words' if key else 'a number'}")
            continue
        stamp = row.get("timestamp", "")
        texts[key], made_at[key] = text, int(stamp) if stamp.isdecimal() else 0
    return texts, made_at, hidden


def _summary(path: Path) -> dict[str, str]:
    """The lines `name,value`. Nothing where there is no such file."""
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {row[0]: row[1].strip() for row in csv.reader(file) if len(row) > 1}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFolder(f"{path} cannot be read: {error}") from error


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
