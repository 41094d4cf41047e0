"""Promises in trouble: disputed, broken, dropped, and one made in words that nobody understood."""

from demo.story.agreement import CHARGES, REPAIRS
from demo.story.shapes import (
    Answers,
    Backing,
    Changes,
    Checks,
    Claims,
    Drops,
    Promise,
    Says,
    Starts,
    Tabled,
    Verdicts,
    ahead,
    wd,
)

IN_TROUBLE = (
    Tabled(
        key="fan",
        by="adaeze",
        ago=131.4,
        topic=REPAIRS,
        title="A fan for the laundry at Linnet Row that works",
        outcome="Washing dries, and the walls do not drip.",
        case=(
            "The laundry has a fan. It makes the noise of a fan. It does not move the air: I held a tissue to it for a "
            "minute, and the tissue did not care.\n\n"
            "The paint is coming off, and behind the paint it is black."
        ),
        we_can="Clean the filters once a month",
        need_help="",
        only_they="A fan that moves air\nTreat the black wall",
        backing=Backing(17, asked=wd(70.5), until=wd(58), surely=("maureen", "magda", "nikos", "hamza", "okafor")),
        acts=(
            Answers(
                wd(52.5),
                "martin",
                "accepted",
                "Yes. A new fan that runs when it is damp, and the wall treated and painted.",
                "The motor of the old fan turned backwards. It had been put in the wrong way round. It must have blown "
                "damp air into the room for about two years. I am sorry.",
                promises=(
                    Promise(
                        "New fan in the laundry at Linnet Row, tested with a meter",
                        wd(15),
                        "Coyle Electrical, for Penhale Homes",
                        steps=(
                            Claims(wd(16.4), "Fitted on Tuesday and tested: 95 litres a second."),
                            Checks(
                                wd(13.5),
                                "adaeze",
                                done=False,
                                note=(
                                    "It runs, and it is strong. But it stops after ten minutes and does not start "
                                    "again, and then it drips. The tissue test works for ten minutes."
                                ),
                            ),
                        ),
                    ),
                    Promise("Black wall treated and painted", ahead(12), "Martin Hale", steps=(Starts(wd(10.5)),)),
                ),
            ),
            Says(
                wd(11.4),
                "martin",
                "Adaeze is right. The timer is set for a bathroom, not for a laundry. I do not call it done until she "
                "does.",
            ),
        ),
    ),
    Tabled(
        key="windows",
        by="bronwen",
        ago=188.2,
        topic=CHARGES,
        title="Clean the outside of the windows twice a year, as we pay for it",
        outcome="We see out.",
        case=(
            "It is in the charge: “window cleaning, £18”. On the sixth floor we cannot do it ourselves without "
            "becoming news.\n\n"
            "My window was last cleaned by the storm in {month 250}."
        ),
        only_they="Clean them, or take it off the bill",
        backing=Backing(22, asked=wd(118.4), until=wd(108), surely=("hugh", "third", "gareth", "pat")),
        acts=(
            Answers(
                wd(101.4),
                "leanne",
                "accepted",
                "Yes. Two cleans a year, in spring and in autumn. And £18 back for last year, when there was none.",
                "You paid for something that you did not get. The firm closed in 2024 and nobody looked for another "
                "one, but the £18 stayed on the bill. That was wrong.",
                promises=(
                    Promise(
                        "£18 back to each of 214 flats",
                        wd(80),
                        "Leanne Dobbs",
                        steps=(
                            Claims(wd(83.5), "It is on the {month 117} rent statement of every flat."),
                            Checks(wd(82.3), "hugh", done=True, note="Checked on four statements. It is there."),
                            Checks(wd(81.5), "pat", done=True),
                            Checks(wd(80.4), "third", done=True),
                        ),
                    ),
                    Promise(
                        "Outside of all windows cleaned this autumn", wd(27), "Leanne Dobbs", steps=(Starts(wd(40.5)),)
                    ),
                ),
            ),
            Says(
                wd(6.5),
                "bronwen",
                "Autumn is leaving, and I still have {month 250} on my windows.",
                replies=(
                    Says(
                        wd(4.5),
                        "leanne",
                        "The firm’s platform does not fit between Plover Court and the trees. That is a reason, and "
                        "not an excuse: this promise is broken, and it says so above. We are asking two firms who "
                        "climb with ropes.",
                    ),
                ),
            ),
        ),
    ),
    Tabled(
        key="bikes",
        by="luis",
        ago=158.4,
        topic=REPAIRS,
        title="A locked store for bikes at Wren Walk",
        outcome="A bike that is there at night is there in the morning.",
        case="Eleven bikes were stolen at Wren Walk this year. I had three of them. The fourth I keep in the bath.",
        we_can="Build the racks if somebody brings the steel",
        only_they="A room with a door",
        backing=Backing(19, asked=wd(95.4), until=wd(84), surely=("tess", "dave", "phil")),
        acts=(
            Answers(
                wd(77.4),
                "sam",
                "accepted_in_part",
                "Yes to a locked store, in the old boiler room. No to cameras.",
                "The old boiler room is dry and has a steel door. Cameras would film everybody who comes home, and "
                "most people who answered at the doors did not want that.",
                promises=(
                    Promise(
                        "Bike store in the old boiler room, for 30 bikes",
                        wd(30),
                        "Sam Oduya",
                        steps=(
                            Starts(wd(60.5)),
                            Drops(
                                wd(34.4),
                                "There is asbestos behind the wall of the old boiler room. To take it out costs "
                                "£44,000 and shuts the entrance for a month. I cannot promise that any more. I am "
                                "looking for another room, and I will come back with a new promise only when I have "
                                "the key in my hand.",
                            ),
                        ),
                    ),
                ),
            ),
            Says(
                wd(33.3),
                "luis",
                "At least he told us before the store was “nearly ready” for a year. The bike goes back in the bath.",
            ),
        ),
    ),
    Tabled(
        key="charge_words",
        by="hugh",
        ago=112.6,
        topic=CHARGES,
        title="Tell us what the service charge pays for, in words",
        outcome="Everybody who pays the service charge can say what it is for.",
        case=(
            "I was an accountant for thirty-one years, and I cannot read this bill. “Sundry recharges, £41.16.” What "
            "is sundry? Who recharged what?\n\n"
            "I do not say that it is wrong. I say that nobody can tell."
        ),
        we_can="Four of us will read the draft and say where we get lost",
        only_they="One page, in words",
        backing=Backing(24, asked=wd(66.5), until=wd(56), surely=("lorna", "delroy", "amina", "stan")),
        acts=(
            Answers(
                wd(49.5),
                "leanne",
                "accepted_in_part",
                "We will facilitate enhanced transparency by implementing a revised apportionment schedule going "
                "forward.",
                "The current methodology reflects historic contractual arrangements in respect of shared provision. "
                "Subject to operational capacity, an explanatory document will be made available to stakeholders on an "
                "annual basis, commencing with the next financial period.\n\n"
                "Individual line items remain subject to commercial confidentiality where applicable.",
                promises=(
                    Promise(
                        "Explanatory document to accompany the annual statement",
                        ahead(50),
                        "Leanne Dobbs",
                        steps=(
                            Changes(
                                wd(38.5),
                                "One page in plain words on what the service charge pays for, read by four residents "
                                "first",
                                ahead(32),
                                "Residents told us that they could not understand our answer to a proposal about not "
                                "being understood. They were right. So here it is again, in words, and sooner.",
                            ),
                            Starts(wd(12.5)),
                        ),
                    ),
                ),
            ),
            Verdicts(wd(48.5), wd(40), "leanne", yes=9, no=8),
            Says(
                wd(48.2),
                "stan",
                "I have read the answer three times. Is it yes?",
                replies=(
                    Says(wd(47.3), "lorna", "I think it is “yes, later, a bit”. My daughter thinks it is “no”."),
                    Says(
                        wd(44.4),
                        "leanne",
                        "I am embarrassed. It is: yes, from next spring you get a page that says in words what each "
                        "line is. Only what a firm charges us for one hour of work we may not print. I should have "
                        "written that.",
                    ),
                    Says(wd(43.5), "hugh", "Now that is an answer. May we have that one instead?"),
                ),
            ),
        ),
    ),
)
