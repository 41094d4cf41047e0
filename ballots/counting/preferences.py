"""Ranked papers as the counts read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ballots.counting.merging import Marks, Merged, lot_places, merge
from ballots.counting.shapes import Option, Papers, Rule

Order = tuple[int, ...]  # positions of options, the favourite first


@dataclass(frozen=True, slots=True)
class Preferences:
    """All ranked papers, merged. Options that no paper places take no part: nobody asked for them.

    Only the order of the places counts, so gaps do nothing. Two options may have the same place on one paper
    (papers brought in from elsewhere): they are level in a contest of two, and where a paper can count for only one
    of them, for the one that the lot names first.
    """

    codes: list[str]
    lots: list[int]
    merged: Merged
    orders: list[tuple[Order, int]]  # without empty papers
    standing: list[int]  # positions of the options that somebody placed

    @property
    def valid(self) -> int:
        """Papers that place something."""
        return self.merged.naming

    def first_places(self) -> dict[str, int]:
        firsts = [0] * len(self.codes)
        for order, weight in self.orders:
            firsts[order[0]] += weight
        return dict(zip(self.codes, firsts, strict=True))

    def unplaced(self) -> list[str]:
        return [code for position, code in enumerate(self.codes) if position not in self.standing]


def read(options: Sequence[Option], papers: Papers, rule: Rule) -> Preferences:
    merged = merge(options, papers, lowest=1)
    lots = lot_places(options, rule.seed)
    orders = [
        (tuple(position for position, _place in sorted(marks, key=lambda mark: (mark[1], lots[mark[0]]))), weight)
        for marks, weight in merged.groups
        if marks
    ]
    placed = {position for order, _weight in orders for position in order}
    return Preferences([option.code for option in options], lots, merged, orders, sorted(placed))


def tiers(marks: Marks) -> Iterator[list[int]]:
    """The options of one paper, place by place; more than one where they share it."""
    ordered = sorted(marks, key=lambda mark: mark[1])
    for _place, sharing in groupby(ordered, key=lambda mark: mark[1]):
        yield [position for position, _place in sharing]
