"""From "so long ago" to moments and dates.

The story was written on one Monday. Told on another day, it keeps its working days, because the public clocks
count those, and every other day keeps its place between them. So acts stay in their order, whatever bank holidays
lie on the way.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import floor

from django.utils import timezone

from communities.models import Community
from communities.working_days import is_working_day, working_days_between
from demo.story.shapes import When, WorkingDays

WRITTEN_ON = date(2026, 11, 23)
FIRST_HOUR, HOURS = 9.0, 12.5  # people speak between nine in the morning and half past nine in the evening
OFFICE_HOURS = 7.5
LATE_HOUR = 22.0  # for days that this calendar has not: they become the late evening of the day before


class Moments:
    """Knows today, and the working days of the community's country."""

    def __init__(self, today: date, community: Community) -> None:
        self.today = today
        self.community = community
        self._place = lru_cache(maxsize=None)(self._find_place)

    def day(self, ago: When) -> date:
        """The date. A day that is still to come is moved to a working day."""
        return self._day_and_lack(ago)[0]

    def moment(self, ago: When) -> datetime:
        """The date with its time of day."""
        day, lack = self._day_and_lack(ago)
        count = ago.count if isinstance(ago, WorkingDays) else ago
        part = count - floor(count)
        hour = FIRST_HOUR + part * (OFFICE_HOURS if isinstance(ago, WorkingDays) else HOURS)
        if lack:
            hour = LATE_HOUR + 0.3 * lack + 0.25 * part
        return timezone.make_aware(datetime.combine(day, time()) + timedelta(hours=hour))

    def between(self, start: datetime, end: datetime, part: float) -> datetime:
        """A moment between two (`part` from 0 to 1), moved out of the night where there is room."""
        moment = timezone.localtime(start + (end - start) * part)
        if moment.hour < FIRST_HOUR - 2:
            moved = moment + timedelta(hours=8)
            return moved if moved < end else moment
        return moment

    def _day_and_lack(self, ago: When) -> tuple[date, int]:
        """The date, and how many days this calendar lacks to hold the one that was meant."""
        if isinstance(ago, WorkingDays):
            return _working_day(self.today, floor(ago.count), self.community), 0
        if ago > 0:
            return self._place(floor(ago))
        day = self.today - timedelta(days=floor(ago))
        while not is_working_day(day, self.community):
            day += timedelta(days=1)
        return day, 0

    def _find_place(self, ago: int) -> tuple[date, int]:
        """The day that lies after as many working days as the one that was meant when the story was written."""
        meant = WRITTEN_ON - timedelta(days=ago)
        count = working_days_between(meant, WRITTEN_ON, self.community)
        after = (meant - _working_day(WRITTEN_ON, count, self.community)).days
        day = _working_day(self.today, count, self.community)
        room = (_working_day(self.today, count - 1, self.community) - day).days - 1 if count else after
        return day + timedelta(days=min(after, room)), max(after - room, 0)


def _working_day(today: date, count: int, community: Community) -> date:
    """The day from which so many working days have passed until today; a negative count is still to come."""
    step, left, day = timedelta(days=-1 if count >= 0 else 1), abs(count), today
    while count >= 0 and not is_working_day(day, community):
        day += step
    while left:
        day += step
        left -= is_working_day(day, community)
    return day
