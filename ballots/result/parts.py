"""What the pictures of every method are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

DOTS_IN_A_ROW = 25
MOST_DOTS = 250


def titles(options: Iterable[Any]) -> dict[str, str]:
    """The title of each option by its code."""
    return {option.code: option.title for option in options}


def percent(part: int, whole: int) -> str:
    """A width for an SVG, such as "62.5%"."""
    return f"{100 * part / whole:.1f}%" if whole else "0%"


def minor(fraction: str | None) -> int:
    """A fraction of minor units as whole ones, rounded to the nearest: for showing, never for counting."""
    return round(Fraction(fraction)) if fraction else 0


def decimal(fraction: str) -> str:
    """A fraction with two decimals, such as "3.67"."""
    return f"{float(Fraction(fraction)):.2f}"


def numbers(columns: Sequence[str], lines: Iterable[tuple[str, Sequence[object]]]) -> dict[str, Any]:
    """The table beside a picture: a name and a cell for each column."""
    return {"columns": columns, "lines": [{"title": title, "cells": cells} for title, cells in lines]}


@dataclass(frozen=True)
class Dots:
    """A voter a dot, or several where there are many: who got at least one of their picks."""

    got: int
    voters: int

    @property
    def each(self) -> int:
        """How many voters one dot stands for."""
        return max(1, -(-self.voters // MOST_DOTS))

    @property
    def height(self) -> int:
        return -(-len(self.points) // DOTS_IN_A_ROW) * 10

    @property
    def points(self) -> list[tuple[int, int, str]]:
        """x, y and class of each dot."""
        total = -(-self.voters // self.each)
        filled = min(total, round(self.got / self.each))
        if self.got:  # rounding hides neither the few who got something nor the few who got nothing
            filled = max(filled, 1)
        if self.got < self.voters and total > 1:
            filled = min(filled, total - 1)
        return [
            (5 + 10 * (at % DOTS_IN_A_ROW), 5 + 10 * (at // DOTS_IN_A_ROW), "y" if at < filled else "z")
            for at in range(total)
        ]

    @property
    def note(self) -> str:
        return _("One dot is %(n)d voters.") % {"n": self.each} if self.each > 1 else ""
