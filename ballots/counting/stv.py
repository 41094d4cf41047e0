"""Several winners: the single transferable vote by the Scottish rules.

The Scottish Local Government Elections Order 2011, schedule 1, rules 45 to 52 (the same as in the Order of 2007):
Droop quota, weighted inclusive Gregory transfers, transfer values cut off after five decimals, no votes for those
who are elected already. All values are whole numbers of 1/100,000 of a vote.

Two things the Order leaves to us. An option that no paper places takes no part, so that rule 52 cannot seat what
nobody asked for. Where a paper puts two options in one place (the Order would reject it or stop there), the one that
the lot names first is taken to be before the other.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ballots.counting.preferences import Order, Preferences, read
from ballots.counting.shapes import Count, Option, Papers, Progress, Rule
from ballots.counting.ties import highest, lowest, standing

ONE = 100_000  # one vote

# A parcel of papers that say the same: what they say, what each is worth now, how many there are.
Parcel = tuple[Order, int, int]


def count_stv(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None = None) -> Count:
    """Winners in the order in which they were elected.

    working: {"how": "stv", "unit": 100000, "valid": papers that place something, "quota": in whole votes, "unplaced":
    codes that nobody placed, "stages": [{"what": "first" (preferences), "surplus" or "excluded", "code": whose papers
    moved, "surplus": how much there was, "value": what a whole vote of a surplus is passed on at, "parcels":
    [{"papers", "was", "now"}] by value, "tie": how it was told from others with as many votes: None, "earlier"
    (stages) or "lot", "totals": {code: votes}, "elected": by reaching the quota, "filled": as the last ones left
    (rule 52), "not_transferable", "rounding": what cutting off has lost}]}. Votes are in 1/`unit`, and at each stage
    totals, not_transferable and rounding make up all valid papers.
    """
    ballots = read(options, papers, rule)
    if progress:
        progress(50)
    tally = _Tally(ballots, max(rule.seats, 0))
    tally.run()
    if progress:
        progress(100)
    working = {
        "how": "stv" if tally.elected else "none",
        "unit": ONE,
        "valid": ballots.valid,
        "quota": tally.quota // ONE,
        "unplaced": ballots.unplaced(),
        "stages": tally.stages,
    }
    winners = tuple(ballots.codes[position] for position in tally.elected)
    return Count(winners, ballots.first_places(), ballots.merged.papers, working)


class _Tally:
    """The count as it stands after each stage."""

    def __init__(self, ballots: Preferences, seats: int) -> None:
        self.codes, self.lots = ballots.codes, ballots.lots
        self.seats = seats
        self.quota = (ballots.valid // (seats + 1) + 1) * ONE  # rule 46
        self.continuing = list(ballots.standing)
        self.elected: list[int] = []
        self.surpluses: list[int] = []  # elected, surplus still to be transferred
        self.piles: dict[int, list[Parcel]] = {position: [] for position in self.continuing}
        self.totals = dict.fromkeys(self.continuing, 0)
        self.not_transferable = self.rounding = 0
        self.history: list[dict[int, int]] = []  # totals at the end of each stage
        self.stages: list[dict[str, Any]] = []
        for order, weight in ballots.orders:  # rule 45
            self.piles[order[0]].append((order, ONE, weight))
            self.totals[order[0]] += ONE * weight

    def run(self) -> None:
        if not self.continuing:
            return
        self._close_stage("first")
        while self.continuing and len(self.elected) < self.seats:
            if self.surpluses:
                self._transfer_surplus()
            else:
                self._exclude()

    def _transfer_surplus(self) -> None:
        """Rules 48 and 49: the highest surplus first, one a stage."""
        position, tie = highest(self.surpluses, self.history, self.lots)
        self.surpluses.remove(position)
        total = self.totals[position]
        surplus = total - self.quota
        self.totals[position] = self.quota
        parcels, moved = self._pass_on(position, surplus, total)
        self.rounding += surplus - moved
        self._close_stage("surplus", position, surplus=surplus, value=surplus * ONE // total, parcels=parcels, tie=tie)

    def _exclude(self) -> None:
        """Rules 50 and 51: the lowest goes out, and each paper moves on at what it is worth."""
        position, tie = lowest(self.continuing, self.history, self.lots)
        self.continuing.remove(position)
        self.totals[position] = 0
        parcels, _moved = self._pass_on(position, 1, 1)
        self._close_stage("excluded", position, parcels=parcels, tie=tie)

    def _pass_on(self, position: int, part: int, whole: int) -> tuple[list[dict[str, int]], int]:
        """Move every paper of an option to the next one on it; also says at what values, and how much in all."""
        values: Counter[int] = Counter()
        moved = 0
        in_reach = frozenset(self.continuing)
        for order, value, weight in self.piles.pop(position):
            now = value * part // whole
            values[value] += weight
            moved += now * weight
            heir = next((other for other in order if other in in_reach), None)
            if heir is None:
                self.not_transferable += now * weight
            else:
                self.piles[heir].append((order, now, weight))
                self.totals[heir] += now * weight
        parcels = [
            {"papers": papers, "was": value, "now": value * part // whole}
            for value, papers in sorted(values.items(), reverse=True)
        ]
        return parcels, moved

    def _close_stage(self, what: str, position: int | None = None, **told: Any) -> None:
        self.history.append(dict(self.totals))
        elected = [each for each in self._best_first() if self.totals[each] >= self.quota]  # rule 47
        self._elect(elected)
        self.surpluses += [each for each in elected if self.totals[each] > self.quota]
        vacancies = self.seats - len(self.elected)
        filled = self._best_first() if vacancies and len(self.continuing) <= vacancies else []  # rule 52
        self._elect(filled)
        stage = {"surplus": None, "value": None, "parcels": [], "tie": None, **told}
        stage |= {
            "what": what,
            "code": None if position is None else self.codes[position],
            "totals": {self.codes[each]: total for each, total in self.totals.items()},
            "elected": [self.codes[each] for each in elected],
            "filled": [self.codes[each] for each in filled],
            "not_transferable": self.not_transferable,
            "rounding": self.rounding,
        }
        self.stages.append(stage)

    def _best_first(self) -> list[int]:
        return sorted(self.continuing, key=lambda each: standing(each, self.history, self.lots))

    def _elect(self, positions: list[int]) -> None:
        self.elected += positions
        self.continuing = [each for each in self.continuing if each not in positions]
