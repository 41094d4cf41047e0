"""The votes of Larkfield Estate: one certified, one ranked and certified, one open now, one announced."""

from dataclasses import dataclass
from typing import Any

from demo.story.agreement import BOOKING, GREEN, ROOMS
from demo.story.people import HERON, KESTREL, LINNET, PLOVER, WREN


@dataclass(frozen=True)
class Choice:
    """One line of the paper. `cost` in pounds. `liked`: how many in every hundred of each block choose it."""

    title: str
    about: str = ""
    cost: int = 0
    liked: tuple[int, int, int, int, int] = (50, 50, 50, 50, 50)  # Heron, Plover, Kestrel, Linnet, Wren

    def likes(self, block: str) -> int:
        return self.liked[(HERON, PLOVER, KESTREL, LINNET, WREN).index(block)]


@dataclass(frozen=True)
class Vote:
    """One vote. Days are before today; those below 0 are still to come."""

    key: str
    question: str
    about: str
    topic: str
    announced: float
    opens: float
    closes: float
    options: tuple[Choice, ...]
    terms: dict[str, Any]
    turnout: int = 0  # in every hundred of the roll
    certified: float | None = None
    promises: tuple[tuple[str, str, float], ...] = ()  # officer, words, due


SPRING = Vote(
    key="spring",
    question="How shall we spend the £30,000 spring pot?",
    about="Penhale Homes and the council put £15,000 each into one pot. We say where it goes.",
    topic=GREEN,
    announced=122.4,
    opens=118.2,
    closes=104.9,
    certified=103.3,
    turnout=63,
    terms={"method": "budget", "budget": 3_000_000},
    options=(
        Choice("Lights on the path to Mill Lane", "Twelve low lamps, on from dusk to one.", 8400, (80, 70, 72, 50, 55)),
        Choice(
            "Six benches with backs and arms", "Where people stop with their shopping now.", 3600, (60, 32, 40, 38, 30)
        ),
        Choice(
            "A proper cooker for the community room", "So the Tuesday lunch can feed forty.", 6900, (28, 85, 25, 30, 20)
        ),
        Choice("Six laptops for homework club", "Kept in the room, lent out by the hour.", 4800, (20, 18, 80, 18, 28)),
        Choice(
            "Raised beds by Linnet Row", "Four of them, at a height you can sit beside.", 1950, (15, 20, 12, 88, 20)
        ),
        Choice("Goal posts and painted lines", "On the hard court that floods least.", 2400, (10, 12, 22, 28, 90)),
        Choice("Cameras by the bins", "Four, looked at when something happens.", 11500, (62, 60, 58, 18, 30)),
        Choice("A locked bike store", "Room for thirty, by the canal gate.", 7200, (26, 28, 36, 16, 40)),
    ),
    promises=(
        ("sam", "Light the path to Mill Lane before the clocks go back", -20),
        ("sam", "Put the six benches where the walk-round marked them", 30),
        ("owen", "Build the raised beds by Linnet Row", 12),
    ),
)

GARDEN = Vote(
    key="garden",
    question="What shall we call the new garden?",
    about="The strip between Kestrel House and the canal. The name goes on the gate.",
    topic=GREEN,
    announced=68.3,
    opens=64.1,
    closes=55.9,
    certified=54.2,
    turnout=52,
    terms={"method": "ranked", "seats": 1},
    options=(
        Choice("Plum Corner", "For the tree that was here first.", liked=(55, 70, 40, 60, 45)),
        Choice("The Lock Garden", "The old lock is under the paving.", liked=(40, 35, 80, 30, 60)),
        Choice("Nana Pat’s", "She weeded it for nine years and never asked.", liked=(75, 60, 20, 40, 35)),
        Choice("Heron’s Rest", "There is one most mornings.", liked=(60, 30, 45, 55, 50)),
        Choice("Canal Green", "Says what it is.", liked=(35, 45, 55, 35, 65)),
    ),
    promises=(("sam", "Put the name on the gate", 9),),
)

WINTER = Vote(
    key="winter",
    question="How shall we spend the £12,000 winter pot?",
    about="What was left of the year’s money, and £8,000 from the council’s warm homes fund.",
    topic=ROOMS,
    announced=12.4,
    opens=8.2,
    closes=-6.9,
    turnout=31,
    terms={"method": "budget", "budget": 1_200_000},
    options=(
        Choice(
            "Warm room with soup, two nights a week",
            "Open Tuesday and Thursday, December to March. Mrs Okafor’s group will cook.",
            4200,
            (70, 70, 45, 65, 40),
        ),
        Choice(
            "Draught strips for 90 front doors",
            "Plover Court and Heron House first, where the wind comes off the canal.",
            2700,
            (75, 80, 30, 35, 30),
        ),
        Choice(
            "Grit bins and shovels at every block",
            "Five bins. Wren Walk was ice for nine days.",
            1150,
            (45, 40, 50, 55, 85),
        ),
        Choice(
            "A drying cupboard in Kestrel House",
            "Five heated rails, so wet washing stays out of the bedrooms.",
            5600,
            (15, 18, 85, 12, 15),
        ),
        Choice(
            "Winter lights on the plum tree",
            "Low power, off at eleven. They last about eight years.",
            900,
            (40, 45, 40, 60, 45),
        ),
        Choice(
            "Bus fares for hospital visits",
            "About 400 trips, for anyone who asks. No forms about money.",
            2000,
            (35, 45, 30, 40, 35),
        ),
    ),
)

REPAIRS = Vote(
    key="repairs",
    question="What matters most when you book a repair?",
    about="We and Penhale Homes are writing a new way to book repairs. This tells us where to begin.",
    topic=BOOKING,
    announced=3.4,
    opens=-4.1,
    closes=-18.9,
    terms={"method": "score", "seats": 2},
    options=(
        Choice("A time of two hours, not a whole day"),
        Choice("The same person who comes back"),
        Choice("A text when they set out"),
        Choice("Being rung back the same day"),
        Choice("Photos instead of a first visit"),
    ),
)

VOTES = (SPRING, GARDEN, WINTER, REPAIRS)
