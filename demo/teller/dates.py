"""Dates inside the words of the story: `{date 20}` is the day twenty days ago, `{month -40}` the month in forty days."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from django.utils.dates import MONTHS

from demo.teller.moments import Moments
from words.dates import long_date

_DATE = re.compile(r"\{(date|month) (-?\d+)\}")
Part = TypeVar("Part")


def with_dates(part: Part, moments: Moments) -> Part:
    """The same part of the story with every date in its words filled in."""
    dated: Any = part
    if isinstance(part, str):
        dated = _DATE.sub(lambda found: _say(found, moments), part)
    elif isinstance(part, tuple):
        dated = tuple(with_dates(each, moments) for each in part)
    elif is_dataclass(part) and not isinstance(part, type):
        dated = replace(part, **{one.name: with_dates(getattr(part, one.name), moments) for one in fields(part)})
    return dated


def _say(found: re.Match[str], moments: Moments) -> str:
    day = moments.day(float(found[2]))
    return str(MONTHS[day.month]) if found[1] == "month" else long_date(day, today=moments.today)
