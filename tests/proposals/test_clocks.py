"""The public clock of an ask, from its dates and the day."""

from datetime import date, timedelta

import pytest

from communities.working_days import add_working_days
from proposals.clocks import clock_of, with_clocks
from proposals.models import Ask
from words.marks import clock_words


def after(ask: Ask, days: int) -> date:
    return add_working_days(ask.asked_on, days, ask.proposal.community)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Day 0 of 20"),
        (14, "Day 14 of 20"),
        (20, "Day 20 of 20"),
        (26, "6 working days overdue"),
        (41, "Long overdue: 21 working days past the date"),
    ],
)
def test_while_it_waits(ask: Ask, days: int, words: str) -> None:
    assert clock_words(clock_of(ask, after(ask, days))) == words


def test_past_the_date_on_a_weekend_it_is_overdue_without_a_number(ask: Ask) -> None:
    ask.due_on = ask.first_due_on = date(2026, 11, 20)  # a Friday
    ask.long_overdue_on = date(2026, 12, 18)
    state = clock_of(ask, date(2026, 11, 21))
    assert (state.is_late, state.days_over) == (True, 0)
    assert clock_words(state) == "Overdue"


def test_more_time_is_counted_in(ask: Ask) -> None:
    ask.due_on = after(ask, 30)
    state = clock_of(ask, after(ask, 25))
    assert (state.day, state.of_days, state.days_over) == (25, 30, 0)


def test_a_late_answer_stays_late(ask: Ask) -> None:
    ask.answered_on, ask.answered_after_working_days = after(ask, 22), 22
    state = clock_of(ask, after(ask, 22) + timedelta(days=300))
    assert (state.answered, state.day, state.days_over) == (True, 22, 2)
    assert clock_words(state) == "Answered on day 22"


def test_lists_carry_their_clocks(ask: Ask) -> None:
    assert with_clocks([ask], ask.asked_on)[0].clock.day == 0  # type: ignore[attr-defined]
