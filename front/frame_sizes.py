"""How high a frame of ours must be on another site.

Its line is copied once and for every width, so the height is that of a phone of 320 px: wider, the words need less. Too
high is a hole in the other page, too low a bar to scroll by.
"""

from collections.abc import Sequence
from math import ceil

WIDTH = 600
# What a line holds and how high it is, on a phone of 320 px with the type of css/components/embed.css.
SMALL, SMALL_LETTERS = 25, 32  # the community and the day
HEADING, HEADING_LETTERS = 27, 23
TEXT, TEXT_LETTERS = 28, 30
ROW_TITLE, ROW_LETTERS, ROW_TEXT = 18, 20, 23  # beside a clock
GAP = 16
EDGES = 2 * GAP + 16  # above and below, and something to spare
LINK = 44 + GAP
WHO_DECIDED = 44 + 40 + GAP  # and the outcome below, where both do not fit side by side
OVERRULED = 2 * TEXT + GAP
MORE = 2 * TEXT + GAP
LONGEST_SUMMARY, LONGEST_TITLE = 240, 70  # what a frame shows of them
LETTERS_OF_A_DAY = 27
ROW_STATE = 4 * ROW_TEXT  # "Long overdue: 24 working days past the date", and who must answer
ROW_EDGES = 25


def decision_height(place: str, title: str, summary: str, *, is_overruled: bool) -> int:
    """For the frame of one decision; its summary without the marks of Markdown."""
    height = _lines(len(place) + LETTERS_OF_A_DAY, SMALL_LETTERS) * SMALL + GAP
    height += _lines(len(title), HEADING_LETTERS) * HEADING + GAP
    height += _lines(min(len(summary), LONGEST_SUMMARY), TEXT_LETTERS) * TEXT + GAP
    return height + WHO_DECIDED + LINK + EDGES + (OVERRULED if is_overruled else 0)


def waiting_height(heading: str, titles: Sequence[str], most: int) -> int:
    """For the frame of the waiting list, by the titles that wait. `most` are shown; an empty list has room for one,
    since what waits changes and the line on the other site does not."""
    shown = [len(title) for title in titles[:most]] or [LONGEST_TITLE]
    rows = sum(_lines(min(letters, LONGEST_TITLE), ROW_LETTERS) * ROW_TITLE for letters in shown)
    rows += len(shown) * (ROW_STATE + ROW_EDGES)
    height = _lines(len(heading), HEADING_LETTERS) * HEADING + GAP + rows + LINK + EDGES
    return height + (MORE if len(titles) >= most else 0)


def _lines(letters: int, of_a_line: int) -> int:
    return max(1, ceil(letters / of_a_line))
