"""The marks of the site, drawn as SVG from plain numbers and words: clocks, seats, ladders, bars.

Every mark is `aria-hidden` and has its words beside it. Nothing here knows a model. Sizes are attributes and
colours are classes, because the content security policy forbids styles in the page.
"""

from words.marks.bars import AIM, plain_meter, support_bar, verdict_bar
from words.marks.clock import ClockState, clock_classes, clock_face, clock_words
from words.marks.line import story
from words.marks.outcomes import outcome, promise
from words.marks.people import BRAND, EMPTY_TABLE, decided_by, ladder, role

__all__ = [
    "AIM",
    "BRAND",
    "EMPTY_TABLE",
    "ClockState",
    "clock_classes",
    "clock_face",
    "clock_words",
    "decided_by",
    "ladder",
    "outcome",
    "plain_meter",
    "promise",
    "role",
    "story",
    "support_bar",
    "verdict_bar",
]
