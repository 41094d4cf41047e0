"""Everybody's purse for one size of the equal share, in floating point, with a bound on how wrong it can be.

`mass` bounds the sum, over all papers, of how far each purse may be from its true value. Buying does not make that sum
grow: true purses and kept ones pay the same cost together, and emptier purses never end up fuller, so a difference can
only be passed on from purse to purse. What adds to it is rounding, and that is counted in.
"""

from dataclasses import dataclass

import numpy as np

from ballots.counting.crowd import Crowd, Floats

ROUNDING = 2.0**-53
# numpy adds up in pairs of blocks of 128: a sum is wrong by at most (20 + log2 of its length) roundings of the total.
SUMMING = 64 * ROUNDING
# The smallest number above zero: kept in a purse that may or may not be quite empty.
ALMOST_NOTHING = 5e-324
NEVER = float("inf")


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
        cost = float(self.costs[position])
        purses = self.left[self.crowd.supporters[position]]
        weight = self.crowd.weights[position]
        money = float(purses.sum() if weight is None else (purses * weight).sum())
        rounding = SUMMING * (money + cost)
        slack = self.mass + rounding
        if money < cost - slack:
            return UNAFFORDABLE
        each, payers = self._solve(position, purses, weight)
        self.guesses[position] = each
        rich = purses >= each + slack
        full = float(np.count_nonzero(rich) if weight is None else weight[rich].sum())
        if not full:
            return Price(max(each - slack / payers, 0.0) / cost * (1 - 8 * ROUNDING), NEVER, 0, each, NEVER, NEVER)
        sure, rounding = 2 * slack, 2 * rounding * self.crowd.votes[position] / full
        if full == (np.count_nonzero(purses) if weight is None else weight[purses > 0].sum()):
            return Price(1 / full, 1 / full, int(full), cost / full, sure, rounding)
        low = max(each - slack / payers, 0.0) / cost * (1 - 8 * ROUNDING)
        high = (each + slack / full) / cost * (1 + 8 * ROUNDING) if money > cost + slack else NEVER
        return Price(low, high, 0, each, sure, rounding)

    def _solve(self, position: int, purses: Floats, weight: Floats | None) -> tuple[float, float]:
        """What a full payer gives, and how many they are.

        Newton's way: the money raised is concave in the payment, so from below every step stays below, and from above
        the first step lands below. It ends when those who cannot pay in full stay the same.
        """
        cost, everybody = float(self.costs[position]), float(self.crowd.votes[position])
        each, payers, short_before = cost / everybody, everybody, -1
        trial = self.guesses.get(position, each)
        while True:
            poor = purses < trial
            short = int(np.count_nonzero(poor))
            if short == short_before:
                return each, payers
            if weight is None:
                full, given = everybody - short, float((purses * poor).sum())
            else:
                lost = weight * poor
                full, given = everybody - float(lost.sum()), float((purses * lost).sum())
            if full > 0:
                each, payers, short_before = (cost - given) / full, full, short
                trial = each
            elif short_before < 0 and trial != each:
                trial = each  # the guess was too high for everybody: start from below
            else:
                return each, payers  # all of them give all they have

    def pay(self, position: int, price: Price) -> None:
        """Take what the option costs."""
        who = self.crowd.supporters[position]
        after = self.left[who] - price.each
        after[after <= -price.sure] = 0.0
        after[(after < 0) & (self.left[who] > 0)] = ALMOST_NOTHING
        self.left[who] = np.maximum(after, 0.0)
        self.mass += price.rounding
