"""The same, out of doors and at the front door."""

from demo.story.agreement import GREEN, REPAIRS, STREETS
from demo.story.shapes import (
    Answers,
    Backing,
    Checks,
    Claims,
    Offers,
    Promise,
    Says,
    Starts,
    Tabled,
    wd,
)

DONE_OUTSIDE = (
    Tabled(
        key="lime_trees",
        by="wei",
        ago=262.4,
        topic=GREEN,
        title="Water the new trees in their first summer",
        outcome="The trees that were planted are alive in autumn.",
        case=(
            "Twelve trees were planted last year, and nine died. It was not the cold. Nobody was asked to water them. "
            "There is a tap."
        ),
        we_can="Water them twice a week: a rota of twelve",
        need_help="A long hose and the key to the tap",
        only_they="New trees for the dead ones",
        backing=Backing(13, asked=wd(172.4), until=wd(166), surely=("tomasz", "kofi", "nikos")),
        acts=(
            Answers(
                wd(152.5),
                "sam",
                "accepted",
                "Yes. Nine new trees, a hose, and a key for the rota.",
                "We paid for twelve trees and for no water. You are offering the part that we forgot.",
                promises=(
                    Promise(
                        "Nine new trees, a hose and a tap key",
                        wd(136),
                        "Sam Oduya",
                        steps=(
                            Claims(wd(132.4), "A few days late, because the trees were. They are in."),
                            Checks(wd(129.4), "wei", done=True),
                        ),
                    ),
                ),
            ),
            Offers(258.4, "maureen", "Tuesdays. I talk to them as well, and that is free"),
            Says(
                60.5, "wei", "All twelve are alive. The rota met for tea under the biggest one, and it fits two people."
            ),
        ),
    ),
    Tabled(
        key="recycling",
        by="tess",
        ago=209.4,
        topic=STREETS,
        title="Pictures on the recycling bins",
        outcome="Everybody knows what goes where, in any language.",
        case=(
            "Larkfield speaks 23 languages, and the bins speak one, in capital letters. My neighbour put the nappies "
            "in with the paper for a year. She had asked two people. They told her two things."
        ),
        we_can="Draw them: there are two of us who can",
        need_help="Someone who prints stickers that last",
        only_they="Tell us what is really recycled",
        backing=Backing(19, asked=wd(132.4), until=wd(126), surely=("dave", "fatima", "ewa")),
        acts=(
            Answers(
                wd(115.5),
                "graham",
                "accepted",
                "Yes. Your pictures, our printer.",
                "One lorry in four from Larkfield was turned away because of what was in it. That cost £9,000 last "
                "year. The stickers cost £210.",
                promises=(
                    Promise(
                        "Stickers with residents’ pictures on all 46 bins",
                        wd(92),
                        "Graham Tully",
                        steps=(Claims(wd(94.4), "On all 46. The banana is my favourite."),),
                    ),
                ),
            ),
            Says(
                wd(60.4),
                "graham",
                "Since the stickers, one lorry in nineteen. I have shown the banana to four other councils.",
            ),
        ),
    ),
    Tabled(
        key="rehouse_call",
        by="sean",
        ago=218.2,
        topic=REPAIRS,
        title="Lend us a heater when the boiler is broken",
        outcome="Nobody is cold for a week because of a spare part.",
        case="The part came from Italy. It took nine days. My dad is 81 and wore his hat in bed. A heater costs £30.",
        we_can="Bring them back clean",
        only_they="Twenty heaters in a cupboard",
        backing=Backing(17, asked=wd(139.4), until=wd(130), surely=("phil", "luis", "omar")),
        acts=(
            Answers(
                wd(123.5),
                "martin",
                "accepted",
                "Yes. Forty heaters, in two cupboards, with a number on each. And we pay for the power.",
                "It costs less than one hotel night for one family. I am a little ashamed of that sum.",
                promises=(
                    Promise(
                        "Forty heaters to lend, in two cupboards",
                        wd(105),
                        "Martin Hale",
                        steps=(
                            Starts(wd(114.4)),
                            Claims(wd(107.4), "Cupboards at Heron House and Wren Walk. The caretaker has the keys."),
                            Checks(wd(104.4), "sean", done=True),
                        ),
                    ),
                ),
            ),
        ),
    ),
)
