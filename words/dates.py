"""Days, hours and durations as people say them."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def long_date(day: date | datetime, *, today: date | None = None, with_year: bool = False) -> str:
    """Such as "Tuesday 24 November", with the year where it is not this year's or `with_year` asks for it.

    A moment is shown as its day in the current time zone. `today` is only for tests and for text that will be
    read on another day.
    """
    day = day_of(day)
    text = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month]}"
    this_year = (today or timezone.localdate()).year
    return f"{text} {day.year}" if with_year or day.year != this_year else text


def time_of_day(moment: datetime) -> str:
    """Such as "8 in the evening", "10:42 in the morning", "midday", "midnight"."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    if local.minute == 0 and local.hour in (0, 12):
        return _("midnight") if local.hour == 0 else _("midday")
    hour = local.hour % 12 or 12
    clock = f"{hour}:{local.minute:02}" if local.minute else str(hour)
    if local.hour < 12:
        return _("%(time)s in the morning") % {"time": clock}
    if local.hour < 18:
        return _("%(time)s in the afternoon") % {"time": clock}
    return _("%(time)s in the evening") % {"time": clock}


def date_and_time(moment: datetime, *, today: date | None = None) -> str:
    """Such as "Sunday 29 November at 8 in the evening"."""
    return _("%(day)s at %(time)s") % {"day": long_date(moment, today=today), "time": time_of_day(moment)}


def lately(moment: datetime, *, today: date | None = None) -> str:
    """Such as "today at 10:42 in the morning", "yesterday", or the day."""
    day = day_of(moment)
    today = today or timezone.localdate()
    if day == today:
        return _("today at %(time)s") % {"time": time_of_day(moment)}
    if day == today - timedelta(days=1):
        return _("yesterday")
    return long_date(day, today=today)


def next_time(moment: datetime, *, now: datetime | None = None) -> str:
    """When something is done next: "soon", "at 9:40 in the evening", or "on Sunday 29 November at 8 in the morning"."""
    now = now or timezone.now()
    if moment <= now:
        return _("soon")
    if day_of(moment) == day_of(now):
        return _("at %(time)s") % {"time": time_of_day(moment)}
    return _("on %(day)s at %(time)s") % {"day": long_date(moment, today=day_of(now)), "time": time_of_day(moment)}


def number(value: int) -> str:
    """Such as "1,240"."""
    return f"{value:,}"


def working_days(days: int) -> str:
    """Such as "1 working day", "6 working days"."""
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": number(days)}


def until_due(days: int) -> str:
    """How far off a date is, in working days: "in 3 working days", "today", "6 working days overdue"."""
    if days > 0:
        return _("in %(days)s") % {"days": working_days(days)}
    if days == 0:
        return _("today")
    return overdue(-days)


def overdue(days: int) -> str:
    """Such as "6 working days overdue"; with 0, past the date on a day that is not a working day, "overdue"."""
    if days <= 0:
        return _("Overdue")
    return ngettext("%(days)s working day overdue", "%(days)s working days overdue", days) % {"days": number(days)}


def late(days: int) -> str:
    """Such as "2 working days late", for what came in the end."""
    return ngettext("%(days)s working day late", "%(days)s working days late", days) % {"days": number(days)}


def day_of(day: date | datetime) -> date:
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day
