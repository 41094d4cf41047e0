"""The proportional shortlist beside an approval vote: Equal Shares where every option costs one seat."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ballots.counting.merging import Merged

Levels = Mapping[Fraction, int]  # what voters still hold → how many of them


def shortlist(merged: Merged, ranking: Sequence[int], seats: int) -> tuple[list[int], list[dict[str, Any]]]:
    """The positions chosen, in order, and how each was.

    Everybody who named something holds the same part of the seats. An option is bought where those who named it can
    pay for one seat together, the one that costs each of them least first. Seats that nobody can buy any more go to
    the most ticks. `ranking` is the plain order of the options that may win: it breaks ties.
    """
    shares = _Shares(merged, ranking, seats)
    chosen: list[int] = []
    rounds: list[dict[str, Any]] = []
    while len(chosen) < seats:
        best = shares.cheapest()
        if best is None:
            break
        position, price, tied = best
        shares.buy(position, price)
        chosen.append(position)
        rounds.append({"position": position, "by": "shares", "price": fraction(price), "tied": tied})
    for position in [left for left in ranking if left not in chosen][: max(seats - len(chosen), 0)]:
        chosen.append(position)
        rounds.append({"position": position, "by": "votes", "price": None, "tied": False})
    return chosen, rounds


def fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


class _Shares:
    """What every group of voters still holds, and what each option would cost its supporters."""

    def __init__(self, merged: Merged, ranking: Sequence[int], seats: int) -> None:
        self.weights = [weight for _marks, weight in merged.groups]
        self.amounts = [Fraction(max(seats, 0), merged.naming or 1)]  # each amount that anybody holds, once
        self.known = {self.amounts[0]: 0}
        self.held = [0] * len(merged.groups)  # group → which of the amounts
        self.supporters: dict[int, list[int]] = {position: [] for position in ranking}
        self.rank = {position: place for place, position in enumerate(ranking)}
        for group, (marks, _weight) in enumerate(merged.groups):
            for position, _value in marks:
                if position in self.supporters:
                    self.supporters[position].append(group)
        # A price never falls, because what people hold never grows: an old price is a floor under the new one.
        self.floors = {position: Fraction(0) for position in ranking}

    def cheapest(self) -> tuple[int, Fraction, bool] | None:
        """The option with the lowest price, the first in the ranking where prices are the same, and whether any are."""
        best: tuple[int, Fraction] | None = None
        tied = False
        for position in sorted(self.floors, key=self.floors.__getitem__):  # stable: keeps the ranking among equals
            if best is not None and self.floors[position] > best[1]:
                break
            price = price_of(self._levels(position))
            if price is None:
                del self.floors[position]
                continue
            self.floors[position] = price
            if best is None or price < best[1]:
                best, tied = (position, price), False
            elif price == best[1]:
                best, tied = (min(position, best[0], key=self.rank.__getitem__), price), True
        return None if best is None else (*best, tied)

    def buy(self, position: int, price: Fraction) -> None:
        after: dict[int, int] = {}
        for group in self.supporters[position]:
            before = self.held[group]
            if before not in after:
                after[before] = self._amount(max(self.amounts[before] - price, Fraction(0)))
            self.held[group] = after[before]
        del self.floors[position]

    def _amount(self, amount: Fraction) -> int:
        if amount not in self.known:
            self.known[amount] = len(self.amounts)
            self.amounts.append(amount)
        return self.known[amount]

    def _levels(self, position: int) -> Levels:
        levels: Counter[int] = Counter()
        for group in self.supporters[position]:
            levels[self.held[group]] += self.weights[group]
        return {self.amounts[index]: voters for index, voters in levels.items()}


def price_of(levels: Levels) -> Fraction | None:
    """The least that each may pay at most so that together they pay one; None where they do not hold as much."""
    missing, payers = Fraction(1), sum(levels.values())
    for held in sorted(levels):
        if held * payers >= missing:
            return missing / payers
        missing -= held * levels[held]
        payers -= levels[held]
    return None
