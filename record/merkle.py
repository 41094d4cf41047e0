"""The tree of RFC 9162 (section 2.1), as pure functions: its root, its proofs, and how they are verified.

A proof asks for the roots of parts of the tree. `Subtree` gives them, so that the caller decides what is kept and what
is worked out again (record/tree.py).
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

Subtree = Callable[[int, int], bytes]  # the root over the leaves from `start` up to, not including, `end`

EMPTY = sha256(b"").digest()


def leaf_hash(line: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees under one node."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree while it grows: the roots of its complete subtrees, the largest first. Log n hashes, however long."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """The next leaf, by its hash."""
        self._peaks.append(leaf)
        self.size += 1
        size = self.size
        while size % 2 == 0:
            right, left = self._peaks.pop(), self._peaks.pop()
            self._peaks.append(node_hash(left, right))
            size //= 2

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self._peaks:
            return EMPTY
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found)
        return found


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over hashes of leaves, or over roots of equal, complete subtrees of which only the last may be short."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root()


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """That leaf `index` is in the tree of `size` leaves (2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("There is no such leaf")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_part(end - start)
        if index < middle:
            proof.append(subtree(middle, end))
            end = middle
        else:
            proof.append(subtree(start, middle))
            start = middle
    proof.reverse()
    return proof


def inclusion_sides(index: int, size: int) -> list[str]:
    """Of each part of that proof, on which side of the other it stands: "left" or "right"."""
    if not 0 <= index < size:
        raise ValueError("There is no such leaf")
    sides: list[str] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_part(end - start)
        if index < middle:
            sides.append("right")
            end = middle
        else:
            sides.append("left")
            start = middle
    sides.reverse()
    return sides


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """That the tree of `old` leaves is the beginning of the tree of `new` leaves (2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError("There is no proof between these sizes")
    proof: list[bytes] = []
    start, end = 0, new
    while end != old:
        middle = start + _left_part(end - start)
        if old <= middle:
            proof.append(subtree(middle, end))
            end = middle
        else:
            proof.append(subtree(start, middle))
            start = middle
    if start:  # the old root itself is known to whoever asks; a part of it is not
        proof.append(subtree(start, end))
    proof.reverse()
    return proof


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(part, found)
            at, last = _climb(at, last)
        else:
            found = node_hash(found, part)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof leads to both roots (2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    parts = list(proof) if old & (old - 1) else [old_root, *proof]  # a power of two: the old root is a node itself
    if not parts:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    found_old = found_new = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            found_old, found_new = node_hash(part, found_old), node_hash(part, found_new)
            at, last = _climb(at, last)
        else:
            found_new = node_hash(found_new, part)
        at, last = at >> 1, last >> 1
    return last == 0 and found_old == old_root and found_new == new_root


def _left_part(size: int) -> int:
    """The largest power of two that is smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _climb(at: int, last: int) -> tuple[int, int]:
    """Past the levels on which the node is a left one without a sibling."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last
