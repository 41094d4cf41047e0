"""The story as data: who lives and works there, what they agreed, and what was tabled, said, answered and done.

Times are told backwards from today, so the story is always nine months old and never out of date.
"""

from demo.story.answered import ANSWERED
from demo.story.decided import DECIDED
from demo.story.done import DONE
from demo.story.done_outside import DONE_OUTSIDE
from demo.story.ended import ENDED
from demo.story.gathering import GATHERING
from demo.story.in_trouble import IN_TROUBLE
from demo.story.meetings import MEETINGS
from demo.story.shapes import Tabled
from demo.story.together import TOGETHER
from demo.story.under_way import UNDER_WAY
from demo.story.waiting_in_time import IN_TIME
from demo.story.waiting_late import LATE

PROPOSALS: tuple[Tabled, ...] = (
    *DONE,
    *DONE_OUTSIDE,
    *IN_TROUBLE,
    *UNDER_WAY,
    *MEETINGS,
    *TOGETHER,
    *DECIDED,
    *ENDED,
    *ANSWERED,
    *LATE,
    *IN_TIME,
    *GATHERING,
)
