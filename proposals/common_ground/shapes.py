"""What the maths takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass

AGREE, PASS, DISAGREE = 1, 0, -1

# voter → statement → AGREE, PASS or DISAGREE. Who did not answer a statement is not in it.
Votes = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Statement:
    """One statement and how people answered it, in all and by group."""

    key: str
    agrees: int
    disagrees: int
    passes: int
    by_group: tuple[tuple[int, int], ...]  # (agrees, votes) of each group; empty where no groups are named
    consensus: float  # 0 to 1: the product over groups of (agrees + 1) ÷ (votes + 2)


@dataclass(frozen=True)
class CommonGround:
    """`groups`: the people of each, the largest first; empty unless stable and each of ten people or more.

    stability: mean adjusted Rand index between the groupings of different seeds, −1 to 1. `points`: each person on the
    map, (x, y) of the first two principal components. `statements`: the most agreed across groups first.
    """

    people: int
    stability: float
    silhouette: float
    groups: tuple[tuple[str, ...], ...]
    points: Mapping[str, tuple[float, float]]
    statements: tuple[Statement, ...]

    @property
    def is_stable(self) -> bool:
        return bool(self.groups)
