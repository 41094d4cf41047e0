"""The marks are drawn from numbers and words, and say nothing that their words do not."""

import pytest

from words import marks
from words.marks import ClockState


def test_one_notch_a_working_day() -> None:
    face = marks.clock_face(ClockState(14, 20))
    assert face.count(".86 .14 ") == 13
    assert ".86 20" in face
    assert ">14<" in face
    assert marks.clock_classes(ClockState(14, 20)) == "clock clock--only"
    assert marks.clock_words(ClockState(14, 20)) == "Day 14 of 20"


def test_on_the_day_of_asking_no_notch_is_gone() -> None:
    assert 'class="gone"' not in marks.clock_face(ClockState(0, 20))


def test_late_has_a_second_ring() -> None:
    state = ClockState(26, 20, 6)
    assert 'class="over"' in marks.clock_face(state)
    assert '"6 20"' in marks.clock_face(state)
    assert "+6" in marks.clock_face(state)
    assert "clock--late" in marks.clock_classes(state)
    assert marks.clock_words(state) == "6 working days overdue"
    assert state.days_left == 0


def test_long_overdue_fills_the_face_and_the_ring_goes_round_once() -> None:
    state = ClockState(1260, 20, 1240, long=True)
    assert '"20 20"' in marks.clock_face(state)
    assert 'class="sm">+1240<' in marks.clock_face(state)
    assert "clock--long" in marks.clock_classes(state, "row")
    assert marks.clock_words(state) == "Long overdue: 1,240 working days past the date"


def test_overdue_on_a_weekend_is_late_without_a_number() -> None:
    state = ClockState(40, 20, 0, long=True)
    assert state.is_late
    assert "clock--late" in marks.clock_classes(state)


def test_an_answer_has_a_tick_and_stays_late() -> None:
    state = ClockState(22, 20, 2, answered=True)
    face = marks.clock_face(state)
    assert 'class="tick"' in face
    assert 'class="over"' in face
    assert "<text" not in face
    assert not state.is_late
    assert marks.clock_words(state) == "Answered on day 22"
    assert "clock--done" in marks.clock_classes(state)


def test_a_year_of_days_is_a_whole_ring() -> None:
    assert ".86" not in marks.clock_face(ClockState(50, 250))


def test_nonsense_numbers_draw_something() -> None:
    for state in (ClockState(-5, 0), ClockState(5, -1, -3), ClockState(10**9, 20, 10**9)):
        assert marks.clock_face(state).endswith("</svg>")


def test_a_role_is_a_shape_and_a_word_and_an_employer() -> None:
    html = marks.role("Priya <Nair>", "professional", place="Penhale Homes", job_title="housing manager")
    assert "Priya &lt;Nair&gt;" in html
    assert "Professional, housing manager, Penhale Homes" in html
    assert "M0 0h16v16H0z" in html
    assert "<svg" not in marks.role("Somebody", "visitor")


@pytest.mark.parametrize(
    ("value", "words", "seats"),
    [
        ("residents", "Residents decided", ["res"]),
        ("together", "Decided together", ["res", "org"]),
        ("organisation_after_consulting", "Organisation decided after asking residents", ["asked", "org"]),
        ("organisation_alone", "Organisation decided alone", ["org"]),
        ("organisation_overruling_residents", "Organisation overruled residents", ["asked", "org", "strike"]),
    ],
)
def test_who_decided_is_the_table_from_above(value: str, words: str, seats: list[str]) -> None:
    html = marks.decided_by(value)
    assert words in html
    for seat in ("res", "asked", "org", "strike"):
        assert (f'class="{seat}"' in html) == (seat in seats)


def test_a_sixth_way_to_decide_does_not_exist() -> None:
    with pytest.raises(KeyError):
        marks.decided_by("the weather")


def test_the_ladder_marks_one_rung() -> None:
    assert marks.ladder("decide_together").count('class="on"') == 1


@pytest.mark.parametrize(
    "value", ["accepted", "accepted_in_part", "declined", "to_ballot", "to_codesign", "not_stated"]
)
def test_every_outcome_has_its_circle(value: str) -> None:
    assert "<circle" in marks.outcome(value, "words")


@pytest.mark.parametrize(
    "state", ["promised", "in_progress", "claimed_done", "confirmed", "disputed", "changed", "dropped"]
)
def test_every_promise_has_its_shape(state: str) -> None:
    assert "<svg" in marks.promise(state)
    assert "M14 7v8" in marks.promise("changed", late=True)
    assert "M14 7v8" not in marks.promise("confirmed", late=True)


def test_the_tick_of_the_bar_stands_at_the_number_needed() -> None:
    assert 'x1="73.2%"' in marks.support_bar(41, 30)
    assert 'width="73.3%"' in marks.support_bar(22, 30)
    assert 'x1="99.6%"' in marks.support_bar(22, 30)
    assert marks.support_bar(0, 0)


def test_a_verdict_says_its_numbers() -> None:
    assert "9 said yes and 22 said no, out of 31" in marks.verdict_bar(9, 22)
    assert 'width="100.0%"' in marks.verdict_bar(3, 0)
    assert marks.verdict_bar(0, 0) == ""


def test_the_meter_stays_on_its_scale() -> None:
    assert '<svg x="100.0%"' in marks.plain_meter(22)
    assert '<svg x="0.0%"' in marks.plain_meter(5)
