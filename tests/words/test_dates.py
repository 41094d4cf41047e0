"""Days, hours and durations as people say them."""

from datetime import UTC, date, datetime

import pytest

from words import dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 11, 24), "Tuesday 24 November"),
        (date(2027, 1, 4), "Monday 4 January 2027"),
        (date(2025, 12, 31), "Wednesday 31 December 2025"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "Wednesday 1 July"),  # London is an hour ahead
    ],
)
def test_a_long_date_has_its_year_only_where_it_is_another(day: date, shown: str) -> None:
    assert dates.long_date(day, today=TODAY) == shown


def test_the_year_can_be_asked_for() -> None:
    assert dates.long_date(date(2026, 11, 24), today=TODAY, with_year=True) == "Tuesday 24 November 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "shown"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05 in the morning"),
        (9, 0, "9 in the morning"),
        (10, 42, "10:42 in the morning"),
        (12, 0, "midday"),
        (12, 30, "12:30 in the afternoon"),
        (17, 59, "5:59 in the afternoon"),
        (20, 0, "8 in the evening"),
    ],
)
def test_hours_are_said_as_people_say_them(hour: int, minute: int, shown: str) -> None:
    assert dates.time_of_day(datetime(2026, 11, 24, hour, minute)) == shown  # noqa: DTZ001 - local on purpose


def test_a_moment_is_a_day_and_an_hour() -> None:
    assert dates.date_and_time(datetime(2026, 11, 29, 20, tzinfo=UTC), today=TODAY) == (
        "Sunday 29 November at 8 in the evening"
    )


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 23, 10, 42, tzinfo=UTC), "today at 10:42 in the morning"),
        (datetime(2026, 11, 22, 10, 42, tzinfo=UTC), "yesterday"),
        (datetime(2026, 11, 20, 10, 42, tzinfo=UTC), "Friday 20 November"),
    ],
)
def test_lately(moment: datetime, shown: str) -> None:
    assert dates.lately(moment, today=TODAY) == shown


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (6, "in 6 working days"),
        (1, "in 1 working day"),
        (0, "today"),
        (-1, "1 working day overdue"),
        (-6, "6 working days overdue"),
        (-1240, "1,240 working days overdue"),
    ],
)
def test_how_far_off_a_date_is(days: int, shown: str) -> None:
    assert dates.until_due(days) == shown


def test_overdue_on_a_weekend_counts_no_day() -> None:
    assert dates.overdue(0) == "Overdue"


def test_late_in_the_end() -> None:
    assert dates.late(2) == "2 working days late"
    assert dates.late(1) == "1 working day late"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 23, 21, 40, tzinfo=UTC), "at 9:40 in the evening"),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "on Tuesday 24 November at 8 in the morning"),
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), "soon"),
    ],
)
def test_when_something_is_done_next(moment: datetime, shown: str) -> None:
    assert dates.next_time(moment, now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) == shown
