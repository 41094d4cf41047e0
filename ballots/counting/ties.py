"""Who comes first where votes are equal. Every step is published beforehand; the lot always decides in the end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Totals = Mapping[int, int]


def how_broken(keys: Sequence[tuple[Any, Any]], second: str) -> list[str | None]:
    """For each option: None where nothing else has its votes, `second` where the next step told it apart, or "lot".

    A key is (votes, what the next step looks at).
    """
    votes = Counter(key[0] for key in keys)
    both = Counter(keys)
    return [None if votes[key[0]] == 1 else second if both[key] == 1 else "lot" for key in keys]


def last_seat(keys: Sequence[tuple[Any, Any]], seats: int, second: str) -> tuple[list[int], str] | None:
    """The tie that decided who had the last seat: where in `keys` (sorted) the tied ones are, and what broke it."""
    if not 0 < seats < len(keys) or keys[seats - 1][0] != keys[seats][0]:
        return None
    tied = [place for place, key in enumerate(keys) if key[0] == keys[seats][0]]
    return tied, "lot" if keys[seats - 1] == keys[seats] else second


def standing(position: int, stages: Sequence[Totals], lots: Sequence[int]) -> tuple[list[int], int]:
    """A key that sorts the best first: most votes now, then at the latest earlier stage that differs, then the lot."""
    return [-totals[position] for totals in reversed(stages)], lots[position]


def highest(among: Sequence[int], stages: Sequence[Totals], lots: Sequence[int]) -> tuple[int, str | None]:
    """The one with the most votes, and how a tie was broken: None, "earlier" (stages) or "lot"."""
    chosen = min(among, key=lambda position: standing(position, stages, lots))
    return chosen, _how(chosen, among, stages)


def lowest(among: Sequence[int], stages: Sequence[Totals], lots: Sequence[int]) -> tuple[int, str | None]:
    """The one with the fewest votes, and how a tie was broken. The lot saves those it names first."""
    chosen = max(among, key=lambda position: standing(position, stages, lots))
    return chosen, _how(chosen, among, stages)


def _how(chosen: int, among: Sequence[int], stages: Sequence[Totals]) -> str | None:
    level = [other for other in among if other != chosen and stages[-1][other] == stages[-1][chosen]]
    if not level:
        return None
    same = [other for other in level if all(totals[other] == totals[chosen] for totals in stages)]
    return "lot" if same else "earlier"
