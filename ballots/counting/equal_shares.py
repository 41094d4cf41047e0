"""The Method of Equal Shares with cost utilities, and the search for the equal share at which add1 ends.

Everybody gets the same share of the budget. An option is bought when those who ticked it have enough together: they
pay alike, and who has less left gives all of it. Bought first is the option whose full payers give the least for each
pound that it costs. add1 gives everybody one step more and starts anew, until the outcome is complete or overspends.

What is bought does not grow steadily with the share, so no step may be left out. But with the same purchases before,
every purse grows with the share and every price falls. So where the smallest and the largest share of a range agree on
a purchase beyond all rounding, every share between does too. A range that does not agree is halved, and what a single
share leaves too close to call is worked out in whole numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ballots.counting.crowd import Crowd
from ballots.counting.ledger import Ledger, Purchase
from ballots.counting.purses import NEVER, UNAFFORDABLE, Price, Purses
from ballots.counting.shapes import Rule
from ballots.counting.steps import default_step


@dataclass(frozen=True, slots=True)
class Contender:
    """An option that may be bought next, with its price at both ends of a range. Prices fall as the share grows."""

    position: int
    at_poorest: Price
    at_richest: Price

    @property
    def high(self) -> float:
        return self.at_poorest.high

    @property
    def whole(self) -> bool:
        return self.at_poorest.whole == self.at_richest.whole > 0


Contenders = list[Contender]


@dataclass(frozen=True)
class Outcome:
    """What was bought at the last share, and how the search went."""

    purchases: list[Purchase]
    left: dict[int, Fraction]  # what the supporters of each option that was not bought still have together
    first_share: Fraction
    share: Fraction
    step: int
    raises: int  # by how many steps the share was raised in the end
    tried: int  # how many raises were looked at: one more where the last would have overspent

    @property
    def bought(self) -> list[int]:
        return [purchase.position for purchase in self.purchases]


@dataclass
class Range:
    """The shares from `first` to `last` steps up, as far as they are known to buy the same."""

    first: int
    last: int
    lows: dict[int, float]  # what is not bought yet, and a price that it cannot be below
    bought: list[int] = field(default_factory=list)
    poorest: Purses | None = None  # the purses at the first share, as things stand
    richest: Purses | None = None

    def halves(self) -> tuple["Range", "Range"]:
        middle = (self.first + self.last) // 2
        return (
            Range(self.first, middle, dict(self.lows), list(self.bought), self.poorest, None),
            Range(middle + 1, self.last, dict(self.lows), list(self.bought), None, self.richest),
        )


class EqualShares:
    """One election: options by position, those that can win as `standing`, best in a tie first."""

    def __init__(self, crowd: Crowd, costs: list[int], standing: Sequence[int], rule: Rule) -> None:
        self.crowd, self.costs, self.rule = crowd, costs, rule
        self.standing = [position for position in standing if costs[position] > 0]
        self.first_share = Fraction(rule.budget, crowd.papers)
        self.step = rule.step or default_step(rule.budget, crowd.papers)
        self.place = {position: place for place, position in enumerate(self.standing)}
        alike: dict[tuple[int, bytes], int] = {}
        self.twins = {
            position: alike.setdefault((costs[position], crowd.supporters[position].tobytes()), position)
            for position in self.standing
        }

    def count(self, tell: Callable[[int], None]) -> Outcome:
        """Find the share, then buy at it again in whole numbers."""
        raises, tried, expected = self._search(tell)
        ledger, purchases = self._in_whole_numbers(raises)
        if {purchase.position for purchase in purchases} != set(expected):
            raise AssertionError("the search and the exact run disagree")
        bought = {purchase.position for purchase in purchases}
        left = {position: ledger.left(position) for position in self.standing if position not in bought}
        return Outcome(purchases, left, self.first_share, self._share(raises), self.step, raises, tried)

    def _share(self, raises: int) -> Fraction:
        return self.first_share + raises * self.step

    def _search(self, tell: Callable[[int], None]) -> tuple[int, int, list[int]]:
        """By how many steps the share is raised, how many raises were looked at, and what is bought then."""
        lows = {position: 1 / self.crowd.votes[position] for position in self.standing}
        last, best = 0, self._same(Range(0, 0, dict(lows))) or []
        if self.rule.completion == "none" or self._complete(best):
            return 0, 0, best
        width, told = 1, 0
        while True:
            waiting = [Range(last + 1, last + width, dict(lows))]
            while waiting:
                here = waiting.pop()
                bought = self._same(here)
                if bought is None:
                    waiting += reversed(here.halves())
                    continue
                if self._over(bought):
                    return last, here.first, best
                if self._complete(bought):
                    return here.first, here.first, bought
                last, best = here.last, bought
                told = max(told, min(95, 95 * self._cost(bought) // max(self.rule.budget, 1)))
                tell(told)
            width *= 2

    def _cost(self, bought: Sequence[int]) -> int:
        return sum(self.costs[position] for position in bought)

    def _over(self, bought: Sequence[int]) -> bool:
        return self._cost(bought) > self.rule.budget

    def _complete(self, bought: Sequence[int]) -> bool:
        """Whether the share need not grow: nothing fits any more, or (stop="overspend") nothing is missing."""
        missing = set(self.standing).difference(bought)
        if self.rule.stop == "overspend":
            return not missing
        left = self.rule.budget - self._cost(bought)
        return all(self.costs[position] > left for position in missing)

    def _same(self, here: Range) -> list[int] | None:
        """What all shares of the range buy, or are sure to buy before they overspend. None: they may differ."""
        poorest, richest = self._at_both_ends(here)
        spent = self._cost(here.bought)
        while spent <= self.rule.budget:
            contenders = self._contenders(here.lows, poorest, richest)
            if not contenders:
                break
            chosen = self._surely(contenders)
            if chosen is None:
                if here.first != here.last:
                    return None
                return [purchase.position for purchase in self._in_whole_numbers(here.first, here.bought)[1]]
            position = chosen.position
            richest.pay(position, chosen.at_richest)
            if poorest is not richest:
                poorest.pay(position, chosen.at_poorest)
            here.bought.append(position)
            spent += self.costs[position]
            del here.lows[position]
        return here.bought

    def _at_both_ends(self, here: Range) -> tuple[Purses, Purses]:
        """The purses at the first and the last share, after what is known to be bought."""
        near = here.poorest or here.richest
        if here.first == here.last:
            here.poorest = here.richest = near or self._purses(here.first, here.bought, None)
        else:
            here.poorest = here.poorest or self._purses(here.first, here.bought, near)
            here.richest = here.richest or self._purses(here.last, here.bought, near)
        if here.poorest is None or here.richest is None:
            raise AssertionError("a range has two ends")
        return here.poorest, here.richest

    def _purses(self, raises: int, bought: Sequence[int], near: Purses | None) -> Purses:
        purses = Purses(self.crowd, self.costs, float(self._share(raises)))
        purses.guesses = dict(near.guesses) if near else {}
        for position in bought:
            purses.pay(position, purses.price(position))
        return purses

    def _contenders(self, lows: dict[int, float], poorest: Purses, richest: Purses) -> Contenders:
        """The options that may have the lowest price at one of the shares.

        Purses only get emptier, so a price that was met before is a bound still, and few must be looked at again.
        """
        best = NEVER
        seen: Contenders = []
        for position in sorted(lows, key=lows.__getitem__):
            if lows[position] > best:
                break
            price = richest.price(position)
            if price is UNAFFORDABLE:
                del lows[position]
                continue
            lows[position] = price.low
            if price.low <= best:
                contender = Contender(position, price if poorest is richest else poorest.price(position), price)
                seen.append(contender)
                best = min(best, contender.high)
        return [contender for contender in seen if contender.at_richest.low <= best]

    def _surely(self, contenders: Contenders) -> Contender | None:
        """The one that is bought next, a tie broken; None where it is too close to call."""
        if any(contender.high == NEVER for contender in contenders):
            return None
        alike = len({self.twins[contender.position] for contender in contenders}) == 1
        if alike or all(contender.whole for contender in contenders):
            return min(contenders, key=self._tie)
        return None

    def _tie(self, contender: Contender) -> int:
        return self.place[contender.position]

    def _in_whole_numbers(self, raises: int, known: Sequence[int] = ()) -> tuple[Ledger, list[Purchase]]:
        """Buy at one share, exactly, until nothing can be bought or it overspends. `known` is bought first."""
        ledger = Ledger(self.crowd, self.costs, self._share(raises))
        lows = {position: 1 / self.crowd.votes[position] for position in self.standing}
        purchases: list[Purchase] = []
        spent = 0
        for position in known:
            purchases.append(ledger.buy(position, ledger.purses.price(position)))
            spent += self.costs[position]
            del lows[position]
        while spent <= self.rule.budget:
            contenders = self._contenders(lows, ledger.purses, ledger.purses)
            if not contenders:
                break
            lowest = self._lowest(contenders, ledger)
            if not lowest:
                for contender in contenders:
                    del lows[contender.position]
                continue
            first = lowest[0]
            purchases.append(ledger.buy(first.position, first.at_richest, tied=len(lowest) - 1))
            spent += self.costs[first.position]
            del lows[first.position]
        return ledger, purchases

    def _lowest(self, contenders: Contenders, ledger: Ledger) -> Contenders:
        """Those with the very lowest price, best in a tie first; none where none of them can be paid."""
        ranked = sorted(contenders, key=self._tie)
        if self._surely(contenders):
            return ranked
        prices = {}
        for contender in ranked:
            found = ledger.exact(contender.position, contender.at_richest)
            if found is not None:
                prices[contender.position] = found[0] / self.costs[contender.position]
        lowest = min(prices.values(), default=None)
        return [
            contender for contender in ranked if contender.position in prices and prices[contender.position] == lowest
        ]
