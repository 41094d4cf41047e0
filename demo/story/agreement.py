"""What Larkfield agreed on who decides what, three times; and what an organisation decided alone."""

from demo.story.place_shapes import Notice, Terms, Version
from demo.story.shapes import Promise, ahead, wd

P, C, N = "penhale-homes", "eastbrook-council", "canalside-nhs-trust"
US, BOTH, THEM = "residents_decide", "decide_together", "organisation_decides"

GREEN = "Green space and gardens"
ROOMS = "Community room and shared rooms"
BOOKING = "How repairs are booked"
REPAIRS = "Repairs, lifts and doors"
PATHS = "Lighting and paths"
STREETS = "Streets, bins and parking"
PLAY = "Play areas"
CHARGES = "Rents and service charges"
HEALTH = "Health and care"

VERSIONS = (
    Version(
        ago=281.4,
        how="at a meeting in the community room, by a show of hands",
        why=(
            "Nobody had written down before who decides what. We wrote down how it is today, not how we would like it. "
            "That was a shock for some of us. But you cannot move a line that nobody has drawn.\n\n"
            "Penhale Homes and the council agreed to answer in public within 25 working days."
        ),
        residents=38,
        professionals=5,
        votes_for=31,
        votes_against=4,
        terms=(
            Terms(GREEN, THEM, 10, 25, P),
            Terms(ROOMS, THEM, 10, 25, P),
            Terms(BOOKING, THEM, 15, 25, P),
            Terms(REPAIRS, THEM, 15, 25, P),
            Terms(PATHS, THEM, 15, 25, P),
            Terms(STREETS, THEM, 15, 25, C),
            Terms(PLAY, THEM, 15, 25, C),
            Terms(CHARGES, THEM, 20, 25, P),
        ),
    ),
    Version(
        ago=203.5,
        how="at the spring meeting, by a show of hands",
        why=(
            "Two things changed. Residents now decide about the green space, because they are the ones who look after "
            "it. And the health trust came to the table, so health and care is in the agreement too.\n\n"
            "The time for an answer goes from 25 working days to 20. In the first months most answers came by day 19, "
            "so nobody could say that it cannot be done."
        ),
        residents=44,
        professionals=7,
        votes_for=37,
        votes_against=3,
        terms=(
            Terms(GREEN, US, 10, 20, P),
            Terms(ROOMS, THEM, 10, 20, P),
            Terms(BOOKING, THEM, 15, 20, P),
            Terms(REPAIRS, THEM, 15, 20, P),
            Terms(PATHS, THEM, 15, 20, P),
            Terms(STREETS, THEM, 15, 20, C),
            Terms(PLAY, THEM, 15, 20, C),
            Terms(CHARGES, THEM, 20, 20, P),
            Terms(HEALTH, THEM, 12, 20, N),
        ),
    ),
    Version(
        ago=141.5,
        how="at the summer meeting under the plum tree, by a show of hands",
        why=(
            "Residents decide about the community room and the shared rooms. How repairs are booked, and health and "
            "care, we decide together: both sides must say yes.\n\n"
            "Rents and charges stay with Penhale Homes, after asking us. Some of us wanted more. We agreed to talk "
            "about it again in a year, and to read the accounts together until then."
        ),
        residents=47,
        professionals=8,
        votes_for=39,
        votes_against=5,
        terms=(
            Terms(GREEN, US, 10, 20, P),
            Terms(ROOMS, US, 10, 20, P),
            Terms(BOOKING, BOTH, 15, 20, P),
            Terms(REPAIRS, THEM, 15, 20, P),
            Terms(PATHS, THEM, 15, 20, P),
            Terms(STREETS, THEM, 15, 20, C),
            Terms(PLAY, THEM, 15, 20, C),
            Terms(CHARGES, THEM, 20, 20, P),
            Terms(HEALTH, BOTH, 12, 20, N),
        ),
    ),
)

NOTICES = (
    Notice(
        ago=wd(14.4),
        who="sam",
        topic=REPAIRS,
        title="Brightway will clean the stairs from {month -40}",
        summary=(
            "Our contract with the old cleaners ends on {date -38}. We chose a new firm, Brightway. Residents were "
            "not asked first."
        ),
        reasons=(
            "We had to choose by the end of {month 24}, and we started too late. Three firms wanted the work. "
            "Brightway was not the cheapest. It pays its cleaners a wage that they can live on, and it cleans each "
            "stair twice a week.\n\n"
            "We know that the agreement says we ask you first. We did not leave the time for it. Next time we will "
            "start six months before the contract ends."
        ),
        promises=(
            Promise("Bring Brightway’s manager to a residents’ meeting before they start", ahead(17), "Sam Oduya"),
            Promise(
                "Start the next choice of cleaners with residents, six months before the contract ends", ahead(500)
            ),
        ),
    ),
    Notice(
        ago=wd(31.3),
        who="farah",
        topic=STREETS,
        title="Mill Lane shut on two Sundays for a gas pipe",
        summary=(
            "The gas company must mend a pipe under Mill Lane. We shut the road on two Sundays and moved the bus stop."
        ),
        reasons=(
            "A leak cannot wait for a vote, so we decided this alone. The gas company wanted two weekdays. We said "
            "Sundays, because the school bus does not run then. The stop moves 80 metres, to the shop with the green "
            "door."
        ),
    ),
    Notice(
        ago=wd(97.5),
        who="leanne",
        topic=CHARGES,
        title="The office on Mill Lane opens at ten, not at nine",
        summary="From now on our office on Mill Lane is open from ten to six, not from nine to five.",
        reasons=(
            "Between nine and ten, two people came in a week. Between five and six, eleven people stood at a locked "
            "door in the week that we counted. We did not ask residents. We counted them."
        ),
    ),
)
