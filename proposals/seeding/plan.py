"""What each made-up proposal becomes: a plan drawn by a seeded chance, so that two runs measure the same."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from proposals.models import Commitment, Proposal, Response

S = Proposal.State
ENOUGH = ((S.AWAITING_RESPONSE, 24), (S.RESPONDED, 14), (S.DECIDED, 22), (S.DELIVERING, 16), (S.DELIVERED, 24))
TOO_FEW = ((S.TABLED, 62), (S.LAPSED, 32), (S.WITHDRAWN, 6))
OUTCOMES = (Response.Outcome.ACCEPTED, Response.Outcome.ACCEPTED_IN_PART, Response.Outcome.DECLINED)
TWO_YEARS = 730

WHAT = ("Light", "Mend", "Paint", "Clean", "Open", "Move", "Plant", "Share", "Warm", "Show us")
WHICH = (
    "the path",
    "the lift",
    "the front door",
    "the bins",
    "the stairs",
    "the garden",
    "the cleaning rota",
    "the play area",
)
WHERE = ("by the canal", "at Mill Court", "behind the shop", "in Orchard House", "near the bus stop", "on South Row")
CASE = (
    "We asked at the doors and most people said the same. It has been like this since last winter. "
    "Two neighbours have hurt themselves, and one has stopped going out after dark. We would help with what we can. "
)
REMARKS = (
    "I see this every day when I come home from work. Please do something before the winter.",
    "It is not only here. The same happens at the other end, and nobody has come to look.",
    "I can help on Saturdays, and my brother has a van.",
    "Thank you for writing this down. I thought I was the only one.",
    "Have you asked the people on the ground floor? For them it is louder.",
)
PROMISES = ("Send somebody to look at it", "Mend it and tell everybody", "Write to each door with the dates")


@dataclass(frozen=True)
class Plan:
    """One proposal to be."""

    number: int
    title: str
    topic: int
    author: int
    supports: int
    first_supporter: int
    comments: int
    state: str
    tabled_at: datetime
    asked_at: datetime | None
    answered_at: datetime | None
    decided_at: datetime | None
    ended_at: datetime | None
    outcome: str
    promises: tuple[str, ...]


def draw_plans(
    *, count: int, first_number: int, supports_each: int, comments_each: int, users: int, threshold: int, now: datetime
) -> list[Plan]:
    """`count` plans, the oldest first. Supports and comments vary, and come to exactly `count` times their mean."""
    # Not for secrets: the same numbers give the same plans on each machine.
    chance = random.Random(f"{count}/{first_number}")  # noqa: S311
    supports = _around(chance, supports_each, count, most=users)
    comments = _around(chance, comments_each, count, most=2 * comments_each)
    days = sorted((chance.uniform(0, TWO_YEARS) for _ in range(count)), reverse=True)
    return [
        _draw(
            chance, first_number + at, now - timedelta(days=days[at]), supports[at], comments[at], users, threshold, now
        )
        for at in range(count)
    ]


def _draw(
    chance: random.Random,
    number: int,
    tabled_at: datetime,
    supports: int,
    comments: int,
    users: int,
    threshold: int,
    now: datetime,
) -> Plan:
    state = _pick(chance, ENOUGH if supports >= threshold else TOO_FEW)
    moments: list[datetime | None] = [None, None, None]
    if supports >= threshold:  # asked, answered, decided: as far as its state goes
        steps = {S.AWAITING_RESPONSE: 1, S.RESPONDED: 2}.get(S(state), 3)
        moments[:steps] = _moments(chance, tabled_at, now, steps)
    asked_at, answered_at, decided_at = moments
    ended = _moments(chance, tabled_at, now, 1)[0] if state in (S.LAPSED, S.WITHDRAWN) else None
    return Plan(
        number=number,
        title=f"{chance.choice(WHAT)} {chance.choice(WHICH)} {chance.choice(WHERE)} ({number})",
        topic=chance.choice((0, 2, 3, 4)),  # not the one on which residents vote: those are never asked about
        author=chance.randrange(users),
        supports=supports,
        first_supporter=chance.randrange(users),
        comments=comments,
        state=state,
        tabled_at=tabled_at,
        asked_at=asked_at,
        answered_at=answered_at,
        decided_at=decided_at,
        ended_at=ended,
        outcome=chance.choice(OUTCOMES),
        promises=_promises(chance, state),
    )


def _promises(chance: random.Random, state: str) -> tuple[str, ...]:
    """The states of the promises that make a proposal be in `state`."""
    c = Commitment.State
    if state == S.DELIVERING:
        return (c.CONFIRMED, c.PROMISED)[chance.randrange(2) :]
    if state == S.DELIVERED:
        return (c.CONFIRMED,) * chance.randint(1, 2)
    return (c.PROMISED,) if state == S.RESPONDED else ()


def _pick(chance: random.Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return chance.choices([state for state, _weight in weighted], [weight for _state, weight in weighted])[0]


def _moments(chance: random.Random, start: datetime, now: datetime, count: int) -> list[datetime]:
    """Moments after `start` and before `now`, in order, within some weeks of each other."""
    moments = []
    for _step in range(count):
        start += min(timedelta(days=chance.uniform(2, 45)), (now - start) / 2)
        moments.append(start)
    return moments


def _around(chance: random.Random, mean: int, count: int, *, most: int) -> list[int]:
    """`count` numbers from 0 to `most`, drawn in pairs that balance each other, so that the mean is exact."""
    room = min(mean, most - mean)
    numbers: list[int] = []
    while len(numbers) < count:
        away = int(room * chance.random() ** 1.5)
        numbers += [mean + away, mean - away]
    if count % 2:
        numbers[count - 1] = mean
    return numbers[:count]
