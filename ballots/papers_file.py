"""The published papers: one line a paper, choices only, in an order that tells nothing. Pure."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence

from ballots.counting.shapes import Choices

LEAST_PUBLISHED = 10  # with fewer papers, one of them could be guessed


def write_papers(codes: Sequence[str], papers: Iterable[Choices]) -> str:
    """The file: a header, then the papers sorted by what stands on them and numbered from 1."""
    lines = sorted([str(choices.get(code, "")) for code in codes] for choices in papers)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["paper", *codes])
    writer.writerows([number, *cells] for number, cells in enumerate(lines, start=1))
    return text.getvalue()


def read_papers(text: str) -> Iterator[dict[str, int]]:
    """The papers of such a file, one after the other."""
    rows = csv.reader(io.StringIO(text))
    codes = next(rows, ["paper"])[1:]
    for row in rows:
        yield {code: int(cell) for code, cell in zip(codes, row[1:], strict=True) if cell}


def digest(text: str) -> str:
    """SHA-256 over the exact bytes, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()
