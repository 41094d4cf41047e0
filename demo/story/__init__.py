"""The story as data: who lives and works there, what they agreed, and what was tabled, said, answered and done.

Times are told backwards from today, so the story is always nine months old and never out of date.
"""

from demo.story.answered import ANSWERED
from demo.story.decided import DECIDED
from demo.story.done import DONE
from demo.story.ended import ENDED
from demo.story.gathering import GATHERING
from demo.story.shapes import Tabled
from demo.story.together import TOGETHER
from demo.story.under_way import UNDER_WAY
from demo.story.waiting import WAITING

PROPOSALS: tuple[Tabled, ...] = (*DONE, *UNDER_WAY, *TOGETHER, *DECIDED, *ENDED, *ANSWERED, *WAITING, *GATHERING)
