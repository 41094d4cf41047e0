"""Papers that say the same are counted once, with a weight: what keeps a large ballot quick and small."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ballots.counting.lots import lot
from ballots.counting.shapes import Option, Papers

# What a paper says: (position of the option on the ballot, what it gives it), in ballot order.
Mark = tuple[int, int]
Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """All papers, sorted by what they say, so that nothing can depend on the order in which they came."""

    groups: list[tuple[Marks, int]]  # what they say → how many say it
    papers: int  # empty ones too
    naming: int  # those that name at least one option


class _Known(dict[tuple[str, int], Mark]):
    """Each mark that was met so far: checked once, and held in memory once however many papers make it."""

    def __init__(self, codes: Sequence[str], lowest: int, highest: int | None) -> None:
        self.positions = {code: position for position, code in enumerate(codes)}
        self.lowest, self.highest = lowest, highest
        if len(self.positions) != len(codes):
            raise ValueError("two options have the same code")

    def __missing__(self, item: tuple[str, int]) -> Mark:
        code, value = item
        if code not in self.positions:
            raise ValueError(f"no option has the code {code!r}")
        too_high = self.highest is not None and value > self.highest
        if not isinstance(value, int) or value < self.lowest or too_high:
            raise ValueError(f"{value!r} cannot be given to {code!r}")
        self[item] = mark = (self.positions[code], value)
        return mark


def merge(options: Sequence[Option], papers: Papers, lowest: int, highest: int | None = None) -> Merged:
    """Read the papers one by one. ValueError where one names an unknown code or gives a value out of range."""
    known = _Known([option.code for option in options], lowest, highest)
    groups: Counter[Marks] = Counter()
    for paper in papers:
        groups[tuple(sorted([known[item] for item in paper.items()]))] += 1
    total = groups.total()
    return Merged(sorted(groups.items()), total, total - groups[()])


def lot_places(options: Sequence[Option], seed: str) -> list[int]:
    """Where each option stands in the lot: 0 comes first."""
    drawn = sorted(range(len(options)), key=lambda position: lot(seed, options[position].code))
    places = [0] * len(options)
    for place, position in enumerate(drawn):
        places[position] = place
    return places
