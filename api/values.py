"""Reading what a stranger wrote into a URL. Everything here raises BadValue, and nothing else."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2999
LONGEST_WORDS = 200
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_REFERENCE = re.compile(r"[A-Z]-[0-9]{4}-[0-9]{4,9}")
_NUMBER = re.compile(r"[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadValue(ValueError):
    """A value that cannot be taken. Its message is for the reader of the API."""


def read_flag(text: str) -> bool:
    """`true` or `false`."""
    if text not in ("true", "false"):
        raise BadValue(_("Say true or false."))
    return text == "true"


def read_number(text: str, *, least: int, most: int) -> int:
    """A whole number in plain digits."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise BadValue(_("Give a whole number from %(least)d to %(most)d.") % {"least": least, "most": most})
    return int(text)


def read_date(text: str) -> date:
    """A date such as 2026-11-24."""
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadValue(_("Give a date such as 2026-11-24, between the years 1900 and 2999."))
    return day


def read_moment(text: str) -> datetime:
    """A moment by RFC 3339 with its offset, or a date (its first moment in UTC)."""
    if _DATE.fullmatch(text):
        day = read_date(text)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    # "+" arrives as a space where it was not escaped; nobody means a space here.
    try:
        moment = parse_datetime(text.replace(" ", "+")) if text.isascii() and len(text) <= 40 else None
        moment = moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadValue(_("Give a moment such as 2026-11-24T09:30:00Z, or a date such as 2026-11-24."))
    return moment


def read_id(text: str) -> UUID:
    """An id of this API."""
    if not _UUID.fullmatch(text):
        raise BadValue(_("Give the id of one row."))
    return UUID(text)


def read_reference(text: str, letter: str) -> str:
    """What people call a row by, such as D-2026-0042; in small letters too. `letter` is that of the list."""
    given = text.upper()
    if not _REFERENCE.fullmatch(given) or not given.startswith(letter):
        raise BadValue(_("Give a reference of this list, such as %(example)s.") % {"example": f"{letter}-2026-0042"})
    return given


def read_names(text: str, count: int) -> list[str]:
    """So many short names, with a stroke between them."""
    names = text.split("/")
    if len(names) != count or not all(map(_SLUG.fullmatch, names)):
        raise BadValue(_("Give the reference as it stands in the rows."))
    return names


def read_subject(text: str) -> str:
    """What a line of the record calls a thing by: an id, or the number of a seat."""
    if not (_UUID.fullmatch(text) or _NUMBER.fullmatch(text)):
        raise BadValue(_("Give the id of one thing, as it stands in the lines."))
    return text.lower()


def read_id_or_slug(text: str) -> UUID | str:
    """An id, or the short name that stands in the address of a page."""
    if _UUID.fullmatch(text):
        return UUID(text)
    if not _SLUG.fullmatch(text):
        raise BadValue(_("Give an id, or the short name that stands in the address of its page."))
    return text


def read_words(text: str) -> list[str]:
    """Words to look for: at most eight."""
    if len(text) > LONGEST_WORDS or not text.strip() or any(ord(mark) < 32 or mark == "\ufffd" for mark in text):
        raise BadValue(_("Give one to eight words, in plain letters."))
    words = text.split()
    if len(words) > 8 or not any(mark.isalnum() for mark in text):
        raise BadValue(_("Give one to eight words, in plain letters."))
    return words


def read_choices(text: str, choices: frozenset[str]) -> list[str]:
    """One of the choices, or several with commas between them."""
    chosen = text.split(",")
    if not set(chosen) <= choices:
        raise BadValue(_("Choose from: %(choices)s.") % {"choices": ", ".join(sorted(choices))})
    return chosen
