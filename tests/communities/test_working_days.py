from datetime import date, timedelta

import pytest

from communities.models import Community
from communities.working_days import add_working_days, is_working_day, working_days_between

ENGLAND = Community(country="GB", subdivision="ENG")
SCOTLAND = Community(country="GB", subdivision="SCT")
NOWHERE = Community(country="ZZ", subdivision="")


@pytest.mark.parametrize(
    ("start", "days", "community", "end"),
    [
        (date(2026, 11, 3), 20, ENGLAND, date(2026, 12, 1)),
        (date(2026, 12, 23), 2, ENGLAND, date(2026, 12, 29)),  # Christmas, and Boxing Day moved to Monday
        (date(2026, 12, 30), 2, ENGLAND, date(2027, 1, 4)),
        (date(2026, 12, 30), 2, SCOTLAND, date(2027, 1, 5)),  # 2 January is a holiday there, moved to Monday
        (date(2026, 4, 2), 1, ENGLAND, date(2026, 4, 7)),  # Easter
        (date(2026, 11, 21), 1, ENGLAND, date(2026, 11, 23)),  # asked on a Saturday
        (date(2026, 12, 24), 1, NOWHERE, date(2026, 12, 25)),
        (date(2026, 11, 3), 0, ENGLAND, date(2026, 11, 3)),
    ],
)
def test_adding_working_days(start, days, community, end):
    assert add_working_days(start, days, community) == end


def test_between_is_the_other_way_round():
    start = date(2026, 11, 3)
    for days in (0, 1, 14, 20, 40, 120):
        assert working_days_between(start, add_working_days(start, days, ENGLAND), ENGLAND) == days
    assert working_days_between(date(2026, 12, 1), date(2026, 11, 3), ENGLAND) == -20


@pytest.mark.parametrize("start", [date(2026, 12, n) for n in (18, 19, 20, 24, 25, 26, 27, 31)])
def test_between_agrees_with_counting_day_by_day(start):
    for length in range(40):
        end = start + timedelta(days=length)
        counted = sum(is_working_day(start + timedelta(days=n), ENGLAND) for n in range(1, length + 1))
        assert working_days_between(start, end, ENGLAND) == counted
