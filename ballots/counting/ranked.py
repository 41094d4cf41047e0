"""Put them in order. One winner: the one who beats each other in a contest of two; else the instant run-off."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from ballots.counting import stv
from ballots.counting.preferences import Preferences, read, tiers
from ballots.counting.shapes import Count, Option, Papers, Progress, Rule
from ballots.counting.ties import lowest


def count_ranked(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None = None) -> Count:
    """One seat: Condorcet, else the run-off; both are in the working. Several: the single transferable vote."""
    if rule.seats != 1:
        return stv.count_stv(options, papers, rule, progress)
    ballots = _read(options, papers, rule, progress)
    contests = _contests(ballots)
    rounds, last = _run_off(ballots)
    beats_all = _beats_all(contests, ballots)
    how = "irv" if beats_all is None else "condorcet"
    return _count(ballots, last if beats_all is None else beats_all, how, contests, rounds, progress)


def count_condorcet(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None = None) -> Count:
    """Whoever beats each other one in a contest of two; nobody wins ("how": "none") where there is no such option."""
    ballots = _read(options, papers, rule, progress)
    contests = _contests(ballots)
    winner = _beats_all(contests, ballots)
    return _count(ballots, winner, "none" if winner is None else "condorcet", contests, [], progress)


def count_irv(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None = None) -> Count:
    """The instant run-off alone."""
    ballots = _read(options, papers, rule, progress)
    rounds, winner = _run_off(ballots)
    return _count(ballots, winner, "irv", _contests(ballots), rounds, progress)


def _read(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None) -> Preferences:
    ballots = read(options, papers, rule)
    if progress:
        progress(50)
    return ballots


def _count(
    ballots: Preferences,
    winner: int | None,
    how: str,
    contests: list[list[int]],
    rounds: list[dict[str, Any]],
    progress: Progress | None,
) -> Count:
    """working: {"how": "condorcet", "irv" or "none" (nobody won), "valid": papers that place something, "unplaced":
    codes that nobody placed, "pairwise": {code: {other: papers that prefer the first}}, "rounds": [{"votes": {code:
    papers}, "spent": papers that place none of those left, "out": code or None, "tie": how the lowest was told from
    others with as few: None, "earlier" (rounds) or "lot", "winner": code in the last round}]}.
    """
    codes = ballots.codes
    working = {
        "how": "none" if winner is None else how,
        "valid": ballots.valid,
        "unplaced": ballots.unplaced(),
        "pairwise": {
            code: {other: contests[row][column] for column, other in enumerate(codes) if column != row}
            for row, code in enumerate(codes)
        },
        "rounds": rounds,
    }
    if progress:
        progress(100)
    winners = () if winner is None else (codes[winner],)
    return Count(winners, ballots.first_places(), ballots.merged.papers, working)


def _contests(ballots: Preferences) -> list[list[int]]:
    """[row][column]: papers that prefer row to column. What a paper does not place is behind what it does."""
    size = len(ballots.codes)
    ahead = [[0] * size for _row in range(size)]  # both on the paper, row before column
    level = [[0] * size for _row in range(size)]  # both on the paper, in the same place
    placed = [0] * size
    for marks, weight in ballots.merged.groups:
        for position, _place in marks:
            placed[position] += weight
        sharing = list(tiers(marks))
        if len(sharing) == len(marks):
            for first, second in combinations([position for (position,) in sharing], 2):
                ahead[first][second] += weight
        else:
            _add_shared(sharing, weight, ahead, level)
    return [[placed[row] - ahead[column][row] - level[row][column] for column in range(size)] for row in range(size)]


def _add_shared(sharing: list[list[int]], weight: int, ahead: list[list[int]], level: list[list[int]]) -> None:
    for before, after in combinations(sharing, 2):
        for first in before:
            for second in after:
                ahead[first][second] += weight
    for together in sharing:
        for first, second in combinations(together, 2):
            level[first][second] += weight
            level[second][first] += weight


def _beats_all(contests: list[list[int]], ballots: Preferences) -> int | None:
    for row in ballots.standing:
        others = (column for column in range(len(ballots.codes)) if column != row)
        if all(contests[row][column] > contests[column][row] for column in others):
            return row
    return None


def _run_off(ballots: Preferences) -> tuple[list[dict[str, Any]], int | None]:
    """The fewest first places go out, until one has more than half of the papers that still count."""
    left = list(ballots.standing)
    piles: dict[int, list[tuple[tuple[int, ...], int]]] = {position: [] for position in left}
    for order, weight in ballots.orders:
        piles[order[0]].append((order, weight))
    rounds: list[dict[str, Any]] = []
    stages: list[dict[int, int]] = []
    winner = None
    while left and winner is None:
        votes = {position: sum(weight for _order, weight in piles[position]) for position in left}
        stages.append(votes)
        counting = sum(votes.values())
        winner = next((position for position in left if votes[position] * 2 > counting or len(left) == 1), None)
        out, tie = (None, None) if winner is not None else lowest(left, stages, ballots.lots)
        rounds.append(
            {
                "votes": {ballots.codes[position]: votes[position] for position in left},
                "spent": ballots.valid - counting,
                "out": None if out is None else ballots.codes[out],
                "tie": tie,
                "winner": None if winner is None else ballots.codes[winner],
            }
        )
        if out is not None:
            left.remove(out)
            _move(piles, out)
    return rounds, winner


def _move(piles: dict[int, list[tuple[tuple[int, ...], int]]], out: int) -> None:
    """Each paper goes to the next one on it that is still in."""
    for order, weight in piles.pop(out):
        heir = next((position for position in order if position in piles), None)
        if heir is not None:
            piles[heir].append((order, weight))
