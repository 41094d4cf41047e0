"""One run of Equal Shares in whole numbers, with floating point only where it is sure of a yes or a no.

A purse is never written down: it holds the share less what its owner paid in full, and nothing once he could not. So
the money of any group of people is (people × share) less, for each option bought, its payment × how many of them paid
it: counting is left to numpy, and a handful of long whole numbers does the rest.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np

from ballots.counting.crowd import Crowd, Indices
from ballots.counting.purses import ALMOST_NOTHING, ROUNDING, Price, Purses


@dataclass(frozen=True, slots=True)
class Purchase:
    """Who paid what for an option."""

    position: int
    each: Fraction  # what a full payer gave
    full: int  # how many gave that
    less: int  # how many gave all they still had
    nothing: int  # how many had nothing left to give
    tied: int  # how many other options had the very same price and lost the tie


class Ledger:
    """The purses at one share, exactly: every amount is a whole number of 1 ÷ `unit` of a minor unit."""

    def __init__(self, crowd: Crowd, costs: list[int], share: Fraction) -> None:
        self.crowd, self.costs = crowd, costs
        self.purses = Purses(crowd, costs, float(share))
        self.unit, self.share = share.denominator, share.numerator
        self.payments: list[int] = []
        self.paid = np.zeros((len(crowd.weight), 16), dtype=np.uint8)  # group × purchase: paid in full

    def money(self, groups: Indices) -> int:
        """What these groups, none of them out of money, have left together."""
        weight = self.crowd.weight[groups]
        counts = weight @ self.paid[groups, : len(self.payments)].astype(np.int64)
        spent = sum(int(count) * payment for count, payment in zip(counts, self.payments, strict=True))
        return int(weight.sum()) * self.share - spent

    def purse(self, group: int) -> int:
        """What each paper of a group has left."""
        paid = self.paid[group]
        return self.share - sum(payment for at, payment in enumerate(self.payments) if paid[at])

    def left(self, position: int) -> Fraction:
        """What the supporters of an option have left together."""
        return Fraction(self.money(self._alive(position)), self.unit)

    def _alive(self, position: int) -> Indices:
        who = self.crowd.supporters[position]
        return who[self.purses.left[who] > 0]

    def exact(self, position: int, price: Price) -> tuple[Fraction, Indices] | None:
        """What a full payer gives, and who they are; None where its supporters have too little."""
        alive = self._alive(position)
        gap = self.purses.left[alive] - price.each
        unsure = alive[np.abs(gap) < price.sure]
        poor = alive[gap <= -price.sure]
        rest = self.costs[position] * self.unit - self.money(poor)
        payers = int(self.crowd.weight[alive].sum() - self.crowd.weight[poor].sum())
        short = poor.tolist()
        for purse, group in sorted((self.purse(group), group) for group in unsure.tolist()):
            if purse * payers >= rest:
                break
            weight = int(self.crowd.weight[group])
            rest, payers = rest - purse * weight, payers - weight
            short.append(group)
        if not payers:
            return None
        return Fraction(rest, payers * self.unit), np.setdiff1d(alive, short, assume_unique=True)

    def buy(self, position: int, price: Price, tied: int = 0) -> Purchase:
        """Take the cost from its supporters."""
        found = self.exact(position, price)
        if found is None:
            raise AssertionError("bought what its supporters cannot pay")
        each, rich = found
        finer = each.denominator // gcd(each.denominator, self.unit)
        self.unit, self.share = self.unit * finer, self.share * finer
        self.payments = [payment * finer for payment in self.payments]
        purchase = self._purchase(position, each, rich, tied)
        if len(self.payments) == self.paid.shape[1]:
            self.paid = np.concatenate([self.paid, np.zeros_like(self.paid)], axis=1)
        self.paid[rich, len(self.payments)] = 1
        self.payments.append(each.numerator * (self.unit // each.denominator))
        self._empty(position, each, rich)
        return purchase

    def _purchase(self, position: int, each: Fraction, rich: Indices, tied: int) -> Purchase:
        full = int(self.crowd.weight[rich].sum())
        alive = int(self.crowd.weight[self._alive(position)].sum())
        return Purchase(position, each, full, alive - full, self.crowd.votes[position] - alive, tied)

    def _empty(self, position: int, each: Fraction, rich: Indices) -> None:
        """The same payments in floating point. A purse is at zero there if and only if it is truly empty."""
        kept = self.purses.left
        before = kept[rich]
        self.purses.mass += 4 * ROUNDING * float(self.crowd.weight[rich] @ before)
        after = before - float(each)
        close = np.flatnonzero(after < 2 * self.purses.mass)
        after[close] = [ALMOST_NOTHING if self.purse(group) else 0.0 for group in rich[close].tolist()]
        kept[self.crowd.supporters[position]] = 0.0
        kept[rich] = after
