"""What residents decided at a meeting; once they said no, and once they were overruled."""

from demo.story.agreement import GREEN, ROOMS
from demo.story.shapes import (
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

MEETINGS = (
    Tabled(
        key="meadow",
        by="kofi",
        ago=92.4,
        topic=GREEN,
        title="Let the green at Linnet Row stay a meadow",
        outcome="Bees, butterflies, and a place where children can lie down and not be seen.",
        case=(
            "This spring the mower broke, and nobody mowed until June. There were poppies. My mother took a chair out "
            "for the first time since my father died.\n\n"
            "Let it grow, and mow paths through it, so that nobody has to wade."
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
                "Those who want it short asked for paths, and for the strip under the ground-floor windows. Both are "
                "in. It is looked at again next autumn.",
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
        key="drying",
        by="ines",
        ago=108.3,
        topic=ROOMS,
        title="Keep the drying room at Heron House",
        outcome="Wet washing stays out of the bedrooms.",
        case=(
            "Penhale Homes wants to turn the drying room into a store for its own files. 60 homes use it. In my flat "
            "the other place to dry is over the cot.\n\n"
            "A file does not get asthma."
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
                "It is used every day. The agreement gives shared rooms to residents since {month 141}. Nobody could "
                "say why the files must be here.",
                residents=36,
                professionals=1,
                votes_for=31,
                votes_against=3,
            ),
            Overrules(
                wd(7.4),
                "ruth",
                "The drying room at Heron House will close",
                "I am closing the drying room, against what residents decided. It closes on {date -25}.",
                "The fire service came on {date 20}. The room has one door and no second way out, and the gas main "
                "runs through it. They told us in writing that nobody may use it, and gave us six weeks.\n\n"
                "Residents decided in good faith, and by the agreement it was theirs to decide. I am overruling it, "
                "and I put my name to that. If I am wrong, this page will say so for ever.\n\n"
                "The files will not go in there either.",
            ),
            Says(
                wd(6.5),
                "ines",
                "I read the fire letter. I have a baby, so I cannot say the letter is wrong. But why did nobody see "
                "the door in thirty years? And where do we dry now?",
                replies=(
                    Says(
                        wd(5.4),
                        "ruth",
                        "Both are fair. We should have seen the door. For now there are twelve heated rails in the "
                        "laundry at Linnet Row for Heron House, free of charge, from Monday. It is not as good, and I "
                        "know that it is a walk.",
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
            "Sunday is the long day. On Monday there is the shop. On Sunday there is the television.\n\n"
            "I will cook. I cook for eleven anyway, because my mother did, and I never learned the small pot."
        ),
        we_can="Cook, open, close, wash up\nFetch those who cannot walk",
        need_help="A key\nAbout £15 a week for the gas",
        backing=Backing(9, until=120.4, surely=("pat", "elsie", "stan")),
        acts=(
            Meets(
                117.4,
                "{month 117} meeting of residents",
                "accepted",
                "The community room is open from one to five on Sundays. Mrs Okafor and her group hold the key.",
                "Nobody was against it. Two people asked for a week without singing, and the choir has promised one a "
                "month.",
                residents=33,
                professionals=2,
                votes_for=33,
                votes_against=0,
            ),
            Pledges(
                116.3,
                "okafor",
                Promise(
                    "Soup and company every Sunday for sixteen weeks",
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
                "Meeting of residents in {month 47}",
                "declined",
                "No parties until midnight. The room can be rented until ten, by people who live here.",
                "The people above the room would pay for it with their sleep. Until ten was already allowed, and "
                "hardly anybody knew.",
                residents=36,
                professionals=1,
                votes_for=9,
                votes_against=24,
            ),
            Says(46.4, "reggie", "Fair and square. I voted for it and lost, and the soup after was good."),
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
            "The strip by the canal has had one bottle of beer and forty nettles in it since I moved here. Currants "
            "need nothing but water, and there is a canal."
        ),
        we_can="Dig, plant, water\nMake jam",
        need_help="Twenty bushes",
        backing=Backing(10, asked=175.3, surely=("kofi", "okafor", "bilal")),
        acts=(
            Meets(
                160.4,
                "{month 160} meeting of residents",
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
                            "We were three weeks late: first it was too dry, and then it was my knee. Twenty are in, "
                            "and two more that somebody left at the gate.",
                        ),
                        Checks(86.5, "kofi", done=True),
                        Checks(85.4, "okafor", done=True),
                        Checks(84.3, "bilal", done=True, note="I counted 22. One is a gooseberry in disguise."),
                    ),
                ),
            ),
        ),
    ),
)
