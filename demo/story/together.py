"""What residents decided at a meeting, what both sides decided together, and what waits for a vote or a design."""

from demo.story.agreement import BOOKING, GREEN, HEALTH, ROOMS, STREETS
from demo.story.shapes import (
    Answers,
    Backing,
    Checks,
    Claims,
    Meets,
    Offers,
    Overrules,
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
        key="meadow",
        by="kofi",
        ago=92.4,
        topic=GREEN,
        title="Let the green at Linnet Row stay a meadow",
        outcome="Bees, butterflies, and a place where children can lie down and not be seen.",
        case=(
            "This spring the mower broke, and nobody mowed until June. There were poppies. My mother took a chair out for the "
            "first time since my father died.\n\nLet it grow, and mow paths through it, so that nobody has to wade."
        ),
        we_can="Mow the paths: we have a mower and five people\nCut it all once, in September",
        need_help="A man with a scythe, once a year",
        backing=Backing(10, asked=40.5, surely=("okafor", "adaeze", "hamza")),
        acts=(
            Says(
                88.6,
                "maureen",
                "I like it short. A lawn is a kind of respect. But I will not fight over it, I will vote.",
                replies=(
                    Says(87.3, "kofi", "And we mow the strip under your window short, whatever the vote. Promise."),
                ),
            ),
            Meets(
                5.6,
                "Autumn meeting of residents",
                "accepted",
                "The green stays a meadow. Paths are mowed through it from April to September.",
                "Those who want it short asked for paths, and for the strip under the ground-floor windows. Both are in. It is "
                "looked at again next autumn.",
                residents=41,
                professionals=0,
                votes_for=28,
                votes_against=11,
            ),
            Pledges(
                4.5,
                "kofi",
                Promise(
                    "Mow the paths and the strip every second Saturday from April", ahead(300), "Kofi B. and four more"
                ),
            ),
            Offers(84.5, "reggie", "My cousin has a scythe and likes to show it"),
        ),
    ),
    Tabled(
        key="booking",
        by="joyce",
        ago=128.6,
        topic=BOOKING,
        title="A two-hour slot when a repair is booked",
        outcome="Nobody loses a day’s pay to wait for a plumber.",
        case=(
            "“Between eight and six.” I lose £84 when I wait between eight and six. Last month I lost it twice, because on the "
            "first day nobody came.\n\nThe man who delivers my shopping tells me the hour. His tomatoes are not more important than "
            "my tap."
        ),
        we_can="Be at home in the slot\nRing the day before if we cannot",
        need_help="",
        only_they="Slots of two hours\nA text when they are on the way",
        backing=Backing(39, asked=wd(73.5), until=wd(64), surely=("amina", "delroy", "carol", "grace", "sunita")),
        acts=(
            Says(
                wd(66.4),
                "martin",
                "Our plumbers say the same, from the other side: one visit in five, nobody opens. I think we both lose. Shall we "
                "write the new way together?",
                replies=(Says(wd(65.5), "joyce", "If it is at a time when I am not waiting for a plumber, yes."),),
            ),
            Answers(
                wd(56.5),
                "martin",
                "to_codesign",
                "Let us design it together: three residents, two plumbers, one planner. By the end of October.",
                "We could write a rule in a week. It would be our rule, and it would break in a month. The people who wait and the "
                "people who drive know best what can work.",
            ),
            Meets(
                8.4,
                "Repairs table, fourth evening",
                "accepted",
                "Six residents and Penhale Homes wrote a new way to book a repair. Slots are two hours. A text comes when the "
                "plumber sets off. Who misses a slot, on either side, says sorry and gets the next one.",
                "We tried it for three weeks at Heron House. 41 of 46 visits were in the slot. Before, nobody had counted.\n\nIt "
                "starts on the first Monday in January, because the computer must learn it first.",
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
        key="drying",
        by="ines",
        ago=108.3,
        topic=ROOMS,
        title="Keep the drying room at Heron House",
        outcome="Wet washing stays out of the bedrooms.",
        case=(
            "Penhale Homes wants to turn the drying room into a store for its own files. 60 homes use it. In my flat the other "
            "place to dry is over the cot.\n\nA file does not get asthma."
        ),
        we_can="Keep it clean: each stair has a week\nPay 50p into a tin for the power",
        need_help="A new line and a mop",
        backing=Backing(10, asked=80.4, surely=("amina", "bilal", "dee", "beatriz")),
        acts=(
            Says(
                104.3,
                "beatriz",
                "My mother met her second husband in that room. That is not an argument, but it is true.",
            ),
            Meets(
                47.5,
                "Meeting of Heron House residents",
                "accepted",
                "The drying room stays a drying room.",
                "It is used every day. The agreement gives shared rooms to residents since July. Nobody could say why the files "
                "must be here.",
                residents=36,
                professionals=1,
                votes_for=31,
                votes_against=3,
            ),
            Overrules(
                wd(7.4),
                "ruth",
                "The drying room at Heron House will close",
                "I am closing the drying room, against what residents decided. It closes on 18 December.",
                "The fire service came on 3 November. The room has one door and no second way out, and the gas main runs through "
                "it. They told us in writing that nobody may use it, and gave us six weeks.\n\nResidents decided in good faith, and "
                "by the agreement it was theirs to decide. I am overruling it, and I put my name to that. If I am wrong, this page "
                "will say so for ever.\n\nThe files will not go in there either.",
            ),
            Says(
                wd(6.5),
                "ines",
                "I read the fire letter. I have a baby, so I cannot say the letter is wrong. But why did nobody see the door in "
                "thirty years? And where do we dry now?",
                replies=(
                    Says(
                        wd(5.4),
                        "ruth",
                        "Both are fair. We should have seen the door. For now there are twelve heated rails in the laundry at Linnet "
                        "Row for Heron House, free of charge, from Monday. It is not as good, and I know that it is a walk.",
                    ),
                    Says(wd(4.6), "dee", "It is a walk in the rain with wet sheets, Ruth."),
                ),
            ),
        ),
    ),
    Tabled(
        key="sundays",
        by="okafor",
        ago=133.5,
        topic=ROOMS,
        title="Open the community room on Sunday afternoons",
        outcome="Nobody who lives alone has to be alone on a Sunday.",
        case=(
            "Sunday is the long day. On Monday there is the shop. On Sunday there is the television.\n\nI will cook. I cook for "
            "eleven anyway, because my mother did, and I never learned the small pot."
        ),
        we_can="Cook, open, close, wash up\nFetch those who cannot walk",
        need_help="A key\nAbout £15 a week for the gas",
        backing=Backing(9, until=120.4, surely=("pat", "elsie", "stan")),
        acts=(
            Meets(
                117.4,
                "July meeting of residents",
                "accepted",
                "The community room is open from one to five on Sundays. Mrs Okafor and her group hold the key.",
                "Nobody was against it. Two people asked for a week without singing, and the choir has promised one a month.",
                residents=33,
                professionals=2,
                votes_for=33,
                votes_against=0,
            ),
            Pledges(
                116.3,
                "okafor",
                Promise(
                    "Soup and company every Sunday until Christmas",
                    22.4,
                    "Mrs Okafor’s group",
                    steps=(
                        Starts(112.4),
                        Claims(20.3, "Sixteen Sundays, 412 bowls. We did not miss one."),
                        Checks(
                            18.6,
                            "pat",
                            done=True,
                            note="I was there for fourteen. On the other two I was in hospital, and she sent it up.",
                        ),
                        Checks(17.5, "elsie", done=True),
                        Checks(16.4, "stan", done=True),
                    ),
                ),
            ),
        ),
    ),
    Tabled(
        key="parties",
        by="reggie",
        ago=96.5,
        topic=ROOMS,
        title="Rent out the community room for parties until midnight",
        outcome="Money in the tin for the things we want.",
        case=(
            "The room is empty on Saturday nights. A hall in town costs £220. We could ask £90 and buy a new cooker by "
            "Easter.\n\nI would be there with the key and a face."
        ),
        we_can="Hold the key, clean up after",
        need_help="A deposit box",
        backing=Backing(8, until=80.2, surely=("jordan",)),
        acts=(
            Says(90.5, "leila", "I live above it. Until ten, gladly. Until midnight, with the baby, no."),
            Meets(
                47.7,
                "Meeting of residents in October",
                "declined",
                "No parties until midnight. The room can be rented until ten, by people who live here.",
                "The people above the room would pay for it with their sleep. Until ten was already allowed, and hardly anybody "
                "knew.",
                residents=36,
                professionals=1,
                votes_for=9,
                votes_against=24,
            ),
            Says(46.4, "reggie", "Fair and square. I voted for it and lost, and the soup after was good."),
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
            "The scale weighs nine kilos. I weigh a bit more, and I had a pram, a baby and stitches. It would be easier for the "
            "scale to come to us."
        ),
        we_can="Warm the room, make tea, hold the other child",
        only_they="A health visitor with a scale, twice a month",
        backing=Backing(11, until=119.3, surely=("leila", "ewa", "sunita")),
        acts=(
            Says(wd(84.4), "helen", "The scale says yes. I am asking the diary."),
            Meets(
                113.3,
                "Health table in July",
                "accepted",
                "Baby weighing in the community room, first and third Thursday of each month, ten to twelve.",
                "Residents warm the room and make tea. The trust sends a health visitor. Both sides said yes in the same hour.",
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
        key="fruit",
        by="nikos",
        ago=196.3,
        topic=GREEN,
        title="Plant fruit bushes along the canal",
        outcome="Anybody who walks past can pick something.",
        case=(
            "The strip by the canal has had one bottle of beer and forty nettles in it since I moved here. Currants need nothing "
            "but water, and there is a canal."
        ),
        we_can="Dig, plant, water\nMake jam",
        need_help="Twenty bushes",
        backing=Backing(10, asked=175.3, surely=("kofi", "okafor", "bilal")),
        acts=(
            Meets(
                160.4,
                "June meeting of residents",
                "accepted",
                "Twenty currant bushes along the canal, planted by residents.",
                "It costs nothing, and nettles have no friends.",
                residents=29,
                professionals=1,
                votes_for=27,
                votes_against=1,
            ),
            Pledges(
                159.5,
                "nikos",
                Promise(
                    "Twenty currant bushes planted along the canal",
                    110.4,
                    "Nikos and the garden group",
                    steps=(
                        Claims(
                            88.4,
                            "We were three weeks late: first it was too dry, and then it was my knee. Twenty are in, and two more "
                            "that somebody left at the gate.",
                        ),
                        Checks(86.5, "kofi", done=True),
                        Checks(85.4, "okafor", done=True),
                        Checks(84.3, "bilal", done=True, note="I counted 22. One is a gooseberry in disguise."),
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
            "Four garages have been empty since 2021. I have asked around and heard: a bike workshop, a band, a place to mend "
            "chairs, a sauna. The sauna was Ewa.\n\nI would like us to vote, because everybody has one idea and there are four "
            "doors."
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
            "I rang at two in the morning. A nice man wrote it down. Then nothing. So I rang again, and another nice man wrote it "
            "down.\n\nPerhaps you talked to them. Perhaps they moved to Spain. I would like to know which."
        ),
        we_can="Talk to each other first, where we dare",
        only_they="Tell us what you did",
        backing=Backing(23, asked=wd(30.5), until=wd(20), surely=("joyce", "rosa", "leila", "amina")),
        acts=(
            Answers(
                wd(12.5),
                "priya",
                "to_codesign",
                "Let us design this together. We may not tell you everything about a neighbour, but “nothing” is too little.",
                "The law does not let us tell one neighbour what we said to another. Between everything and nothing there is a lot "
                "of room. We would like to find it with you: with people who report noise, and with people who were reported.",
                next_step="The first evening is in January. Say in a comment if you want to be there.",
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
        case="Our bins are emptied on Monday. So they stand out from Friday, because nobody here trusts themselves on a Sunday night.",
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
