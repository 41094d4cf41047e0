"""The tree against the definition in RFC 9162, written out naively here, and against published vectors."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from record.merkle import (
    EMPTY,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The leaves and roots of the Certificate Transparency reference tests (google/certificate-transparency,
# transparency-dev/merkle): eight leaves, and the root over the first n of them.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(leaves: list[bytes]) -> bytes:
    """The definition in section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D_n) of section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], is_whole: bool) -> list[bytes]:
    """SUBPROOF(m, D_n, b) of section 2.1.4.1."""
    if m == len(leaves):
        return [] if is_whole else [mth(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*subproof(m, leaves[:k], is_whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def some(size: int) -> list[bytes]:
    return [f"line {number}".encode() for number in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_of_the_reference_tests(size: int) -> None:
    assert root_of(map(leaf_hash, LEAVES[:size])).hex() == ROOTS[size - 1]


def test_an_empty_tree() -> None:
    assert root_of([]) == EMPTY == mth([])


def test_the_root_is_known_after_each_leaf() -> None:
    frontier = Frontier()
    for size, line in enumerate(some(70), start=1):
        frontier.add(leaf_hash(line))
        assert frontier.root() == mth(some(size))
        assert frontier.size == size


@pytest.mark.parametrize("size", range(1, 40))
def test_every_proof_of_every_small_tree(size: int) -> None:
    leaves = some(size)
    root = mth(leaves)

    def subtree(start: int, end: int) -> bytes:
        return mth(leaves[start:end])

    for index in range(size):
        proof = inclusion_proof(index, size, subtree)
        assert proof == path(index, leaves)
        assert verify_inclusion(index, size, leaf_hash(leaves[index]), proof, root)
        assert not verify_inclusion(index, size, leaf_hash(b"another"), proof, root)
        assert not verify_inclusion(index, size, leaf_hash(leaves[index]), [*proof, root], root)
    for old in range(1, size + 1):
        proof = consistency_proof(old, size, subtree)
        assert proof == subproof(old, leaves, True)
        old_root = mth(leaves[:old])
        assert verify_consistency(old, size, old_root, root, proof)
        assert not verify_consistency(old, size, mth([b"x", *leaves[1:old]]), root, proof)
        assert not verify_consistency(old, size, old_root, mth([*leaves[:-1], b"x"]), proof)
        assert not verify_consistency(old, size, old_root, root, [*proof, root])


@given(data=st.data(), size=st.integers(2, 300))
def test_a_proof_that_was_changed_proves_nothing(data: st.DataObject, size: int) -> None:
    leaves = some(size)
    root = mth(leaves)

    def subtree(start: int, end: int) -> bytes:
        return mth(leaves[start:end])

    old = data.draw(st.integers(1, size - 1))
    proof = consistency_proof(old, size, subtree)
    at = data.draw(st.integers(0, len(proof) - 1))
    changed = [*proof[:at], leaf_hash(proof[at]), *proof[at + 1 :]]
    assert not verify_consistency(old, size, mth(leaves[:old]), root, changed)
    assert not verify_consistency(old, size, mth(leaves[:old]), root, proof[:-1])
    index = data.draw(st.integers(0, size - 1))
    leaf, there = leaf_hash(leaves[index]), inclusion_proof(index, size, subtree)
    other = data.draw(st.integers(0, size - 1))
    assert verify_inclusion(index, size, leaf, there, root)
    assert verify_inclusion(other, size, leaf, there, root) is (other == index)
    assert not verify_inclusion(index, size, leaf, there[:-1], root)


def test_sizes_that_are_not_there() -> None:
    for old, new in ((0, 3), (4, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no proof"):
            consistency_proof(old, new, lambda start, end: EMPTY)
        assert not verify_consistency(old, new, EMPTY, EMPTY, [])
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(3, 3, lambda start, end: EMPTY)
    assert not verify_inclusion(3, 3, EMPTY, [], EMPTY)
