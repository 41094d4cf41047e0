"""From "so long ago" to moments and dates."""

from datetime import date, datetime, time, timedelta
from math import floor

from django.utils import timezone

from communities.models import Community
from communities.working_days import is_working_day
from demo.story.shapes import When, WorkingDays

FIRST_HOUR, HOURS = 9.0, 12.5  # people speak between nine in the morning and half past nine in the evening
OFFICE_HOURS = 7.5


class Moments:
    """Knows today, and the working days of the community's country."""

    def __init__(self, today: date, community: Community) -> None:
        self.today = today
        self.community = community

    def day(self, ago: When) -> date:
        """The date. A day that is still to come is moved to a working day."""
        if isinstance(ago, WorkingDays):
            return self._working_day(floor(ago.count))
        day = self.today - timedelta(days=floor(ago))
        while day > self.today and not is_working_day(day, self.community):
            day += timedelta(days=1)
        return day

    def moment(self, ago: When) -> datetime:
        """The date with its time of day."""
        count = ago.count if isinstance(ago, WorkingDays) else ago
        hours = OFFICE_HOURS if isinstance(ago, WorkingDays) else HOURS
        since_midnight = timedelta(hours=FIRST_HOUR + (count - floor(count)) * hours)
        return timezone.make_aware(datetime.combine(self.day(ago), time()) + since_midnight)

    def between(self, start: datetime, end: datetime, part: float) -> datetime:
        """A moment between two (`part` from 0 to 1), moved out of the night where there is room."""
        moment = timezone.localtime(start + (end - start) * part)
        if moment.hour < FIRST_HOUR - 2:
            moved = moment + timedelta(hours=8)
            return moved if moved < end else moment
        return moment

    def _working_day(self, count: int) -> date:
        """The day from which so many working days have passed until today; a negative count is still to come."""
        step, left, day = timedelta(days=-1 if count >= 0 else 1), abs(count), self.today
        while count >= 0 and not is_working_day(day, self.community):
            day += step
        while left:
            day += step
            left -= is_working_day(day, self.community)
        return day
