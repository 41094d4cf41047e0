"""Opinion groups: principal components of the answers, k-means, and whether the groups can be relied on."""

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

SEEDS = 40
MOST_GROUPS = 5
ROUNDS = 100  # of k-means, at most
SAMPLED = 800  # people among whom the silhouette is measured: its cost grows with their square


def map_of(answers: Any) -> Any:
    """Each person as a point (n × 2). `answers`: n × m floats, NaN where somebody did not answer.

    Missing answers take the mean of their column. That would draw to the middle whoever answered little, so each
    point is stretched by √(statements ÷ answers given), as Polis does.
    """
    import numpy as np

    given = ~np.isnan(answers)
    counts = given.sum(axis=0)
    means = np.where(counts > 0, np.nansum(answers, axis=0) / np.maximum(counts, 1), 0.0)
    filled = np.where(given, answers, means)
    centred = filled - filled.mean(axis=0)
    _u, _s, components = np.linalg.svd(centred, full_matrices=False)
    axes = components[:2]
    signs = np.where(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)
    points = centred @ (axes * signs[:, None]).T
    if points.shape[1] < 2:
        points = np.hstack([points, np.zeros((len(points), 2 - points.shape[1]))])
    stretch = np.sqrt(answers.shape[1] / np.maximum(given.sum(axis=1), 1))
    return points * stretch[:, None]


def group(points: Any) -> tuple[Any, float, float]:
    """The best grouping (n labels), its silhouette, and how stable it is over the seeds.

    Each seed looks at three quarters of the people, drawn by it, and then gives everybody to the nearest centre:
    groups that chance made do not come back among other people. k from 2 to 5 is the one whose mean silhouette over
    the 40 seeds is largest; the grouping is that of the seed with the smallest spread. Stability is the mean adjusted
    Rand index between the groupings of different seeds.
    """
    chosen = _sample(points)
    distances = _distances(points[chosen])
    best: tuple[float, list[Any], Any] | None = None
    for k in range(2, min(MOST_GROUPS, len(points) - 1) + 1):
        runs = [kmeans(points, k, seed) for seed in range(SEEDS)]
        score = sum(silhouette(distances, labels[chosen]) for labels, _spread in runs) / len(runs)
        if best is None or score > best[0]:
            best = score, [labels for labels, _spread in runs], min(runs, key=lambda run: run[1])[0]
    if best is None:
        raise ValueError("Too few people to be grouped")
    score, labellings, tightest = best
    return tightest, score, stability(labellings)


def kmeans(points: Any, k: int, seed: int) -> tuple[Any, float]:
    """Labels of everybody and the sum of squared distances, from three quarters of the people. Deterministic."""
    import numpy as np

    chance = np.random.RandomState(seed)
    some = points[np.sort(chance.permutation(len(points))[: max(k, len(points) * 3 // 4)])]
    centres = _first_centres(some, k, chance)
    for _round in range(ROUNDS):
        nearest = _to_centres(some, centres).argmin(axis=1)
        moved = np.array(
            [some[nearest == at].mean(axis=0) if (nearest == at).any() else centres[at] for at in range(k)]
        )
        if np.allclose(moved, centres):
            break
        centres = moved
    away = _to_centres(points, centres)
    return away.argmin(axis=1), float(away.min(axis=1).sum())


def _first_centres(points: Any, k: int, chance: Any) -> Any:
    """k-means++: each next centre is drawn the likelier, the farther it lies from those that are there."""
    import numpy as np

    centres = points[[chance.randint(len(points))]]
    while len(centres) < k:
        nearest = _to_centres(points, centres).min(axis=1)
        total = nearest.sum()
        pick = chance.randint(len(points)) if total == 0 else chance.choice(len(points), p=nearest / total)
        centres = np.vstack([centres, points[pick]])
    return centres


def _to_centres(points: Any, centres: Any) -> Any:
    """Squared distances of each point to each centre."""
    return ((points[:, None] - centres[None]) ** 2).sum(axis=2)


def silhouette(distances: Any, labels: Any) -> float:
    """How much nearer people are to their own group than to the next one, −1 to 1. `distances`: n × n."""
    import numpy as np

    found = np.unique(labels)
    if len(found) < 2:
        return -1.0
    sums = np.stack([distances[:, labels == at].sum(axis=1) for at in found], axis=1)
    sizes = np.array([(labels == at).sum() for at in found])
    own = np.searchsorted(found, labels)
    rows = np.arange(len(labels))
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    others = sums / sizes
    others[rows, own] = np.inf
    outside = others.min(axis=1)
    scores = np.where(sizes[own] > 1, (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-12), 0.0)
    return float(scores.mean())


def _sample(points: Any) -> Any:
    """Who the silhouette is measured among: everybody, or every n-th where they are many."""
    import numpy as np

    return np.linspace(0, len(points) - 1, min(len(points), SAMPLED)).astype(int)


def _distances(points: Any) -> Any:
    import numpy as np

    return np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))


def stability(labellings: "Sequence[Any]") -> float:
    """The mean adjusted Rand index over pairs of groupings: 1 where every seed finds the same groups."""
    pairs = list(combinations(labellings, 2))
    return sum(adjusted_rand(one, other) for one, other in pairs) / len(pairs) if pairs else 1.0


def adjusted_rand(one: "Sequence[int]", other: "Sequence[int]") -> float:
    """The adjusted Rand index of two groupings of the same people (Hubert and Arabie 1985): 1 is the same, about 0
    is chance."""
    import numpy as np

    _a, rows = np.unique(np.asarray(one), return_inverse=True)
    _b, columns = np.unique(np.asarray(other), return_inverse=True)
    table = np.zeros((rows.max() + 1, columns.max() + 1), dtype=np.int64)
    np.add.at(table, (rows, columns), 1)
    together = _pairs(table).sum()
    by_rows, by_columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    expected = by_rows * by_columns / max(_pairs(np.array([len(rows)]))[0], 1)
    most = (by_rows + by_columns) / 2
    return float((together - expected) / (most - expected)) if most != expected else 1.0


def _pairs(counts: Any) -> Any:
    return counts * (counts - 1) // 2
