"""The file, row by row: each is a Petition or says which column of which line is wrong. Nothing is kept in memory."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import nh3
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from words.text import clean_line, clean_text

FILE_NAME = "petitions_accepted.csv"
COLUMNS = (
    "id",
    "state",
    "action",
    "background",
    "additional_details",
    "signature_count",
    "opened_at",
    "closed_at",
    "response_threshold_reached_at",
    "government_response_at",
    "response_summary",
    "response_details",
    "debate_date",
    "debate_transcript_url",
    "departments",
)
LONGEST_CELL = 1_000_000
LONGEST_NAME = 120
MOST_SIGNATURES = 2_000_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2999


class BadFile(Exception):
    """The whole file cannot be read; the message says why."""


@dataclass(frozen=True)
class BadRow:
    """A row that is skipped."""

    line: int
    column: str
    problem: str


@dataclass(frozen=True)
class Petition:
    """One row, clean and typed. Moments are in UTC."""

    line: int
    source_id: str
    is_open: bool
    title: str
    outcome_wanted: str
    case: str
    signatures: int
    opened_at: datetime
    closed_at: datetime | None
    asked_at: datetime | None
    answered_at: datetime | None
    summary: str
    reasons: str
    debated_on: date | None
    debate_url: str
    departments: tuple[str, ...]


class _Wrong(Exception):
    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column
        self.problem = problem


def read_petitions(path: Path) -> Iterator[Petition | BadRow]:
    """Every row of the file. Raises BadFile where there is none, or a column is missing."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        # What is not UTF-8 arrives as a surrogate and is refused with its row, not with the file.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield from _rows(csv.DictReader(file, strict=True))
    except FileNotFoundError as error:
        raise BadFile(_("There is no file %(path)s.") % {"path": path}) from error
    except OSError as error:
        raise BadFile(_("%(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}) from error


def _rows(reader: "csv.DictReader[str]") -> Iterator[Petition | BadRow]:
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise BadFile(_("The file has no column %(names)s.") % {"names": ", ".join(missing)})
    seen: set[str] = set()
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise BadFile(_("Line %(line)d: %(why)s.") % {"line": line, "why": error}) from error
        if row is None:
            return
        try:
            petition = _read(row, line)
            if petition.source_id in seen:
                raise _Wrong("id", _("this id stands in the file twice"))
            seen.add(petition.source_id)
            yield petition
        except _Wrong as wrong:
            yield BadRow(line, wrong.column, wrong.problem)


def _read(row: dict[str, str], line: int) -> Petition:
    if None in row:
        raise _Wrong(COLUMNS[-1], _("the row has more cells than there are columns"))
    for name in COLUMNS:
        if row[name] is None:
            raise _Wrong(name, _("the row ends before this column"))
        if "\x00" in row[name] or any("\ud800" <= mark <= "\udfff" for mark in row[name]):
            raise _Wrong(name, _("there are bytes that are not text"))
    petition = Petition(
        line=line,
        source_id=_id(row["id"]),
        is_open=_state(row["state"]) == "open",
        title=_line(row, "action", 120),
        outcome_wanted=_text(row, "background", 2000) or _line(row, "action", 120),
        case=_text(row, "additional_details", 20_000) or _text(row, "background", 2000),
        signatures=_count(row["signature_count"]),
        opened_at=_required_moment(row, "opened_at"),
        closed_at=_moment(row, "closed_at"),
        asked_at=_moment(row, "response_threshold_reached_at"),
        answered_at=_moment(row, "government_response_at"),
        summary=_text(row, "response_summary", 2000),
        reasons=_text(row, "response_details", 50_000) or _text(row, "response_summary", 2000),
        debated_on=_day(row, "debate_date"),
        debate_url=_link(row["debate_transcript_url"]),
        departments=_departments(row["departments"]),
    )
    _check_order(petition)
    return petition


def _check_order(petition: Petition) -> None:
    """Dates that cannot follow each other, and answers without words."""
    if not petition.is_open and petition.closed_at is None:
        raise _Wrong("closed_at", _("it is closed and has no date"))
    if petition.closed_at is not None and petition.closed_at < petition.opened_at:
        raise _Wrong("closed_at", _("it closed before it opened"))
    if petition.asked_at is not None and petition.asked_at < petition.opened_at:
        raise _Wrong("response_threshold_reached_at", _("it lies before the day it opened"))
    if petition.answered_at is None:
        return
    if petition.asked_at is None or petition.answered_at < petition.asked_at:
        raise _Wrong("government_response_at", _("it was answered before an answer was asked for"))
    if not petition.reasons:
        raise _Wrong("response_details", _("there is a date of an answer and no answer"))


def _id(text: str) -> str:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise _Wrong("id", _("it is not a number"))
    return text


def _state(text: str) -> str:
    if text not in ("open", "closed"):
        raise _Wrong("state", _("it is neither open nor closed"))
    return text


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 10 or int(text) > MOST_SIGNATURES:
        raise _Wrong("signature_count", _("it is not a count"))
    return int(text)


def _line(row: dict[str, str], name: str, most: int) -> str:
    text = clean_line(_without_html(row[name]))
    if not text:
        raise _Wrong(name, _("it is empty"))
    if len(text) > most:
        raise _Wrong(name, _("it is longer than %(most)d letters") % {"most": most})
    return text


def _text(row: dict[str, str], name: str, most: int) -> str:
    text = clean_text(_without_html(row[name]))
    if len(text) > most:
        raise _Wrong(name, _("it is longer than %(most)d letters") % {"most": most})
    return text


def _without_html(text: str) -> str:
    return unescape(nh3.clean(text, tags=set())) if "<" in text or "&" in text else text


def _required_moment(row: dict[str, str], name: str) -> datetime:
    moment = _moment(row, name)
    if moment is None:
        raise _Wrong(name, _("it is empty"))
    return moment


def _moment(row: dict[str, str], name: str) -> datetime | None:
    if not row[name]:
        return None
    try:
        moment = parse_datetime(row[name])
        moment = moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise _Wrong(name, _("it is not a moment such as 2020-03-03T12:26:09.391Z"))
    return moment


def _day(row: dict[str, str], name: str) -> date | None:
    if not row[name]:
        return None
    try:
        day = parse_date(row[name])
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _Wrong(name, _("it is not a date such as 2020-10-05"))
    return day


def _link(text: str) -> str:
    if text and (not text.startswith("https://") or len(text) > 500 or any(mark.isspace() for mark in text)):
        raise _Wrong("debate_transcript_url", _("it is not a web address that starts with https://"))
    return text


def _departments(text: str) -> tuple[str, ...]:
    """Names with ";" between them. A comma belongs to a name."""
    names = list(dict.fromkeys(name for part in text.split(";") if (name := clean_line(part))))
    if any(len(name) > LONGEST_NAME for name in names):
        raise _Wrong("departments", _("a name is longer than %(most)d letters") % {"most": LONGEST_NAME})
    return tuple(names)
