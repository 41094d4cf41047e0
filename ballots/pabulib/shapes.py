"""What a .pb file holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ballots.counting.shapes import Option, Rule

VoteType = Literal["approval", "cumulative", "scoring", "ordinal"]
VOTE_TYPES: dict[str, VoteType] = {
    "approval": "approval",
    "choose-1": "approval",
    "cumulative": "cumulative",
    "points": "cumulative",
    "scoring": "scoring",
    "ordinal": "ordinal",
}


class BadFile(Exception):
    """The whole file cannot be read; the message says why."""


@dataclass(frozen=True)
class BadRow:
    """A row that is not as it should be. `kept`: what could be understood of it is counted all the same."""

    line: int
    column: str
    problem: str
    kept: bool


@dataclass(frozen=True)
class Project:
    """One project. `fields`: all columns as they stand in the file. `cost` is in minor units."""

    code: str
    cost: int
    title: str
    selected: bool
    fields: dict[str, str]


class PaperList:
    """The papers, to be gone through as often as needed: 1 for a tick, the points, or the place (1 first)."""

    def __init__(self, vote_type: VoteType) -> None:
        self.ordinal = vote_type == "ordinal"
        self.keeps_zeros = False  # a score of 0 is a score; 0 points for a project are no vote for it
        self.codes: list[tuple[str, ...]] = []
        self.points: list[tuple[int, ...] | None] = []

    def add(self, codes: tuple[str, ...], points: tuple[int, ...] | None) -> None:
        self.codes.append(codes)
        self.points.append(points)

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[dict[str, int]]:
        for codes, points in zip(self.codes, self.points, strict=True):
            if points is not None:
                yield dict(zip(codes, points, strict=True))
            elif self.ordinal:
                yield {code: place for place, code in enumerate(codes, start=1)}
            else:
                yield dict.fromkeys(codes, 1)


@dataclass(frozen=True)
class Election:
    """The file, read. Money is in minor units: `scale` of them are one unit of the file's currency.

    `rule` is the one that the file names, as a budget rule (greedy where it names none that we know).
    """

    meta: dict[str, str]
    projects: tuple[Project, ...]
    papers: PaperList
    vote_type: VoteType
    budget: int
    scale: int
    rule: Rule
    bad_rows: list[BadRow] = field(default_factory=list)

    @property
    def options(self) -> list[Option]:
        return [Option(project.code, project.cost) for project in self.projects]

    @property
    def selected(self) -> list[str]:
        """What the city chose, in the order of the file; empty where the file does not say."""
        return [project.code for project in self.projects if project.selected]
