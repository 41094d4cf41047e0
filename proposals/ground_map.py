"""The map of a community as shapes to draw, and what it says as words and shares. Pure, from the row alone."""

from dataclasses import dataclass
from typing import Any

from proposals.models import CommonGround, Proposal

WIDTH = 640  # of the drawing, in its own units
EDGE = 16  # left free around it, for half a shape
LEAST_HEIGHT, MOST_HEIGHT = 200, 560
LETTERS = "ABCDE"
# Each group has a shape of its own, since colour alone tells some people nothing: drawn from its middle.
SHAPES = ("h0", "h0", "m0-6l6 10h-12z", "m0-7l6 7-6 7-6-7z", "m-5-5l10 10m0-10l-10 10")
MOST_APART = 3  # proposals named as those that set the groups apart


@dataclass(frozen=True)
class Group:
    """One group: its letter, how many people, where its letter stands, and all its people as one path."""

    at: int
    letter: str
    size: int
    x: int
    y: int
    path: str
    mark: str  # one person of it, for the list of groups


@dataclass(frozen=True)
class Map:
    """A drawing of `width` × `height`. `nobody` is the path of people without a group."""

    width: int
    height: int
    groups: list[Group]
    nobody: str


@dataclass(frozen=True)
class Share:
    """How one group answered one proposal; `percent` is None where fewer than ten of some group did."""

    letter: str
    percent: int | None
    of: int


def drawn_map(ground: CommonGround | None) -> Map | None:
    """None where too few people are on it."""
    if ground is None or not ground.points:
        return None
    xs, ys = [row[0] for row in ground.points], [row[1] for row in ground.points]
    left, top = min(xs), min(ys)
    scale = (WIDTH - 2 * EDGE) / max(max(xs) - left, 0.01)
    tall = min(max((max(ys) - top) * scale, LEAST_HEIGHT), MOST_HEIGHT)
    down = tall / max(max(ys) - top, 0.01)
    places: dict[int | None, list[tuple[int, int]]] = {}
    for x, y, group in ground.points:
        places.setdefault(group, []).append((EDGE + round((x - left) * scale), EDGE + round((y - top) * down)))
    groups = [_group(at, size, places.get(at, [])) for at, size in enumerate(ground.groups)]
    return Map(WIDTH, round(tall) + 2 * EDGE, groups, _path(places.get(None, []), SHAPES[0]))


def _group(at: int, size: int, places: list[tuple[int, int]]) -> Group:
    number = max(len(places), 1)
    x, y = sum(place[0] for place in places) // number, sum(place[1] for place in places) // number
    return Group(at, LETTERS[at], size, x, y, _path(places, SHAPES[at]), f"M12 12{SHAPES[at]}")


def _path(places: list[tuple[int, int]], shape: str) -> str:
    return "".join(f"M{x} {y}{shape}" for x, y in sorted(set(places)))


def shares_of(proposal: Proposal, ground: CommonGround | None) -> list[Share]:
    """How each named group answered it; empty where none are named, or it came after the map."""
    rows: list[Any] = (ground.by_group if ground else {}).get(str(proposal.pk), [])
    return [
        Share(LETTERS[at], round(100 * row[0] / row[1]) if row else None, row[1] if row else 0)
        for at, row in enumerate(rows)
    ]


def agreed_by_all(ground: CommonGround | None) -> int:
    """How many proposals more than half of every group agree with, of those who answered."""
    rows = ground.by_group.values() if ground else ()
    return sum(all(row is not None and 2 * row[0] > row[1] for row in shares) for shares in rows)


def furthest_apart(ground: CommonGround | None) -> list[str]:
    """The ids of the proposals on which two groups differ most, by the share that agrees. The widest first."""
    gaps = []
    for key, shares in (ground.by_group if ground else {}).items():
        parts = [row[0] / row[1] for row in shares if row]
        if len(parts) > 1:
            gaps.append((min(parts) - max(parts), key))
    return [key for gap, key in sorted(gaps)[:MOST_APART] if gap < -0.3]
