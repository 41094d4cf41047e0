"""What follows from its values alone is drawn once."""

import pytest
from django.utils.safestring import SafeString, mark_safe

from words import drawn
from words.drawn import drawn_once

pytestmark = pytest.mark.pure


def test_the_same_values_are_drawn_once_and_others_anew() -> None:
    calls: list[tuple[str, int]] = []

    @drawn_once
    def row(title: str, count: int, *, bold: bool = False) -> SafeString:
        calls.append((title, count))
        return mark_safe(f"<p>{title} {count} {bold}</p>")

    assert row("Lamps", 3) == row("Lamps", 3) == "<p>Lamps 3 False</p>"
    assert row("Lamps", 4) == "<p>Lamps 4 False</p>"
    assert row("Lamps", 4, bold=True) == "<p>Lamps 4 True</p>"
    assert calls == [("Lamps", 3), ("Lamps", 4), ("Lamps", 4)]


def test_each_language_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = "en-gb"
    monkeypatch.setattr(drawn, "get_language", lambda: spoken)

    @drawn_once
    def word(text: str) -> SafeString:
        return mark_safe(f"{spoken}: {text}")

    assert word("x") == "en-gb: x"
    spoken = "cy"
    assert word("x") == "cy: x"


def test_it_holds_no_more_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "KEPT", 2)
    drawn_numbers: list[int] = []

    @drawn_once
    def number(n: int) -> SafeString:
        drawn_numbers.append(n)
        return mark_safe(str(n))

    for n in (1, 2, 3, 3, 1):
        number(n)
    assert drawn_numbers == [1, 2, 3, 1]
