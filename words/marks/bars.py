"""Bars: backing, verdicts, reading age."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

YOUNGEST, OLDEST, AIM = 7, 18, 11  # the scale of the plain-words meter, in years of age


def support_bar(count: int, needed: int) -> SafeString:
    """How many back it against how many are needed; the tick stands at the number needed."""
    most = max(count, needed, 1)
    fill, tick = _percent(count, most), _percent(needed, most)
    # Half the tick's width from the end, so that it is not cut in two.
    tick = "99.6" if tick == "100.0" else tick
    return format_html(
        '<svg class="bar-line" aria-hidden="true" height="16"><rect class="track" width="100%" height="16" rx="8"/>'
        '<rect class="fill" width="{}%" height="16" rx="8"/>'
        '<line class="mark" x1="{}%" x2="{}%" y1="-4" y2="20"/></svg>',
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
        '<svg class="bar-line" role="img" aria-label="{}" height="16">'
        '<rect class="fill" width="{}%" height="16" rx="4"/>'
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
