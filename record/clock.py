"""The one clock of the rooms. Commands that tell a story of the past (demo, importers) set it; nothing else may."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, tzinfo

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("record_clock", default=None)


def now() -> datetime:
    """The present moment, aware, or the moment that `at` has set."""
    return _set_to.get() or timezone.now()


def today(tz: tzinfo | None = None) -> date:
    """The date of `now()` in `tz` (the current time zone where none is given)."""
    return timezone.localtime(now(), tz).date()


def local_date(moment: datetime, tz: tzinfo | None = None) -> date:
    """The date of a stored moment in `tz` (the current time zone where none is given)."""
    return timezone.localtime(moment, tz).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Run the body as if it were `moment` (aware). For the demo, importers and tests only."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
