"""Answered, decided, done, and confirmed by residents."""

from demo.story.agreement import CHARGES, PATHS, REPAIRS
from demo.story.shapes import (
    Answers,
    Backing,
    Changes,
    Checks,
    Claims,
    Promise,
    Says,
    Starts,
    Tabled,
    Verdicts,
    wd,
)

DONE = (
    Tabled(
        key="first_stairs",
        by="pat",
        ago=275.4,
        topic=REPAIRS,
        title="Paint the edges of the stairs at Plover Court",
        outcome="You see where a step ends, also with my eyes.",
        case=(
            "Grey steps, grey light, grey cataract. A stripe of yellow paint on each edge, and I would go down to the "
            "garden again.\n\n"
            "I am told that this is the first proposal on this site. Well. Somebody has to be."
        ),
        we_can="Keep the stairs free for two days while it dries",
        only_they="Paint that does not get slippery",
        backing=Backing(16, asked=wd(182.4), until=wd(176), surely=("carol", "elsie", "arthur", "delroy", "amina")),
        acts=(
            Says(272.3, "delroy", "If this works, I will frame it."),
            Answers(
                wd(166.4),
                "sam",
                "accepted",
                "Yes. Yellow edges with grit in the paint, on all stairs of Plover Court.",
                "It costs £380, and one fall costs a hip. I had walked those stairs every week and not seen it, "
                "because I can see.",
                promises=(
                    Promise(
                        "Yellow edges on all stairs of Plover Court",
                        wd(150),
                        "Sam Oduya",
                        steps=(
                            Starts(wd(156.4)),
                            Claims(wd(152.4), "Dry since this morning. 214 edges."),
                            Checks(
                                wd(151.4), "pat", done=True, note="I went down to the garden. The crocuses are out."
                            ),
                        ),
                    ),
                ),
            ),
            Verdicts(wd(165.5), wd(160), "sam", yes=14, no=1),
            Says(wd(149.4), "delroy", "Framed. It hangs in the community room, next to the fire notice."),
        ),
    ),
    Tabled(
        key="grit",
        by="hazel",
        ago=149.4,
        topic=PATHS,
        title="Grit bins filled before the ice, not after",
        outcome="Nobody has to walk on ice to fetch grit.",
        case=(
            "Last January the bins were empty for the nine days of ice, and full in February. I would like it the "
            "other way round."
        ),
        we_can="Spread it ourselves\nSay when a bin is low",
        only_they="Fill five bins before the first frost",
        backing=Backing(19, asked=wd(88.4), until=wd(80), surely=("tess", "jordan", "stan", "carol")),
        acts=(
            Answers(
                wd(73.5),
                "sam",
                "accepted",
                "Yes. Five bins, full before the first frost, and a shovel on a chain beside each.",
                "We order grit in January because that is when we notice. From now on it is ordered in September, when "
                "it is also cheaper.",
                promises=(
                    Promise(
                        "Five grit bins full before the first frost",
                        wd(25),
                        "Sam Oduya",
                        steps=(
                            Claims(wd(29.4), "Full. Shovels too."),
                            Checks(
                                wd(28.4), "hazel", done=True, note="I looked into all five. It is the small pleasures."
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
    Tabled(
        key="sunday_number",
        by="gareth",
        ago=228.3,
        topic=REPAIRS,
        title="A number that answers on Sundays when water comes through the ceiling",
        outcome="When water comes through the ceiling, a person picks up.",
        case=(
            "It was Sunday, it was the ceiling, it was warm. Warm is worse. The phone said that my call was important. "
            "Then it said that the office opens on Monday.\n\n"
            "I stood under it with a wok."
        ),
        we_can="Know where the stopcock is: we will put up a drawing on each stair",
        only_they="A person on the phone on Sundays",
        backing=Backing(27, asked=wd(146.4), until=wd(138), surely=("bronwen", "third", "ahmed", "joyce")),
        acts=(
            Answers(
                wd(126.5),
                "priya",
                "accepted",
                "Yes. From {month 166}, 0800 555 0142 is answered by a person at any hour, for water, gas, fire and "
                "locks.",
                "We already paid somebody for nights. The telephone did not know that Sunday has a day as well. It is "
                "one line in a menu, and it was wrong for four years.",
                promises=(
                    Promise(
                        "A person answers at any hour for water, gas, fire and locks",
                        wd(118),
                        "Priya Nair",
                        steps=(
                            Claims(wd(115.4), "Since Saturday. Please try it, but only with real water."),
                            Checks(
                                wd(112.5),
                                "ahmed",
                                done=True,
                                note="Real water, Sunday, 7 in the morning. Gwen picked up.",
                            ),
                            Checks(wd(111.4), "bronwen", done=True),
                            Checks(wd(111.8), "gareth", done=True),
                        ),
                    ),
                ),
            ),
            Says(wd(110.5), "gareth", "Thank you, Gwen, whoever you are. The wok is a wok again."),
        ),
    ),
    Tabled(
        key="large_print",
        by="elsie",
        ago=244.5,
        topic=CHARGES,
        title="Letters that we can read without a magnifying glass",
        outcome="Everybody can read their own letters.",
        case=(
            "My grandson reads me my letters. He is nine. There are things about my rent that he should not have to "
            "know."
        ),
        only_they="Big letters for those who ask, and ask everybody once",
        backing=Backing(24, asked=wd(158.4), until=wd(150), surely=("pat", "arthur", "jean", "hugh")),
        acts=(
            Answers(
                wd(139.5),
                "leanne",
                "accepted",
                "Yes. Large print for everybody who wants it, and also by phone or on tape.",
                "Eleven people had asked for it over the years, and we lost it each time a computer changed. Now it is "
                "a tick on your file that every letter looks for.",
                promises=(
                    Promise(
                        "Ask every home once how they want their letters",
                        wd(110),
                        "Leanne Dobbs",
                        steps=(
                            Changes(
                                wd(120.4),
                                "Ask every home once how they want their letters, also at the door",
                                wd(95),
                                "We asked by letter. The people who cannot read letters did not answer. I see it now.",
                            ),
                            Claims(wd(98.4), "612 homes asked, 590 by a person at the door. 74 want large print."),
                            Checks(
                                wd(96.4),
                                "elsie",
                                done=True,
                                note="My grandson has been dismissed from his post, with thanks and a cake.",
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
)
