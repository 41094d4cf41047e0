"""The story may be told on any day of the year."""

from datetime import UTC, date, datetime

import pytest

from communities.models import Community
from communities.working_days import is_working_day, working_days_between
from demo.story import PROPOSALS
from demo.story.shapes import Says, When, wd
from demo.teller.dates import with_dates
from demo.teller.moments import WRITTEN_ON, Moments

DAYS = [date(2026, 11, 23), date(2027, 1, 1), date(2027, 3, 29), date(2028, 2, 29), date(2026, 8, 30)]


@pytest.mark.parametrize("today", DAYS)
def test_working_days_are_counted_as_the_clocks_count_them(today: date, community: Community) -> None:
    moments = Moments(today, community)
    for count in (1, 3, 14, 26, 44, 120):
        day = moments.day(wd(count))
        assert is_working_day(day, community)
        assert working_days_between(day, today, community) == count
    assert working_days_between(today, moments.day(wd(-5)), community) == 5
    assert is_working_day(moments.day(-9), community)


@pytest.mark.parametrize("today", DAYS)
def test_moments_keep_their_order_and_their_day(today: date, community: Community) -> None:
    moments = Moments(today, community)
    told = [moments.moment(days + part / 10) for days in range(290, 0, -1) for part in (0, 4, 9)]
    assert told == sorted(told)
    assert told[-1].astimezone(UTC) < datetime(today.year, today.month, today.day, tzinfo=UTC)


@pytest.mark.parametrize("today", DAYS)
def test_offices_and_neighbours_keep_their_order_too(today: date, community: Community) -> None:
    """Whoever spoke first on the day on which the story was written speaks first on any day."""
    written, moments = Moments(WRITTEN_ON, community), Moments(today, community)
    mixed: list[When] = [*(float(days) for days in range(1, 280)), *(wd(count + 0.4) for count in range(1, 190))]
    mixed.sort(key=written.moment)
    told = [moments.moment(ago) for ago in mixed]
    assert told == sorted(told)


def test_each_proposal_has_a_name_of_its_own_and_words() -> None:
    assert len({told.key for told in PROPOSALS}) == len({told.title for told in PROPOSALS}) == len(PROPOSALS)
    assert all(told.outcome and told.case for told in PROPOSALS)


def test_dates_in_the_words_are_filled_in(community: Community) -> None:
    moments = Moments(date(2026, 11, 23), community)
    said = with_dates((Says(3, "amina", "It broke in {month 100} and closes on {date -25}."),), moments)
    assert said[0].text == "It broke in August and closes on Friday 18 December."
    assert "{" not in repr(with_dates(PROPOSALS, moments)).replace("{}", "")
