"""What became of it: the outcome of an answer, the state of a promise."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_OUTCOMES = {
    "accepted": '<circle class="half" cx="24" cy="24" r="22"/><path class="cut" d="M14 25l7 7 14-15"/>',
    "accepted_in_part": '<circle cx="24" cy="24" r="21"/><path class="half" d="M24 3a21 21 0 010 42z"/>',
    "declined": '<circle cx="24" cy="24" r="21"/><path d="M15 15l18 18M33 15L15 33"/>',
    "to_ballot": '<circle cx="24" cy="24" r="21"/><path d="M12 24h24M17 24v10h14V24M24 12v9"/>',
    "to_codesign": '<circle cx="24" cy="24" r="21"/><circle class="half" cx="17" cy="24" r="5"/>'
    '<path class="half" d="M27 19h10v10H27z"/>',
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
