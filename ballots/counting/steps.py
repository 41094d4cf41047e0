"""By how much add1 raises everybody's share."""

MINOR_UNITS = 100  # of one unit of currency
LARGE_SHARE = 10_000  # units of currency


def default_step(budget: int, papers: int, unit: int = MINOR_UNITS) -> int:
    """One unit of currency; 1 % of the first share, in whole minor units, where that share is over 10,000 units."""
    return budget // papers // 100 if budget > LARGE_SHARE * unit * papers else unit
