"""Calling in, more time, and the days that pass."""

from datetime import timedelta

import pytest

from communities.working_days import add_working_days
from proposals.actions.asking import announce_due_soon, call_in_proposal, extend_ask, record_clock_crossings
from proposals.exceptions import NotAllowed, NotNow, NotValid
from proposals.models import Ask
from record import clock
from record.models import Entry, Event


@pytest.fixture
def days_later(ask):
    """days_later(n): the clock stands n working days after the asking."""

    def go(days):
        day = add_working_days(ask.asked_on, days, ask.proposal.community)
        return clock.at(clock.now() + (day - clock.today()))

    return go


def test_a_facilitator_calls_a_proposal_in(tabled, facilitator, council, landlord):
    call_in_proposal(
        proposal=tabled, acting_user=facilitator, reason="Someone fell last night.", organisations=[council, landlord]
    )
    tabled.refresh_from_db()
    assert (tabled.state, tabled.open_asks_count) == ("awaiting_response", 2)
    assert Entry.objects.filter(kind="proposal.called_in").count() == 1


def test_calling_in_needs_a_reason(tabled, facilitator):
    with pytest.raises(NotValid):
        call_in_proposal(proposal=tabled, acting_user=facilitator, reason="  ")


@pytest.mark.parametrize("who", ["resident", "professional", "outsider"])
def test_only_a_facilitator_calls_in(request, tabled, who):
    with pytest.raises(NotAllowed):
        call_in_proposal(proposal=tabled, acting_user=request.getfixturevalue(who), reason="Now")


def test_more_time_once_with_a_reason(ask, professional):
    later = ask.due_on + timedelta(days=7)
    extend_ask(ask=ask, acting_user=professional, due_on=later, reason="We need the electrician’s report.")
    ask.refresh_from_db()
    assert (ask.due_on, ask.first_due_on) == (later, later - timedelta(days=7))
    assert ask.proposal.__class__.objects.get(pk=ask.proposal_id).next_due_on == later
    extend_ask(ask=ask, acting_user=professional, due_on=later, reason="twice the same")
    assert Entry.objects.filter(kind="ask.extended").count() == 1
    with pytest.raises(NotNow):
        extend_ask(ask=ask, acting_user=professional, due_on=later + timedelta(days=1), reason="Again")


def test_more_time_only_before_the_date(ask, professional, days_later):
    with days_later(20), pytest.raises(NotNow):
        extend_ask(ask=ask, acting_user=professional, due_on=ask.due_on + timedelta(days=3), reason="Late")


def test_more_time_never_beyond_twice_the_time(ask, professional):
    for bad in (ask.due_on, ask.long_overdue_on + timedelta(days=1)):
        with pytest.raises(NotValid):
            extend_ask(ask=ask, acting_user=professional, due_on=bad, reason="Long")


@pytest.mark.parametrize("who", ["resident", "councillor", "facilitator", "outsider"])
def test_only_the_organisation_that_was_asked_takes_more_time(request, ask, who):
    with pytest.raises(NotAllowed):
        extend_ask(ask=ask, acting_user=request.getfixturevalue(who), due_on=ask.due_on + timedelta(days=1), reason="x")


def test_each_crossing_is_recorded_once(ask, days_later):
    with days_later(20):
        assert record_clock_crossings() == 0
    with days_later(21):
        assert record_clock_crossings() == 1
        assert record_clock_crossings() == 0
        assert ask.is_overdue(clock.today())
        assert not ask.is_long_overdue(clock.today())
    with days_later(41):
        assert record_clock_crossings() == 1
        assert record_clock_crossings() == 0
        assert ask.is_long_overdue(clock.today())
    assert list(Entry.objects.filter(kind__startswith="ask.").order_by("sequence").values_list("kind", flat=True)) == [
        "ask.overdue",
        "ask.long_overdue",
    ]


def test_what_is_overdue_is_a_changed_row(ask, days_later):
    """So a copy elsewhere that follows `updated` hears of the silence. A day that only comes nearer changes nothing."""
    with days_later(19):
        assert announce_due_soon() == 1
    for row in (ask, ask.proposal):
        before = row.updated_at
        row.refresh_from_db()
        assert row.updated_at == before
    with days_later(21):
        record_clock_crossings()
        for row in (ask, ask.proposal):
            row.refresh_from_db()
            assert row.updated_at.date() == clock.today()


def test_both_crossings_are_found_after_a_long_stop(ask, days_later):
    with days_later(60):
        assert record_clock_crossings() == 2


def test_due_soon_is_told_at_five_and_at_one(ask, days_later):
    with days_later(14):
        assert announce_due_soon() == 0
    with days_later(16):  # day 15 was missed: it is told a day late
        assert announce_due_soon() == 1
        assert announce_due_soon() == 0
    with days_later(19):
        assert announce_due_soon() == 1
    assert [event.payload["days"] for event in Event.objects.filter(kind="ask.due_soon").order_by("id")] == [4, 1]
    assert not Entry.objects.filter(kind="ask.due_soon").exists()


def test_an_answer_stops_the_clock(ask, publish, days_later):
    publish(ask)
    with days_later(45):
        assert record_clock_crossings() == 0
    assert not Ask.objects.open().exists()
