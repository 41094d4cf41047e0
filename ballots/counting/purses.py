"""Everybody's purse for one size of the equal share, in floating point, with a bound on how wrong it can be.

`mass` bounds the sum, over all papers, of how far each purse may be from its true value. Buying does not make that sum
grow: true purses and kept ones pay the same cost together, and emptier purses never end up fuller, so a difference can
only be passed on from purse to purse. What adds to it is rounding, and that is counted in.
"""

from dataclasses import dataclass

import numpy as np

from ballots.counting.crowd import Crowd, Floats

ROUNDING = 2.0**-53
# The smallest number above zero: kept in a purse that may or may not be quite empty.
ALMOST_NOTHING = 5e-324
NEVER = float("inf")
MARGIN = 8 * ROUNDING


@dataclass(frozen=True, slots=True)
class Price:
    """What a full payer gives for an option, divided by its cost, lies between `low` and `high`.

    `whole`: where everybody who is not quite out of money can pay in full, their number; the price is then exactly
    1 ÷ that number, and both bounds are the same float. 0 where it is not so.
    """

    low: float
    high: float  # NEVER where it is not sure that its supporters have enough
    whole: int
    each: float  # what a full payer gives, about
    sure: float  # a purse at least this far above or below `each` is surely so
    rounding: float  # what rounding may add to `mass` when it is bought


UNAFFORDABLE = Price(NEVER, NEVER, 0, NEVER, NEVER, 0.0)


class Purses:
    """The purses of all groups at one share."""

    def __init__(self, crowd: Crowd, costs: list[int], share: float) -> None:
        self.crowd, self.costs = crowd, costs
        self.left: Floats = np.full(len(crowd.weight), share)
        self.mass = 4 * ROUNDING * share * crowd.naming
        self.guesses: dict[int, float] = {}  # what a full payer gave when we last looked: saves most of the rounds

    def price(self, position: int) -> Price:
        """The price of an option, as things stand."""
        cost, everybody = float(self.costs[position]), float(self.crowd.votes[position])
        purses = self.left[self.crowd.supporters[position]]
        # A sum of n amounts is wrong by at most n roundings of the total, and here that is a part of the cost.
        rounding = (len(purses) + 8) * ROUNDING * cost
        slack = self.mass + 2 * rounding
        each, payers, given, short = self._solve(position, cost, purses)
        rich = int(np.count_nonzero(purses >= each + slack))
        if not rich:
            return self._in_doubt(position, each, payers, purses)
        sure, rounding = 2 * slack, 4 * rounding * everybody / rich
        if given == 0 and rich == len(purses) - short:
            return Price(1 / payers, 1 / payers, round(payers), cost / payers, sure, rounding)
        low = max(each - slack / payers, 0.0) / cost * (1 - MARGIN)
        return Price(low, (each + slack / rich) / cost * (1 + MARGIN), 0, each, sure, rounding)

    def _in_doubt(self, position: int, each: float, payers: float, purses: Floats) -> Price:
        """Where nobody can surely pay in full: its supporters have too little, or hardly enough."""
        weight, cost = self.crowd.weights[position], float(self.costs[position])
        money = float(purses.sum() if weight is None else (purses * weight).sum())
        slack = self.mass + 2 * (len(purses) + 8) * ROUNDING * (money + cost)
        if money < cost - slack:
            return UNAFFORDABLE
        return Price(max(each - slack / payers, 0.0) / cost * (1 - MARGIN), NEVER, 0, each, NEVER, NEVER)

    def _solve(self, position: int, cost: float, purses: Floats) -> tuple[float, float, float, int]:
        """What a full payer gives, how many they are, what the others give together, and how many groups those are.

        Newton's way: the money raised is concave in the payment, so from below every step stays below, and from above
        the first step lands below. It ends when those who cannot pay in full stay the same. Where nobody can, the
        payment told is too low.
        """
        weight, everybody = self.crowd.weights[position], float(self.crowd.votes[position])
        each, payers, given, short_before = cost / everybody, everybody, 0.0, -1
        trial = self.guesses.get(position, each)
        while True:
            poor = purses < trial
            short = int(np.count_nonzero(poor))
            if short == short_before:
                break
            lost = poor if weight is None else weight * poor
            full = everybody - (short if weight is None else float(lost.sum()))
            if full > 0:
                given = float(purses @ lost) if short else 0.0
                each, payers, short_before = (cost - given) / full, full, short
                trial = each
            elif short_before < 0 and trial != cost / everybody:
                trial = cost / everybody  # the guess was too high for everybody: start from below
            else:
                break  # all of them give all they have
        self.guesses[position] = each
        return each, payers, given, short

    def pay(self, position: int, price: Price) -> None:
        """Take what the option costs. A purse that may or may not be empty then keeps almost nothing."""
        who = self.crowd.supporters[position]
        after = self.left[who] - price.each
        close = np.abs(after) < price.sure
        np.maximum(after, 0.0, out=after)
        if close.any():
            after[close] = np.maximum(after[close], ALMOST_NOTHING)
        self.left[who] = after
        self.mass += price.rounding
