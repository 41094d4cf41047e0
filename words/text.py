"""Cleaning what people type: what no reader can see, and what would make text lie about itself, goes."""

import re
import unicodedata

# NUL and the other control characters (line feed and tab stay), lone surrogates, and the marks that turn
# the direction of the text around them, with which "exe.txt" can be made to read "txt.exe".
_NEVER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
    "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_MANY_EMPTY_LINES = re.compile("\n{3,}")
_SPACES = re.compile(r"\s+")


def clean_text(value: str) -> str:
    """Text of many lines: NFC, breaks as line feeds, at most one empty line in a row, ends trimmed."""
    text = _NEVER.sub("", _BREAKS.sub("\n", value))
    text = "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return _MANY_EMPTY_LINES.sub("\n\n", text).strip()


def clean_line(value: str) -> str:
    """Text of one line: as `clean_text`, with every run of white space as one space."""
    return _SPACES.sub(" ", clean_text(value)).strip()


def lines_of(value: str) -> list[str]:
    """The things listed one on a line, without the empty lines and without bullets typed by hand."""
    return [line for line in (part.strip().lstrip("-*•·").strip() for part in value.split("\n")) if line]
