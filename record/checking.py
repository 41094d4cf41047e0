"""The whole record, verified from its first line: what `manage.py check_record` and the nightly task do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from record import clock
from record.announcements import digest_of, is_salt
from record.chain import Chain, bytes_of, canonical_or_none, facts_of, part_of, read_line
from record.checkpoints import faults_of
from record.comparing import faults_of_missing_rows, faults_of_rows
from record.merkle import Frontier, leaf_hash
from record.models import Checkpoint, Entry, EntryText, RecordHead, RecordKey, TreeBlock
from record.tree import BLOCK, PIECE, entries_between

MOST_FAULTS = 20
LONGEST_UNCOVERED = timedelta(days=2)


def faults_of_record() -> list[str]:
    """The first faults, each as a sentence that names the line; none where all is well. Memory does not grow."""
    return list(islice(_faults(), MOST_FAULTS))


def _faults() -> Iterator[str]:
    chain, trees = Chain(), _Trees()
    # What was appended before, so that what is appended meanwhile is no fault.
    head = RecordHead.objects.filter(pk=1).first() or RecordHead()
    entries = entries_between(0, head.sequence_count)
    while piece := list(islice(entries, PIECE)):
        texts = _texts_of(piece)
        for entry in piece:
            if fault := chain.fault(entry):
                yield fault
            yield from _wrong_columns(entry)
            yield from _wrong_texts(entry, texts[entry.sequence])
            yield from trees.add(entry)
        yield from faults_of_missing_rows(piece)
    if (chain.sequence, chain.last_hash) != (head.sequence_count, head.last_hash):
        yield f"The record says that it has {head.sequence_count} lines. The last one that is right is another."
    yield from _beyond(head.sequence_count)
    yield from trees.end()
    yield from _uncovered()
    yield from faults_of_rows()


def _beyond(count: int) -> Iterator[str]:
    """A line that was put behind the end by hand. One that was appended since moves the head with it."""
    last = Entry.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    now = RecordHead.objects.values_list("sequence_count", flat=True).filter(pk=1).first() or 0
    if last is not None and last >= max(count, now):
        yield f"Line {last} stands behind the end of the record."


def _uncovered() -> Iterator[str]:
    """What nothing is signed for can be written again without a trace. A day passes between checkpoints at most: after
    two, somebody took them out, beat does not run, or the key is lost."""
    for key in RecordKey.objects.filter(checkpoints=None).order_by("pk"):
        yield f"The key {key.pk} has signed, and no checkpoint of it is kept: they were taken out."
    covered = Checkpoint.objects.order_by("-sequence_count").values_list("sequence_count", flat=True).first() or 0
    oldest = Entry.objects.filter(sequence__gte=covered).order_by("sequence").values_list("sequence", "at").first()
    if oldest is not None and oldest[1] < clock.now() - LONGEST_UNCOVERED:
        yield f"Line {oldest[0]} is of {oldest[1]:%Y-%m-%d}, and no checkpoint covers it: none was signed since."


def _wrong_columns(entry: Entry) -> Iterator[str]:
    """What is kept beside a line so that it can be found must be what the line says, or what it seals."""
    said, facts = read_line(entry.line) or {}, facts_of(entry)
    if entry.sealed is not None:
        salt = part_of(entry.sealed).get("salt")
        digest = digest_of(f"{salt}{canonical_or_none(facts)}")
        if said.get("kind") != "sealed" or said.get("payload") != {"sha256": digest} or not is_salt(salt):
            yield f"Line {entry.sequence} is sealed, and what it seals was changed."
    subject = part_of(facts, "subject")
    kept = (entry.kind, _text(entry.community_id), entry.subject_type, entry.subject_id, entry.is_public)
    told = (facts.get("kind"), facts.get("community"), subject.get("type"), subject.get("id"), entry.sealed is None)
    if kept != told or not _is_moment(said.get("at"), entry.at):
        yield f"What is kept beside line {entry.sequence} is not what the line says."


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _is_moment(said: object, kept: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(said)) == kept
    except ValueError:
        return False


def _texts_of(piece: Iterable[Entry]) -> dict[int, list[EntryText]]:
    found: dict[int, list[EntryText]] = defaultdict(list)
    for text in EntryText.objects.filter(entry__in=[entry.pk for entry in piece]):
        found[text.entry_id].append(text)
    return found


def _wrong_texts(entry: Entry, texts: list[EntryText]) -> Iterator[str]:
    """The words beside a line give the digests in it, unless they were erased."""
    digests = part_of(facts_of(entry), "payload", "text_sha256")
    if set(digests) != {text.field for text in texts}:
        yield f"Line {entry.sequence} speaks of words that are not kept, not even as erased."
    for text in texts:
        is_right = is_salt(text.salt) and digest_of(text.salt + text.text) == digests.get(text.field)
        if text.erased_at is None and not is_right:
            yield f"The words “{text.field}” of line {entry.sequence} were changed."


class _Trees:
    """The roots at each checkpoint and each kept block, worked out on the way."""

    def __init__(self) -> None:
        self.whole, self.block = Frontier(), Frontier()
        self.checkpoints = Checkpoint.objects.select_related("key").order_by("sequence_count").iterator(chunk_size=200)
        self.blocks = TreeBlock.objects.order_by("number").iterator(chunk_size=1000)
        self.next_checkpoint = next(self.checkpoints, None)
        self.next_block = next(self.blocks, None)

    def add(self, entry: Entry) -> Iterator[str]:
        leaf = leaf_hash(bytes_of(entry.line))
        self.whole.add(leaf)
        self.block.add(leaf)
        if self.block.size == BLOCK:
            yield from self._end_block()
        checkpoint = self.next_checkpoint
        if checkpoint is not None and checkpoint.sequence_count == self.whole.size:
            yield from faults_of(checkpoint)
            if checkpoint.root != self.whole.root().hex():
                yield (
                    f"The first {self.whole.size} lines are not those of the checkpoint of {checkpoint.at:%Y-%m-%d}: "
                    "lines were changed after they were signed for."
                )
            self.next_checkpoint = next(self.checkpoints, None)

    def _end_block(self) -> Iterator[str]:
        number, root = self.whole.size // BLOCK - 1, self.block.root().hex()
        self.block = Frontier()
        if self.next_block is not None and self.next_block.number == number:
            if self.next_block.hash != root:
                yield f"The hash that is kept for lines {number * BLOCK} to {(number + 1) * BLOCK - 1} is not right."
            self.next_block = next(self.blocks, None)

    def end(self) -> Iterator[str]:
        if self.next_checkpoint is not None:
            yield f"A checkpoint covers {self.next_checkpoint.sequence_count} lines, and there are {self.whole.size}."
