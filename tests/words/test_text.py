"""What no reader can see goes, and what they wrote stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words.text import clean_line, clean_text, lines_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("invoice\u202etxt.exe", "invoicetxt.exe"),
        ("\u2066a\u2069", "a"),
        ("a\x07\x1b[31mb", "a[31mb"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("  a  \n\n\n\n b ", "a\n\n b"),
        ("tab\there", "tab\there"),
        ("Cafe\u0301", "Café"),
        ("👩\u200d👧 и 你好", "👩\u200d👧 и 你好"),
        ("\U000e0041hidden", "hidden"),
    ],
)
def test_text_is_cleaned(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_a_line_is_one_line() -> None:
    assert clean_line("  a\n\tb \u00a0 c ") == "a b c"


def test_things_are_one_on_a_line() -> None:
    assert lines_of("- a hedge\n\n* tools\n• a skip\n  \nlamp") == ["a hedge", "tools", "a skip", "lamp"]


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    once = clean_text(typed)
    assert clean_text(once) == once
    assert "\x00" not in once
    once.encode("utf-8")
    assert "\n" not in clean_line(typed)
