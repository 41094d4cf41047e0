"""Of every hundred."""

import pytest

from words.shares import in_hundred


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 0, 0), (0, 8, 0), (8, 8, 100), (5, 8, 63), (1, 3, 33), (2, 3, 67), (1, 200, 1), (995, 1000, 100)],
)
def test_to_the_nearest(part: int, whole: int, share: int) -> None:
    assert in_hundred(part, whole) == share
