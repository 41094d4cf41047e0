"""Shares as people say them."""


def in_hundred(part: int, whole: int) -> int:
    """How many in every 100, rounded to the nearest (a half goes up); 0 of nothing. All pages say it by this one."""
    return (200 * part + whole) // (2 * whole) if whole else 0
