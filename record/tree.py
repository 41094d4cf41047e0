"""The tree over the stored lines. Blocks of 256 lines are kept, so a root or a proof reads a few hundred lines."""

from collections.abc import Iterator
from functools import lru_cache

from record.chain import bytes_of
from record.merkle import Subtree, consistency_proof, inclusion_proof, leaf_hash, root_of
from record.models import Entry, TreeBlock

BLOCK = 256
PIECE = 1000


def entries_between(start: int, end: int | None = None) -> Iterator[Entry]:
    """Entries in order, in pieces by sequence: no more memory than one piece, no cursor for a slow reader to hold, and
    a connection pool in transaction mode may stand between."""
    rows = Entry.objects.order_by("sequence")
    if end is not None:
        rows = rows.filter(sequence__lt=end)
    while piece := list(rows.filter(sequence__gte=start)[:PIECE]):
        yield from piece
        if len(piece) < PIECE:
            return
        start = piece[-1].sequence + 1


def lines_between(start: int, end: int | None = None) -> Iterator[bytes]:
    """The exact bytes of the lines, without the newline."""
    rows = Entry.objects.order_by("sequence").values_list("sequence", "line")
    if end is not None:
        rows = rows.filter(sequence__lt=end)
    while piece := list(rows.filter(sequence__gte=start)[:PIECE]):
        for _sequence, line in piece:
            yield bytes_of(line)
        if len(piece) < PIECE:
            return
        start = piece[-1][0] + 1


def fill_blocks(size: int) -> None:
    """Keep the blocks that are complete within the first `size` lines. Twice, or at once, makes no difference."""
    known = TreeBlock.objects.order_by("-number").values_list("number", flat=True).first()
    for number in range(0 if known is None else known + 1, size // BLOCK):
        root = root_of(map(leaf_hash, lines_between(number * BLOCK, (number + 1) * BLOCK)))
        TreeBlock.objects.bulk_create([TreeBlock(number=number, hash=root.hex())], ignore_conflicts=True)


def tree_of(size: int) -> Subtree:
    """What gives the parts of the tree over the first `size` lines: one query for the blocks, one for each run of
    lines outside them."""
    kept = {
        number: bytes.fromhex(digest)
        for number, digest in TreeBlock.objects.filter(number__lt=size // BLOCK).values_list("number", "hash")
    }

    @lru_cache(maxsize=4)
    def leaves(number: int) -> list[bytes]:
        return [leaf_hash(line) for line in lines_between(number * BLOCK, min((number + 1) * BLOCK, size))]

    def whole(number: int) -> bytes:
        found = kept.get(number)
        return found if found is not None else root_of(leaves(number))

    def subtree(start: int, end: int) -> bytes:
        first = start // BLOCK
        if end <= (first + 1) * BLOCK and end - start < BLOCK:
            return root_of(leaves(first)[start - first * BLOCK : end - first * BLOCK])
        # Every larger part begins at a block and ends with one, or with the last line; cut at the blocks it is the
        # same tree, since the largest power of two below its size is a multiple of a block.
        short = end % BLOCK
        parts = [whole(number) for number in range(first, end // BLOCK)]
        return root_of([*parts, root_of(leaves(end // BLOCK)[:short])] if short else parts)

    return subtree


def root_at(size: int) -> bytes:
    """The root over the first `size` lines."""
    return tree_of(size)(0, size)


def inclusion_at(sequence: int, size: int) -> list[bytes]:
    """The proof that the line is among the first `size`."""
    return inclusion_proof(sequence, size, tree_of(size))


def consistency_between(old: int, new: int) -> list[bytes]:
    """The proof that the first `old` lines are the beginning of the first `new`."""
    return consistency_proof(old, new, tree_of(new))
