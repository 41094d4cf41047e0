"""Checkpoints: once a day, what the record is, signed. Copies of them lie where the operator cannot rewrite them."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from record import clock, keys, merkle, tree
from record.announcements import canonical
from record.chain import BEGINNING, Chain, read_json
from record.exceptions import Refusal
from record.models import Checkpoint, Entry, RecordHead


class RecordBroken(Refusal):
    """The record is not what it was. Nothing is signed. `faults` are sentences for the operator."""

    code = "record_broken"
    status = 500

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def newest_checkpoint() -> Checkpoint | None:
    """The last one, if there is any."""
    return Checkpoint.objects.select_related("key").order_by("-sequence_count").first()


def make_checkpoint() -> Checkpoint | None:
    """Sign what the record is now, unless today has a checkpoint or nothing is new.

    Safe twice and at once. Raises RecordBroken, and signs nothing, where the record does not continue the last
    checkpoint. The tree is built before the lock is taken, so nobody who writes to the record waits for it.
    """
    last, size = newest_checkpoint(), _line_count()
    if not _is_wanted(last, size):
        return None
    _follow(last, size)
    tree.fill_blocks(size)
    root = _continued_root(last, size)
    try:
        with transaction.atomic():
            RecordHead.objects.select_for_update().get(pk=1)
            if newest_checkpoint() != last:  # another worker was quicker
                return None
            return _signed(size, root)
    except IntegrityError:  # as above, on a database whose lock did not hold
        return None


def note_of(size: int, root: str, at: datetime) -> str:
    """The text that is signed."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return canonical({"origin": settings.SITE_URL, "sequence_count": size, "root": root, "at": moment})


def faults_of(checkpoint: Checkpoint) -> list[str]:
    """What is wrong with a checkpoint as it is kept: its columns against its note, its note against its signature."""
    wrong = []
    found = read_json(checkpoint.note)
    if not isinstance(found, dict):
        found = {}
        wrong.append(f"The note of the checkpoint of {checkpoint.sequence_count} lines cannot be read.")
    if (found.get("sequence_count"), found.get("root")) != (checkpoint.sequence_count, checkpoint.root):
        wrong.append(f"The checkpoint of {checkpoint.sequence_count} lines does not say what its note says.")
    if not keys.is_signed(checkpoint.note, checkpoint.signature, checkpoint.key.public_key):
        wrong.append(f"The signature of the checkpoint of {checkpoint.sequence_count} lines is not right.")
    return wrong


def document_of(checkpoint: Checkpoint) -> dict[str, Any]:
    """The checkpoint as a file: what the API gives, what goes out by e-mail, and what verify_record.py reads."""
    return {
        "sequence_count": checkpoint.sequence_count,
        "root": checkpoint.root,
        "at": checkpoint.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "key_id": checkpoint.key_id,
        "public_key": checkpoint.key.public_key,
        "note": checkpoint.note,
        "signature": checkpoint.signature,
    }


def file_name_of(checkpoint: Checkpoint) -> str:
    """What its file is called, in mails and on pages: whoever keeps many of them has none twice."""
    return f"checkpoint-{checkpoint.sequence_count}.json"


def _line_count() -> int:
    head = RecordHead.objects.filter(pk=1).first()
    return head.sequence_count if head else 0


def _is_wanted(last: Checkpoint | None, size: int) -> bool:
    if last is None:
        return size > 0
    if size < last.sequence_count:
        raise RecordBroken([f"The record has {size} lines, and the last checkpoint had {last.sequence_count}."])
    return size > last.sequence_count and last.day < _today()


def _today() -> date:
    return clock.now().astimezone(UTC).date()


def _follow(last: Checkpoint | None, size: int) -> None:
    """The lines since the last checkpoint are a chain, and none is missing."""
    start = last.sequence_count if last else 0
    before = Entry.objects.filter(sequence=start - 1).values_list("hash", flat=True).first() if start else BEGINNING
    chain = Chain(start, before or "")
    faults = [fault for entry in tree.entries_between(start, size) if (fault := chain.fault(entry))]
    if chain.sequence != size:
        faults.append(f"The record says that it has {size} lines. The last one is {chain.sequence - 1}.")
    if faults:
        raise RecordBroken(faults[:10])


def _continued_root(last: Checkpoint | None, size: int) -> bytes:
    """The root, once it is proved that the last checkpoint is its beginning: as any stranger would verify it."""
    subtree = tree.tree_of(size)
    root = subtree(0, size)
    if last is None:
        return root
    faults = faults_of(last)
    try:
        known = bytes.fromhex(last.root)
    except (ValueError, TypeError):
        known = b""  # is no root of anything
    proof = merkle.consistency_proof(last.sequence_count, size, subtree)
    if not merkle.verify_consistency(last.sequence_count, size, known, root, proof):
        faults.append(
            f"The first {last.sequence_count} lines are not those of the checkpoint of {last.at:%Y-%m-%d}: "
            "lines were changed after they were signed for."
        )
    if faults:
        raise RecordBroken(faults)
    return root


def _signed(size: int, root: bytes) -> Checkpoint:
    at = clock.now()
    note = note_of(size, root.hex(), at)
    key, signature = keys.sign(note, at)
    return Checkpoint.objects.create(
        sequence_count=size,
        root=root.hex(),
        at=at,
        day=at.astimezone(UTC).date(),
        key=key,
        note=note,
        signature=signature,
    )
