"""The waiting clock: the signature of the site."""

from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from words import dates

MANY_DAYS = 40  # past this many notches a ring is drawn whole: they would be thinner than a hair


class ClockState(NamedTuple):
    """One waiting clock, in working days. `proposals.clocks` makes them from the dates of an ask."""

    day: int  # since it was asked
    of_days: int  # that the answer may take
    days_over: int = 0  # past the date; for an answer that came, how late it came
    long: bool = False  # twice the time is over
    answered: bool = False
    past: bool = False  # past the date: also on the weekend behind it, when no working day is over yet

    @property
    def is_late(self) -> bool:
        """Waiting still, and past the date."""
        return not self.answered and (self.long or self.past or self.days_over > 0)

    @property
    def days_left(self) -> int:
        """Working days until the date; 0 on the day itself and after it."""
        return max(self.of_days - self.day, 0)


def clock_face(state: ClockState) -> SafeString:
    """The ring: one notch a working day. Late: the ring turns brick and a second ring counts the days over. Long:
    the face fills. Answered: a tick, and the second ring stays if the answer was late."""
    of_days = max(state.of_days, 1)
    over, gone = max(state.days_over, 0), min(max(state.day, 0), of_days)
    notched = of_days <= MANY_DAYS
    parts = [
        '<svg viewBox="0 0 120 120" aria-hidden="true"><circle class="face" cx="60" cy="60" r="58"/>',
        _ring("track", 52, of_days, ".86 .14" if notched else "", notched),
    ]
    if state.answered:
        parts.append(_ring("gone", 52, 100, "100 0", False))
    elif state.is_late:
        parts.append(_gone(of_days, of_days, notched))
    elif gone:
        parts.append(_gone(gone, of_days, notched))
    if over:
        parts.append(_ring("over", 42, of_days, f"{min(over, of_days)} {of_days}", False))
    if state.answered:
        parts.append('<path class="tick" d="M38 61l15 16 30-33"/>')
    else:
        number = f"+{over}" if over else str(max(state.day, 0))
        small = ' class="sm"' if len(number) > 4 else ""
        parts.append(f'<text x="60" y="71"{small}>{number}</text>')
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308 - numbers only


def clock_classes(state: ClockState, size: str = "only") -> str:
    """The classes of the clock's box. `size`: "only" (the ring alone), "row" (words beside it) or "big"."""
    classes = ["clock"]
    if state.answered:
        classes.append("clock--done")
    elif state.is_late:
        classes.append("clock--late clock--long" if state.long else "clock--late")
    if size in {"only", "big"}:
        classes.append(f"clock--{size}")
    return " ".join(classes)


def clock_words(state: ClockState) -> str:
    """The words that stand beside the ring: "Day 14 of 20", "6 working days overdue"."""
    if state.answered:
        return _("Answered on day %(day)d") % {"day": state.day}
    if state.long:
        return ngettext(
            "Long overdue: %(days)s working day past the date",
            "Long overdue: %(days)s working days past the date",
            state.days_over,
        ) % {"days": dates.number(state.days_over)}
    if state.is_late:
        return dates.overdue(state.days_over)
    return _("Day %(day)d of %(of)d") % {"day": state.day, "of": state.of_days}


def _gone(days: int, of_days: int, notched: bool) -> str:
    if not notched:
        return _ring("gone", 52, of_days, f"{days} {of_days}", False)
    return _ring("gone", 52, of_days, ".86 .14 " * (days - 1) + f".86 {of_days}", True)


def _ring(name: str, radius: int, length: int, dashes: str, notched: bool) -> str:
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    offset = ' stroke-dashoffset="-.07"' if notched else ""
    return f'<circle class="{name}" cx="60" cy="60" r="{radius}" pathLength="{length}"{dash}{offset}/>'
