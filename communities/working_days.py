"""Working days: Monday to Friday without the bank holidays of the community's country."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from communities.models import Community


@lru_cache(maxsize=64)
def _bank_holidays(country: str, subdivision: str) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError:
        return holidays.HolidayBase()  # a country the calendar does not know: weekends only


def is_working_day(day: date, community: Community) -> bool:
    """Whether offices answer on this day."""
    return day.weekday() < 5 and day not in _bank_holidays(community.country, community.subdivision)


def add_working_days(start: date, days: int, community: Community) -> date:
    """The date on which `days` working days (≥ 0) have passed since `start`; the day of asking is day 0."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day, community):
            days -= 1
    return day


def working_days_between(start: date, end: date, community: Community) -> int:
    """How many working days lie after `start`, up to and with `end`. Negative where `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start, community)
    whole_weeks, rest = divmod((end - start).days, 7)
    days = whole_weeks * 5
    tail = start + timedelta(weeks=whole_weeks)
    days += sum(1 for n in range(1, rest + 1) if (tail + timedelta(days=n)).weekday() < 5)
    return days - _holidays_on_weekdays(start, end, community)


def _holidays_on_weekdays(start: date, end: date, community: Community) -> int:
    """Bank holidays from Monday to Friday after `start`, up to and with `end`. A slice leaves its end out."""
    return _count_holidays(start, end, community.country, community.subdivision)


@lru_cache(maxsize=4_096)
def _count_holidays(start: date, end: date, country: str, subdivision: str) -> int:
    """The calendar looks at each day of a slice; lists ask for the same few spans again and again."""
    calendar = _bank_holidays(country, subdivision)
    day_after_start, day_after_end = start + timedelta(days=1), end + timedelta(days=1)
    return sum(1 for day in calendar[day_after_start:day_after_end] if day.weekday() < 5)  # type: ignore[index, misc]
