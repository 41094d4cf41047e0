"""A made-up city of 90,000 papers and 160 options, as large as the largest real votes, written as a .pb file.

Nobody ticks by pure chance: people have a district and two subjects at heart, some options are liked everywhere, and
those of one district are ticked together. Costs and the budget are those of a capital: about 300 units for each voter.
"""

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from ballots.counting.shapes import Rule
from ballots.pabulib import Project, write_pb

PAPERS, OPTIONS = 90_000, 160
DISTRICTS, SUBJECTS = 18, 12
MOST_TICKS = 10
BUDGET = 27_000_000 * 100
SEED = 20_260


def write_town(path: Path, papers: int = PAPERS, options: int = OPTIONS) -> None:
    """The same file each time."""
    chance = random.Random(SEED)  # noqa: S311 - made-up people
    projects = [_project(number, chance) for number in range(1, options + 1)]
    rule = Rule("budget", budget=BUDGET * papers // PAPERS, completion="add1u")
    meta = {"description": "Made-up city", "country": "Nowhere", "unit": "Bench", "instance": "1", "currency": "EUR"}
    path.write_text(write_pb(meta, projects, _papers(papers, projects, chance), rule), encoding="utf-8")


def _project(number: int, chance: random.Random) -> Project:
    cost = round(10 ** chance.uniform(4.0, 6.3), -3)
    return Project(f"p{number}", int(cost) * 100, f"Option {number}", False, {})


def _papers(papers: int, projects: list[Project], chance: random.Random) -> Iterator[dict[str, int]]:
    traits = [
        (chance.randrange(DISTRICTS), chance.randrange(SUBJECTS), chance.lognormvariate(0, 0.9)) for _ in projects
    ]
    codes = [project.code for project in projects]
    leanings: dict[tuple[int, int, int], list[float]] = {}
    for _paper in range(papers):
        heart = chance.randrange(DISTRICTS), chance.randrange(SUBJECTS), chance.randrange(SUBJECTS)
        if heart not in leanings:
            home, first, second = heart
            leanings[heart] = list(
                accumulate(
                    appeal * (1 + 8 * (district == home) + 6 * (subject == first) + 4 * (subject == second))
                    for district, subject, appeal in traits
                )
            )
        ticks = min(MOST_TICKS, 1 + int(chance.expovariate(1 / 6)))
        yield dict.fromkeys(chance.choices(codes, cum_weights=leanings[heart], k=ticks), 1)
