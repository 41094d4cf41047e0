"""Tick all you would back: the most ticks first."""

from collections.abc import Sequence
from typing import Any

from ballots.counting.merging import Merged, lot_places, merge
from ballots.counting.shapes import Count, Option, Papers, Progress, Rule
from ballots.counting.shortlist import shortlist
from ballots.counting.ties import how_broken, last_seat


def count_approval(options: Sequence[Option], papers: Papers, rule: Rule, progress: Progress | None = None) -> Count:
    """At most `seats` winners, each on `min_share` percent of the papers and on one at least.

    Equal ticks: the lowest cost first (where options have one), then the lot.
    working: {"rows": every option, best first: {"code", "votes", "won", "why": None (it won), "unnamed", "share"
    (too few papers) or "seats" (others had more), "tie": None, "cost" or "lot"}, "naming": papers with a tick,
    "last_seat": None or {"codes", "by"}: the tie that decided who won,
    "shortlist": {"winners", "rounds": [{"code", "by": "shares" or "votes", "price": "n/d" of a seat, "tied"}]},
    "voters_with_a_pick": {"plain", "shortlist"}}.
    """
    merged = merge(options, papers, lowest=1)
    tell = progress or (lambda _percent: None)
    tell(50)
    votes = [0] * len(options)
    for marks, weight in merged.groups:
        for position, _value in marks:
            votes[position] += weight
    lots = lot_places(options, rule.seed)
    order = sorted(range(len(options)), key=lambda at: (-votes[at], options[at].cost, lots[at]))
    standing = [at for at in order if votes[at] and votes[at] * 100 >= rule.min_share * merged.papers]
    won = standing[: max(rule.seats, 0)]
    tell(70)
    listed, rounds = shortlist(merged, standing, rule.seats)
    working = {
        "rows": _rows(options, votes, order, standing, won),
        "naming": merged.naming,
        "last_seat": _last_seat(options, votes, standing, rule.seats),
        "shortlist": {
            "winners": [options[at].code for at in listed],
            "rounds": [{"code": options[each.pop("position")].code, **each} for each in rounds],
        },
        "voters_with_a_pick": {"plain": _with_a_pick(merged, won), "shortlist": _with_a_pick(merged, listed)},
    }
    tell(100)
    totals = {option.code: votes[at] for at, option in enumerate(options)}
    return Count(tuple(options[at].code for at in won), totals, merged.papers, working)


def _rows(
    options: Sequence[Option], votes: list[int], order: list[int], standing: list[int], won: list[int]
) -> list[dict[str, Any]]:
    ties = how_broken([(votes[at], options[at].cost) for at in order], "cost")
    rows = []
    for at, tie in zip(order, ties, strict=True):
        rows.append(
            {
                "code": options[at].code,
                "votes": votes[at],
                "won": at in won,
                "why": None if at in won else "seats" if at in standing else "share" if votes[at] else "unnamed",
                "tie": tie if votes[at] else None,
            }
        )
    return rows


def _last_seat(options: Sequence[Option], votes: list[int], standing: list[int], seats: int) -> dict[str, Any] | None:
    found = last_seat([(votes[at], options[at].cost) for at in standing], seats, "cost")
    if found is None:
        return None
    tied, by = found
    return {"codes": [options[standing[place]].code for place in tied], "by": by}


def _with_a_pick(merged: Merged, chosen: list[int]) -> int:
    """How many papers name at least one of them."""
    sought = frozenset(chosen)
    return sum(weight for marks, weight in merged.groups if any(at in sought for at, _value in marks))
