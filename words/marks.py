"""The marks of the site, drawn as SVG from plain numbers and words: clocks, seats, ladders, bars.

Every mark is `aria-hidden` and has its words beside it. Nothing here knows a model. Sizes are attributes and
colours are classes, because the content security policy forbids styles in the page.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from words import dates

MANY_DAYS = 40  # past this many notches a ring is drawn whole: they would be thinner than a hair
YOUNGEST, OLDEST, AIM = 7, 18, 11  # the scale of the plain-words meter, in years of age

BRAND = mark_safe(
    '<svg viewBox="0 0 56 42" aria-hidden="true"><rect x="2" y="17" width="52" height="8" rx="4" class="bar"/>'
    '<g class="res"><circle cx="13" cy="8" r="5"/><circle cx="28" cy="8" r="5"/><circle cx="43" cy="8" r="5"/></g>'
    '<g class="org"><path d="M8 30h10v10H8zM23 30h10v10H23zM38 30h10v10H38z"/></g></svg>'
)
EMPTY_TABLE = mark_safe(
    '<svg class="by" viewBox="0 0 56 42" aria-hidden="true"><rect class="bar" x="2" y="17" width="52" height="8" rx="4"/></svg>'
)

# ── The clock ───────────────────────────────────────────────────────────────


class ClockState(NamedTuple):
    """One waiting clock, in working days. `proposals.clocks` makes them from the dates of an ask."""

    day: int  # since it was asked
    of_days: int  # that the answer may take
    days_over: int = 0  # past the date; for an answer that came, how late it came
    long: bool = False  # twice the time is over
    answered: bool = False

    @property
    def is_late(self) -> bool:
        """Waiting still, and past the date."""
        return not self.answered and (self.long or self.days_over > 0)

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
            "Long overdue: %(days)d working day past the date",
            "Long overdue: %(days)d working days past the date",
            state.days_over,
        ) % {"days": state.days_over}
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


# ── Who ─────────────────────────────────────────────────────────────────────

_SHAPES = {
    "resident": ("res", '<circle cx="8" cy="8" r="8"/>', gettext_lazy("Resident")),
    "professional": ("pro", '<path d="M0 0h16v16H0z"/>', gettext_lazy("Professional")),
    "facilitator": ("fac", '<path d="M8 0l8 16H0z"/>', gettext_lazy("Facilitator")),
}


def role(name: str, role: str, *, place: str = "", job_title: str = "") -> SafeString:
    """A name with its shape, role and place or employer. An unknown role has neither shape nor word."""
    side, shape, word = _SHAPES.get(role, ("none", "", ""))
    svg = mark_safe(f'<svg viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>') if shape else ""  # noqa: S308
    about = ", ".join(part for part in (str(word), job_title, place) if part)
    return format_html(
        '<span class="role role--{}">{}<span><b>{}</b>{}</span></span>', side, svg, name, f" · {about}" if about else ""
    )


_SEATS = {
    "res": '<circle class="res" cx="13" cy="8" r="5"/><circle class="res" cx="28" cy="8" r="5"/><circle class="res" cx="43" cy="8" r="5"/>',
    "asked": '<circle class="asked" cx="13" cy="8" r="4.2"/><circle class="asked" cx="28" cy="8" r="4.2"/><circle class="asked" cx="43" cy="8" r="4.2"/>',
    "org": '<rect class="org" x="8" y="30" width="10" height="10"/><rect class="org" x="23" y="30" width="10" height="10"/><rect class="org" x="38" y="30" width="10" height="10"/>',
    "strike": '<path class="strike" d="M4 11L52 5"/>',
}
_DECIDED_BY = {
    "residents": ("residents", ("res",), gettext_lazy("Residents decided")),
    "together": ("together", ("res", "org"), gettext_lazy("Decided together")),
    "organisation_after_consulting": (
        "asked",
        ("asked", "org"),
        gettext_lazy("Organisation decided after asking residents"),
    ),
    "organisation_alone": ("alone", ("org",), gettext_lazy("Organisation decided alone")),
    "organisation_overruling_residents": (
        "over",
        ("asked", "org", "strike"),
        gettext_lazy("Organisation overruled residents"),
    ),
}


def decided_by(value: str) -> SafeString:
    """The table from above, for the five ways in which a thing is decided, and the words. KeyError for a sixth."""
    name, seats, words = _DECIDED_BY[value]
    return format_html(
        '<span class="by by--{}"><svg viewBox="0 0 56 42" aria-hidden="true">'
        '<rect class="bar" x="2" y="17" width="52" height="8" rx="4"/>{}</svg><span>{}</span></span>',
        name,
        mark_safe("".join(_SEATS[seat] for seat in seats)),  # noqa: S308 - our own constants
        words,
    )


_RUNGS = {
    "residents_decide": (7, gettext_lazy("Residents decide")),
    "decide_together": (18, gettext_lazy("We decide together")),
    "organisation_decides": (29, gettext_lazy("They decide, after asking us")),
}


def ladder(who_decides: str) -> SafeString:
    """Who decides, as the rung of a ladder, and the words. KeyError for an unknown value."""
    at, words = _RUNGS[who_decides]
    rungs = format_html_join(
        "", '<path d="M6 {}h20"{}/>', ((y, mark_safe(' class="on"') if y == at else "") for y in (7, 18, 29))
    )
    return format_html(
        '<span class="rung"><svg viewBox="0 0 32 36" aria-hidden="true"><path d="M5 1v34M27 1v34"/>{}</svg>{}</span>',
        rungs,
        words,
    )


# ── What became of it ───────────────────────────────────────────────────────

_OUTCOMES = {
    "accepted": '<circle class="half" cx="24" cy="24" r="22"/><path class="cut" d="M14 25l7 7 14-15"/>',
    "accepted_in_part": '<circle cx="24" cy="24" r="21"/><path class="half" d="M24 3a21 21 0 010 42z"/>',
    "declined": '<circle cx="24" cy="24" r="21"/><path d="M15 15l18 18M33 15L15 33"/>',
    "to_ballot": '<circle cx="24" cy="24" r="21"/><path d="M12 24h24M17 24v10h14V24M24 12v9"/>',
    "to_codesign": '<circle cx="24" cy="24" r="21"/><circle class="half" cx="17" cy="24" r="5"/><path class="half" d="M27 19h10v10H27z"/>',
    "not_stated": '<circle class="dash" cx="24" cy="24" r="21"/>',
}


def outcome(value: str, words: str) -> SafeString:
    """The answer in one word, with its circle: full for yes, half for in part, crossed for no."""
    return format_html(
        '<p class="outcome outcome--{}"><svg viewBox="0 0 48 48" aria-hidden="true">{}</svg><span>{}</span></p>',
        "no" if value == "declined" else "other" if value == "not_stated" else "yes",
        mark_safe(_OUTCOMES.get(value, _OUTCOMES["not_stated"])),  # noqa: S308 - our own constants
        words,
    )


_RING = '<circle cx="14" cy="14" r="11"/>'
_PROMISES = {
    "promised": _RING,
    "changed": _RING,
    "in_progress": _RING + '<path class="fill" d="M14 3a11 11 0 010 22z"/>',
    "claimed_done": _RING + '<circle class="fill" cx="14" cy="14" r="6"/>',
    "confirmed": '<circle class="fill" cx="14" cy="14" r="12.5"/><path class="kept" d="M8 14.5l4.5 4.5 8-9"/>',
    "disputed": _RING + '<path d="M14 7v8M14 18.5v2"/>',
    "dropped": _RING + '<path d="M8 8l12 12"/>',
}


def promise(state: str, *, late: bool = False) -> SafeString:
    """The state of a promise: empty, half, dot, tick; "!" where it is late or disputed; struck where dropped."""
    shape = _PROMISES["disputed"] if late and state in {"promised", "changed", "in_progress"} else _PROMISES[state]
    return format_html('<svg viewBox="0 0 28 28" aria-hidden="true">{}</svg>', mark_safe(shape))  # noqa: S308


# ── Bars ────────────────────────────────────────────────────────────────────


def support_bar(count: int, needed: int) -> SafeString:
    """How many back it against how many are needed; the tick stands at the number needed."""
    most = max(count, needed, 1)
    fill, tick = _percent(count, most), _percent(needed, most)
    # Half the tick's width from the end, so that it is not cut in two.
    tick = "99.6" if tick == "100.0" else tick
    return format_html(
        '<svg class="bar-line" aria-hidden="true" height="16"><rect class="track" width="100%" height="16" rx="8"/>'
        '<rect class="fill" width="{}%" height="16" rx="8"/><line class="mark" x1="{}%" x2="{}%" y1="-4" y2="20"/></svg>',
        fill,
        tick,
        tick,
    )


def verdict_bar(yes: int, no: int) -> SafeString:
    """Those who say that the answer answers it against those who say that it does not; the tick is at half."""
    total = yes + no
    if not total:
        return mark_safe("")
    label = _("%(yes)d said yes and %(no)d said no, out of %(total)d") % {"yes": yes, "no": no, "total": total}
    gap = 1 if yes and no else 0
    yes_width = yes / total * (100 - gap)
    return format_html(
        '<svg class="bar-line" role="img" aria-label="{}" height="16"><rect class="fill" width="{}%" height="16" rx="4"/>'
        '<rect class="no" x="{}%" width="{}%" height="16" rx="4"/>'
        '<line class="mark" x1="50%" x2="50%" y1="-5" y2="21"/></svg>',
        label,
        f"{yes_width:.1f}",
        f"{yes_width + gap if yes else 0:.1f}",
        f"{100 - gap - yes_width:.1f}",
    )


def plain_meter(age: int) -> SafeString:
    """The reading age on a scale from 7 to 18, with the aim at 11."""
    span = OLDEST - YOUNGEST
    pin = (min(max(age, YOUNGEST), OLDEST) - YOUNGEST) / span * 100
    return format_html(
        '<svg aria-hidden="true" height="28"><rect class="scale" y="14" width="100%" height="8" rx="4"/>'
        '<rect class="zone" y="14" x="0" width="{}%" height="8" rx="4"/>'
        '<svg x="{}%" overflow="visible"><path class="pin" d="M-8 0h16l-8 12z"/></svg></svg>',
        f"{(AIM - YOUNGEST) / span * 100:.1f}",
        f"{pin:.1f}",
    )


def _percent(part: int, whole: int) -> str:
    return f"{min(max(part / whole * 100, 0), 100):.1f}"


# ── The story line ──────────────────────────────────────────────────────────


def story(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps of the story line, ready for `includes/story.html`.

    Each step has `side` ("res" or "org"), `state` ("past", "now" or "next"), `title`, and may have `late` (bool),
    `on` (date), `text` (a line in place of the date) and `note` (a second line).
    """
    shapes = {"res": '<circle cx="14" cy="14" r="12"/>', "org": '<rect x="3" y="3" width="22" height="22"/>'}
    return [
        {
            **step,
            "shape": mark_safe(shapes[step["side"]]),  # noqa: S308 - our own constants
            "classes": " ".join([step["side"], step["state"], *(["late"] if step.get("late") else [])]),
        }
        for step in steps
    ]
