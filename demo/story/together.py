"""What both sides decided together, and what waits for a vote or a design."""

from demo.story.agreement import BOOKING, GREEN, HEALTH, ROOMS, STREETS
from demo.story.shapes import (
    Answers,
    Backing,
    Checks,
    Claims,
    Meets,
    Pledges,
    Promise,
    Says,
    Starts,
    Tabled,
    ahead,
    wd,
)

TOGETHER = (
    Tabled(
        key="booking",
        by="joyce",
        ago=128.6,
        topic=BOOKING,
        title="A two-hour slot when a repair is booked",
        outcome="Nobody loses a day’s pay to wait for a plumber.",
        case=(
            "“Between eight and six.” I lose £84 when I wait between eight and six. Last month I lost it twice, "
            "because on the first day nobody came.\n\n"
            "The man who delivers my shopping tells me the hour. His tomatoes are not more important than my tap."
        ),
        we_can="Be at home in the slot\nRing the day before if we cannot",
        need_help="",
        only_they="Slots of two hours\nA text when they are on the way",
        backing=Backing(39, asked=wd(73.5), until=wd(64), surely=("amina", "delroy", "carol", "grace", "sunita")),
        acts=(
            Says(
                wd(66.4),
                "martin",
                "Our plumbers say the same, from the other side: one visit in five, nobody opens. I think we both "
                "lose. Shall we write the new way together?",
                replies=(Says(wd(65.5), "joyce", "If it is at a time when I am not waiting for a plumber, yes."),),
            ),
            Answers(
                wd(56.5),
                "martin",
                "to_codesign",
                "Let us design it together: three residents, two plumbers, one planner. By the end of {month 24}.",
                "We could write a rule in a week. It would be our rule, and it would break in a month. The people who "
                "wait and the people who drive know best what can work.",
            ),
            Meets(
                8.4,
                "Repairs table, fourth evening",
                "accepted",
                "Six residents and Penhale Homes wrote a new way to book a repair. Slots are two hours. A text comes "
                "when the plumber sets off. Who misses a slot, on either side, says sorry and gets the next one.",
                "We tried it for three weeks at Heron House. 41 of 46 visits were in the slot. Before, nobody had "
                "counted.\n\n"
                "It starts on {date -42}, because the computer must learn it first.",
                residents=19,
                professionals=5,
                votes_for=18,
                votes_against=0,
            ),
            Pledges(
                wd(4.6),
                "martin",
                Promise(
                    "Two-hour slots for every repair at Larkfield", ahead(42), "Martin Hale", steps=(Starts(wd(2.5)),)
                ),
            ),
        ),
    ),
    Tabled(
        key="scales",
        by="precious",
        ago=130.4,
        topic=HEALTH,
        title="Weigh babies here, not at the hospital",
        outcome="New mothers do not take two buses for five minutes on a scale.",
        case=(
            "The scale weighs nine kilos. I weigh a bit more, and I had a pram, a baby and stitches. It would be "
            "easier for the scale to come to us."
        ),
        we_can="Warm the room, make tea, hold the other child",
        only_they="A health visitor with a scale, twice a month",
        backing=Backing(11, until=119.3, surely=("leila", "ewa", "sunita")),
        acts=(
            Says(wd(84.4), "helen", "The scale says yes. I am asking the diary."),
            Meets(
                113.3,
                "Health table in {month 113}",
                "accepted",
                "Baby weighing in the community room, first and third Thursday of each month, ten to twelve.",
                "Residents warm the room and make tea. The trust sends a health visitor. Both sides said yes in the "
                "same hour.",
                residents=14,
                professionals=3,
                votes_for=14,
                votes_against=0,
            ),
            Pledges(
                wd(80.3),
                "helen",
                Promise(
                    "A health visitor with a scale, twice a month, for three months",
                    wd(22),
                    "Helen Marsh",
                    steps=(
                        Starts(wd(74.4)),
                        Claims(wd(20.5), "Six mornings, 38 babies, and one grandfather who wanted to know too."),
                        Checks(wd(19.4), "precious", done=True, note="Every time. And she remembered his name."),
                    ),
                ),
            ),
        ),
    ),
    Tabled(
        key="garages",
        by="marek",
        ago=73.4,
        topic=ROOMS,
        title="What shall we do with the four empty garages?",
        outcome="Four dry rooms that are used every week.",
        case=(
            "Four garages have been empty since 2021. I have asked around and heard: a bike workshop, a band, a place "
            "to mend chairs, a sauna. The sauna was Ewa.\n\n"
            "I would like us to vote, because everybody has one idea and there are four doors."
        ),
        we_can="Clear them out in one weekend",
        need_help="A skip\nElectricity in one of them",
        backing=Backing(10, asked=34.5, surely=("ewa", "luis", "delroy")),
        acts=(Says(70.3, "ewa", "A sauna is medicine. In my country it is a human right."),),
    ),
    Tabled(
        key="plum_lights",
        by="magda",
        ago=39.5,
        topic=GREEN,
        title="Winter lights on the plum tree",
        outcome="One warm thing to look at on the way home in December.",
        case="Small lights that use little power, off at eleven. They cost £900 and would last about eight years.",
        we_can="Hang them up and take them down",
        need_help="A ladder that the insurance likes",
        backing=Backing(10, asked=13.5, surely=("maureen", "stan", "amina")),
        acts=(
            Says(31.4, "hugh", "£112.50 a year, or 18p a home. I checked, because I knew that somebody would ask me."),
        ),
    ),
    Tabled(
        key="noise",
        by="dee",
        ago=83.3,
        topic=BOOKING,
        title="Report noise and hear what was done",
        outcome="Who reports noise at night knows the next day what happened.",
        case=(
            "I rang at two in the morning. A nice man wrote it down. Then nothing. So I rang again, and another nice "
            "man wrote it down.\n\n"
            "Perhaps you talked to them. Perhaps they moved to Spain. I would like to know which."
        ),
        we_can="Talk to each other first, where we dare",
        only_they="Tell us what you did",
        backing=Backing(23, asked=wd(30.5), until=wd(20), surely=("joyce", "rosa", "leila", "amina")),
        acts=(
            Answers(
                wd(12.5),
                "priya",
                "to_codesign",
                "Let us design this together. We may not tell you everything about a neighbour, but “nothing” is too "
                "little.",
                "The law does not let us tell one neighbour what we said to another. Between everything and nothing "
                "there is a lot of room. We would like to find it with you: with people who report noise, and with "
                "people who were reported.",
                next_step="The first evening is in {month -50}. Say in a comment if you want to be there.",
            ),
            Says(
                wd(10.5),
                "callum",
                "I was the noise in 2023. I would come. I can tell you what would have worked on me.",
            ),
        ),
    ),
    Tabled(
        key="bin_days",
        by="phil",
        ago=89.6,
        topic=STREETS,
        title="Choose the bin day for Wren Walk ourselves",
        outcome="Bins are out for one night, not for three.",
        case=(
            "Our bins are emptied on Monday. So they stand out from Friday, because nobody here trusts themselves on a "
            "Sunday night."
        ),
        we_can="Tell each other the night before",
        only_they="Change the round",
        backing=Backing(20, asked=wd(44.5), until=wd(36), surely=("dave", "tess", "sean")),
        acts=(
            Answers(
                wd(27.5),
                "graham",
                "to_ballot",
                "You choose. We can do Tuesday, Wednesday or Thursday. Whatever Wren Walk votes for, we will drive.",
                "All three cost us the same. So there is no reason why we should decide it.",
            ),
        ),
    ),
)
