"""Who ticked what, merged and laid out as arrays. Only a running count imports this module: it loads numpy."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ballots.counting.shapes import Option, Papers

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Crowd:
    """All papers as groups that ticked the same. Options are known by their position on the ballot."""

    papers: int  # empty ones too
    naming: int  # those that tick at least one option
    weight: NDArray[np.int64]  # how many papers each group is
    supporters: list[Indices]  # for each option: the groups that ticked it
    weights: list[Floats | None]  # for each option: how many papers each of these is; None where each is one
    votes: list[int]  # for each option: how many papers ticked it

    def with_a_pick(self, chosen: Sequence[int]) -> int:
        """How many papers ticked at least one of these options."""
        served = np.zeros(len(self.weight), dtype=bool)
        for position in chosen:
            served[self.supporters[position]] = True
        return int(self.weight[served].sum())


def gather(options: Sequence[Option], papers: Papers) -> Crowd:
    """Read the papers one by one. Points count as a tick. ValueError where a paper cannot be one of this ballot.

    A group is held as the bytes of its sorted positions: 90,000 different papers are a few megabytes.
    """
    places = {option.code: position for position, option in enumerate(options)}
    if len(places) != len(options):
        raise ValueError("two options have the same code")
    groups: Counter[bytes] = Counter()
    for paper in papers:
        try:
            ticked = sorted([places[code] for code in paper])
        except KeyError as unknown:
            raise ValueError(f"no option has the code {unknown}") from None
        if ticked and min(paper.values()) < 1:
            raise ValueError("a tick is worth 1 point or more")
        groups[array("I", ticked).tobytes()] += 1
    empty = groups.pop(b"", 0)
    keys = sorted(groups)
    weight = np.array([groups[key] for key in keys], dtype=np.int64)
    supporters = _by_option(keys, len(options))
    weights = [None if (weight[who] == 1).all() else weight[who].astype(np.float64) for who in supporters]
    votes = [int(weight[who].sum()) for who in supporters]
    naming = int(weight.sum())
    return Crowd(naming + empty, naming, weight, supporters, weights, votes)


def _by_option(keys: list[bytes], options: int) -> list[Indices]:
    """The groups that stand behind each option, smallest number first."""
    size = array("I").itemsize
    named = np.frombuffer(b"".join(keys), dtype=np.dtype("I"))
    group = np.repeat(np.arange(len(keys)), [len(key) // size for key in keys])
    order = np.argsort(named, kind="stable")
    ends = np.cumsum(np.bincount(named, minlength=options)) if len(named) else np.zeros(options, dtype=np.int64)
    return [group[order[start:end]] for start, end in zip([0, *ends][: len(ends)], ends, strict=True)]
