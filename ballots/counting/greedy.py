"""The other budget rule: most votes first, passing over what no longer fits."""

from collections.abc import Mapping, Sequence


def most_votes_first(
    positions: Sequence[int], votes: Sequence[int], costs: Sequence[int], lots: Sequence[int]
) -> list[int]:
    """Equal votes: the lowest cost first, then the lot."""
    return sorted(positions, key=lambda at: (-votes[at], costs[at], lots[at]))


def fill(ordered: Sequence[int], costs: Sequence[int], money: int) -> tuple[list[int], Mapping[int, int]]:
    """What is bought, in order, and for each that was passed over: the money that was left at its turn."""
    bought, passed_over = [], {}
    for at in ordered:
        if costs[at] <= money:
            bought.append(at)
            money -= costs[at]
        else:
            passed_over[at] = money
    return bought, passed_over
