"""A .pb file cut into its sections and rows: semicolons, quotes, blank lines, and a mark at the very start."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ballots.pabulib.shapes import BadFile

SECTIONS = ("META", "PROJECTS", "VOTES")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a section: the cells of its named columns, blanks at the ends taken off."""

    section: str
    line: int
    cells: dict[str, str]


def rows(path: Path) -> Iterator[Row]:
    """Every row, section by section. A quote that is never closed is taken as a letter."""
    try:
        yield from _read(path, csv.QUOTE_MINIMAL if _quotes_close(path) else csv.QUOTE_NONE)
    except csv.Error as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from error


def _quotes_close(path: Path) -> bool:
    """Whether the file, read with quotes, still shows all its sections and as many votes as it says.

    Where each line has an even number of them, or none, there is nothing to ask.
    """
    if not _odd_quotes(path):
        return True
    found: set[str] = set()
    votes, expected = 0, ""
    try:
        for row in _read(path, csv.QUOTE_MINIMAL):
            found.add(row.section)
            votes += row.section == "VOTES"
            if row.section == "META" and row.cells["key"] == "num_votes":
                expected = row.cells["value"]
    except csv.Error:
        return False
    return found.issuperset(SECTIONS) and expected in ("", str(votes))


def _odd_quotes(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return any(line.count(b'"') % 2 for line in file)
    except OSError as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from error


def _read(path: Path, quoting: Literal[0, 3]) -> Iterator[Row]:
    section, columns = "", None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=";", quoting=quoting)
            for cells in reader:
                if not any(cell.strip() for cell in cells):
                    continue
                if cells[0].strip().upper() in SECTIONS and not any(cell.strip() for cell in cells[1:]):
                    section, columns = cells[0].strip().upper(), None
                elif section and columns is None:
                    columns = [cell.strip().lower() for cell in cells]
                elif columns is not None:
                    yield Row(section, reader.line_num, _named(section, columns, cells))
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{path.name} cannot be read: {error}") from error


def _named(section: str, columns: list[str], cells: list[str]) -> dict[str, str]:
    if section == "META":  # a value may hold semicolons that nobody quoted
        return {"key": cells[0].strip().lower(), "value": ";".join(cells[1:]).strip().rstrip(";")}
    return dict(zip(columns, map(str.strip, cells), strict=False))
