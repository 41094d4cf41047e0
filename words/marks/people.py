"""Who: the shapes of the roles, the table from above for who decided, the ladder for who decides."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

BRAND = mark_safe(
    '<svg viewBox="0 0 56 42" aria-hidden="true"><rect x="2" y="17" width="52" height="8" rx="4" class="bar"/>'
    '<g class="res"><circle cx="13" cy="8" r="5"/><circle cx="28" cy="8" r="5"/><circle cx="43" cy="8" r="5"/></g>'
    '<g class="org"><path d="M8 30h10v10H8zM23 30h10v10H23zM38 30h10v10H38z"/></g></svg>'
)
EMPTY_TABLE = mark_safe(
    '<svg class="by" viewBox="0 0 56 42" aria-hidden="true">'
    '<rect class="bar" x="2" y="17" width="52" height="8" rx="4"/></svg>'
)

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
        '<span class="role role--{}">{}<span><b>{}</b>{}</span></span>',
        side,
        svg,
        name,
        f"\u00a0· {about}" if about else "",
    )


_ACROSS = (13, 28, 43)  # where the three seats stand
_SEATS = {
    "res": "".join(f'<circle class="res" cx="{x}" cy="8" r="5"/>' for x in _ACROSS),
    "asked": "".join(f'<circle class="asked" cx="{x}" cy="8" r="4.2"/>' for x in _ACROSS),
    "org": "".join(f'<rect class="org" x="{x - 5}" y="30" width="10" height="10"/>' for x in _ACROSS),
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
