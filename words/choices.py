"""What an address asks of a list. What nobody knows is left out, and the page says so: a list that is silently not what
was asked for tells a wrong story."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from words.text import clean_line

LONGEST_SAID = 40  # letters of an unknown choice that the page repeats


class Asked:
    """The choices of one address. `unknown` are those that were left out, for includes/unknown.html."""

    def __init__(self, params: Mapping[str, str]) -> None:
        self._params = params
        self.unknown: list[str] = []

    def choice(self, name: str, known: Container[str], default: str = "") -> str:
        """One of the known values, or the default."""
        text = self._text(name)
        if text in known:
            return text
        self._leave_out(text)
        return default

    def row(self, name: str, shown: Iterable[Any], others: "QuerySet[Any] | None" = None) -> Any:
        """The row of this slug: of those that the page offers, or of the others where it cannot offer all (one query).
        None without one; a row that this person may not see is as unknown as one that never was."""
        text = self._text(name)
        found = next((row for row in shown if row.slug == text), None) if text else None
        if text and found is None and others is not None:
            found = others.filter(slug=text).first()
        if found is None:
            self._leave_out(text)
        return found

    def _text(self, name: str) -> str:
        return clean_line(self._params.get(name, ""))

    def _leave_out(self, text: str) -> None:
        if text:
            self.unknown.append(text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…")
