"""What the site shows must be what the record says. Rooms register their rows here: this one may not look up.

A row is compared with its lines, the last one on each point: what a later line changed, that line says. Words are
compared with those beside the line, which the digest in the line proves (record/checking.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from record.chain import facts_of, part_of
from record.ids import read_uuid
from record.models import Entry, EntryText
from record.tree import PIECE

Rows = QuerySet[Any]
Value = Callable[[Any], Any]


def _no_parts(row: Any) -> Mapping[str, str]:
    return {}


def _never(row: Any, kinds: frozenset[str], kind: str) -> bool:
    return False


@dataclass(frozen=True)
class Compared:
    """Rows of one type of subject, and where they say what their lines say.

    `facts`: name in the payload → the row's own value, as the payload writes it. `follows`: kind of line → an
    attribute and what it is after that line. `must`: an attribute → what it must be, given the row and its lines.
    `texts`: (kind of line, name of the text) → the attribute that holds it.
    `parts`: of a row, the name of a text → what something that hangs on the row says.
    `may_be_erased`: whether words of a line of that kind may be gone, given the kinds of all lines of the row.
    """

    rows: Callable[[], Rows]
    facts: Mapping[str, Value] = field(default_factory=dict)
    follows: Mapping[str, tuple[str, Any]] = field(default_factory=dict)
    must: Mapping[str, Callable[[Any, list[Entry]], Any]] = field(default_factory=dict)
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parts: Callable[[Any], Mapping[str, str]] = _no_parts
    may_be_erased: Callable[[Any, frozenset[str], str], bool] = _never
    called: Value = str


_compared: dict[str, Compared] = {}


def says_what_the_record_says(subject_type: str, compared: Compared) -> None:
    """Have these rows compared. Called once for each type, when the rooms are made ready."""
    _compared[subject_type] = compared


def faults_of_rows() -> Iterator[str]:
    """What differs, as sentences. Four queries or so for each thousand rows."""
    for subject_type, compared in sorted(_compared.items()):
        last: Any = None
        while True:
            rows = compared.rows().order_by("pk")
            piece = list((rows if last is None else rows.filter(pk__gt=last))[:PIECE])
            # What changed between the two readings is no fault: what differs is read once more, and only that.
            differing = [row.pk for row, faults in _compare(subject_type, compared, piece) if faults]
            if differing:
                again = list(rows.filter(pk__in=differing))
                for _row, faults in _compare(subject_type, compared, again):
                    yield from faults
            if len(piece) < PIECE:
                break
            last = piece[-1].pk


def faults_of_missing_rows(entries: Iterable[Entry]) -> Iterator[str]:
    """What these lines speak of, and is not there any more: nothing that was public is ever deleted."""
    speaking: dict[str, dict[UUID, int]] = defaultdict(dict)
    for entry in entries:
        if entry.subject_type in _compared and (key := read_uuid(entry.subject_id)):
            speaking[entry.subject_type].setdefault(key, entry.sequence)
    for subject_type, lines in sorted(speaking.items()):
        there = set(_compared[subject_type].rows().order_by().filter(pk__in=lines).values_list("pk", flat=True))
        for key, sequence in lines.items():
            if key not in there:
                yield f"Line {sequence} speaks of a {subject_type} that is not there any more."


def _compare(subject_type: str, compared: Compared, rows: list[Any]) -> Iterator[tuple[Any, list[str]]]:
    entries: dict[str, list[Entry]] = defaultdict(list)
    about = Entry.objects.filter(subject_type=subject_type, subject_id__in=[str(row.pk) for row in rows])
    for entry in about.order_by("sequence").prefetch_related("texts") if rows else []:
        entries[entry.subject_id].append(entry)
    for row in rows:
        lines = [(entry, facts_of(entry)) for entry in entries[str(row.pk)]]
        yield row, list(_faults_of_row(compared, row, lines))


def _faults_of_row(compared: Compared, row: Any, lines: list[tuple[Entry, dict[str, Any]]]) -> Iterator[str]:
    for name, right in compared.must.items():
        if getattr(row, name) != right(row, [entry for entry, _facts in lines]):
            yield f"{compared.called(row)} does not say what the record says: “{name}” was changed."
    yield from _wrong_facts(compared, row, lines)
    yield from _wrong_words(compared, row, lines)


def _wrong_facts(compared: Compared, row: Any, lines: list[tuple[Entry, dict[str, Any]]]) -> Iterator[str]:
    said: dict[str, tuple[Any, Any, int]] = {}  # the point → what the row says, what its last line says, which that is
    for entry, facts in lines:
        kind, payload = str(facts.get("kind")), part_of(facts, "payload")
        for name in compared.facts.keys() & payload.keys():
            said[name] = (compared.facts[name](row), payload[name], entry.sequence)
        if kind in compared.follows:
            name, follows = compared.follows[kind]
            said[name] = (getattr(row, name), follows, entry.sequence)
    for name, (shown, told, sequence) in sorted(said.items()):
        if shown != told:
            yield f"{compared.called(row)} does not say what line {sequence} says: “{name}” was changed."


def _wrong_words(compared: Compared, row: Any, lines: list[tuple[Entry, dict[str, Any]]]) -> Iterator[str]:
    words: dict[str, tuple[str, EntryText, int]] = {}  # where it stands → what it says there, and what was written
    parts = compared.parts(row)
    kinds = frozenset(str(facts.get("kind")) for _entry, facts in lines)
    for entry, facts in lines:
        kind = str(facts.get("kind"))
        for text in entry.texts.all():
            if text.erased_at is not None and not compared.may_be_erased(row, kinds, kind):
                yield f"The words “{text.field}” of line {entry.sequence} were taken away without a reason for it."
            name = compared.texts.get((kind, text.field))
            if name is not None:
                words[name] = (getattr(row, name), text, entry.sequence)
            elif text.field in parts:
                words[text.field] = (parts[text.field], text, entry.sequence)
    for name, (shown, text, sequence) in words.items():
        if text.erased_at is None and shown != text.text:
            yield f"{compared.called(row)} does not have the words of line {sequence}: “{name}” was changed."
