"""From answers to common ground: who is on the map, which groups are named, what they agree on."""

from typing import Any

from proposals.common_ground import groups
from proposals.common_ground.shapes import AGREE, DISAGREE, CommonGround, Statement, Votes

LEAST_ANSWERS = 7  # as Polis: who answered fewer says too little about where they stand
LEAST_PEOPLE = 10  # in a group that is named, and in all before groups are looked for
LEAST_STABLE = 0.8  # mean adjusted Rand index over the seeds


def find_common_ground(votes: Votes) -> CommonGround:
    """The map, the groups where they are stable, and every statement by cross-group agreement.

    On the map is whoever answered at least seven statements, or all of them where there are fewer. Where no groups
    are named, statements are ranked by the answers of everybody. The same votes give the same result.
    """
    statements = sorted({key for given in votes.values() for key in given})
    least = min(LEAST_ANSWERS, len(statements))
    people = sorted(person for person, given in votes.items() if given and len(given) >= least)
    if len(people) < 2 * LEAST_PEOPLE or len(statements) < 2:
        return CommonGround(len(people), 0.0, 0.0, (), {}, _ranked(votes, statements, ()))
    points = groups.map_of(_matrix(votes, people, statements))
    labels, silhouette, stability = groups.group(points)
    named = _named(people, labels) if stability >= LEAST_STABLE else ()
    places = {person: (float(x), float(y)) for person, (x, y) in zip(people, points, strict=True)}
    return CommonGround(len(people), stability, silhouette, named, places, _ranked(votes, statements, named))


def _matrix(votes: Votes, people: list[str], statements: list[str]) -> Any:
    import numpy as np

    column = {key: at for at, key in enumerate(statements)}
    answers = np.full((len(people), len(statements)), np.nan)
    for row, person in enumerate(people):
        for key, value in votes[person].items():
            answers[row, column[key]] = value
    return answers


def _named(people: list[str], labels: Any) -> tuple[tuple[str, ...], ...]:
    """The groups, the largest first; none where one of them is too small to be shown."""
    found: dict[int, list[str]] = {}
    for person, label in zip(people, labels, strict=True):
        found.setdefault(int(label), []).append(person)
    if len(found) < 2 or any(len(group) < LEAST_PEOPLE for group in found.values()):
        return ()
    return tuple(tuple(group) for group in sorted(found.values(), key=lambda group: (-len(group), group[0])))


def _ranked(votes: Votes, statements: list[str], named: tuple[tuple[str, ...], ...]) -> tuple[Statement, ...]:
    rows = [_statement(votes, key, named) for key in statements]
    return tuple(sorted(rows, key=lambda row: (-row.consensus, row.key)))


def _statement(votes: Votes, key: str, named: tuple[tuple[str, ...], ...]) -> Statement:
    answers = [given[key] for given in votes.values() if key in given]
    agrees, disagrees = answers.count(AGREE), answers.count(DISAGREE)
    by_group = tuple(_of_group(votes, key, group) for group in named)
    consensus = 1.0
    for yes, voted in by_group or ((agrees, len(answers)),):
        consensus *= (yes + 1) / (voted + 2)
    return Statement(key, agrees, disagrees, len(answers) - agrees - disagrees, by_group, consensus)


def _of_group(votes: Votes, key: str, group: tuple[str, ...]) -> tuple[int, int]:
    answers = [votes[person][key] for person in group if key in votes[person]]
    return answers.count(AGREE), len(answers)
