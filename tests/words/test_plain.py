"""The plain-words check tells a letter for people from a letter for officials."""

import time

import pytest

from words import plain
from words.jargon import JARGON

FOR_PEOPLE = (
    "We will put in a new motor, a new door and new buttons. We will not put in a whole new lift this year.\n\n"
    "- The engineer found that the motor and the door cause 9 out of 10 stops.\n"
    "- New parts cost £38,000 and take two weeks."
)
FOR_OFFICIALS = (
    "Tenants are advised that remedial works are scheduled and that stakeholder engagement will be facilitated in "
    "accordance with the statutory framework going forward, subject to operational review."
)


def test_plain_words_are_for_the_young() -> None:
    found = plain.check(FOR_PEOPLE)
    assert found.age <= 9
    assert found.is_plain
    assert found.hard_words == []
    assert found.words == 44


def test_official_words_are_not() -> None:
    found = plain.check(FOR_OFFICIALS)
    assert found.age >= 18
    assert not found.is_plain
    words = [hard.word for hard in found.hard_words]
    assert words[:4] == ["remedial works", "scheduled", "stakeholder", "engagement"]
    assert "in accordance with" in words
    for hard in found.hard_words:
        assert FOR_OFFICIALS[hard.start : hard.start + len(hard.word)] == hard.word
        assert hard.suggestion


@pytest.mark.parametrize(
    ("text", "word", "suggestion"),
    [
        ("We utilised it.", "utilised", "use"),
        ("We go on. A quarterly basis", None, None),
        ("On a\nquarterly basis", "On a\nquarterly basis", "every three months"),
        ("Co-production matters", "Co-production", "doing it together"),
        ("A multi‑agency team", "multi‑agency", "several services together"),
        ("Fit for purpose.", "Fit for purpose", "good enough for the job"),
    ],
)
def test_hard_words_are_found_in_every_shape(text: str, word: str | None, suggestion: str | None) -> None:
    found = plain.check(text).hard_words
    assert [(hard.word, hard.suggestion) for hard in found] == ([(word, suggestion)] if word else [])


def test_the_longest_phrase_wins() -> None:
    assert [hard.word for hard in plain.hard_words("It will be operationally reviewed.")] == ["operationally reviewed"]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("homes", 1), ("asked", 1), ("wanted", 2), ("table", 2), ("people", 2), ("area", 3), ("idea", 3),
        ("residents", 3), ("organisation", 5), ("neighbours", 2), ("community", 4), ("going", 2), ("decided", 3),
        ("fire", 1), ("services", 3), ("council", 2), ("promise", 2), ("engineer", 3), ("implementation", 5),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert plain.syllables(word) == count


@pytest.mark.parametrize("text", ["", "   ", "12 34", "!!!", "\x00\ud800", "🙂"])
def test_a_text_without_words_has_no_age(text: str) -> None:
    found = plain.check(text)
    assert (found.age, found.words, found.hard_words) == (0, 0, [])


def test_mr_and_eg_do_not_end_a_sentence() -> None:
    assert plain.check("Ask Mr. Hale, e.g. on Monday.").grade > plain.check("Ask Hale. On Monday.").grade


@pytest.mark.parametrize(
    "text", ["x" * 60_000, "." * 60_000 + "x", "](" * 30_000, "a@" * 30_000, "https://" * 8_000, "in order " * 7_000]
)
def test_hostile_texts_are_read_in_time(text: str) -> None:
    started = time.perf_counter()
    plain.check(text)
    assert time.perf_counter() - started < 2


def test_the_list_of_hard_words_is_in_order() -> None:
    assert len(JARGON) >= 250
    for phrase, instead in JARGON.items():
        assert phrase == " ".join(phrase.lower().split())
        assert "-" not in phrase
        assert instead
        assert phrase != instead
