"""Decided, and being done: promises started, late, changed, disputed, dropped, broken."""

from demo.story.agreement import CHARGES, PATHS, PLAY, REPAIRS, STREETS
from demo.story.shapes import (
    Answers,
    Backing,
    Changes,
    Checks,
    Claims,
    Decides,
    Drops,
    Offers,
    Promise,
    Says,
    Starts,
    Tabled,
    Verdicts,
    ahead,
    wd,
)

UNDER_WAY = (
    Tabled(
        key="lift",
        by="carol",
        ago=98.4,
        topic=REPAIRS,
        title="A new lift for Plover Court before winter",
        outcome="Nobody at Plover Court is stuck indoors because the lift has stopped.",
        case=(
            "The lift stopped 23 times between Easter and August. I keep a calendar. When it stops I am on the fourth floor "
            "with a walking frame, and the world is downstairs.\n\nElsie missed her sister’s funeral. I am not writing that to "
            "make anybody cry. I am writing it because it is what happened."
        ),
        we_can="Carry shopping up\nRing the number the minute it stops, and write it down",
        need_help="A chair on the second landing",
        only_they="A lift",
        backing=Backing(
            52, asked=wd(37.5), until=wd(24), surely=("elsie", "pat", "arthur", "amina", "delroy", "third")
        ),
        acts=(
            Says(93.5, "elsie", "It is true about the funeral. I have made my peace with it. Not with the lift."),
            Says(
                wd(33.4),
                "martin",
                "I have asked for an engineer’s report on the whole lift, not only on the last fault. I would like to answer "
                "with facts. It comes in about three weeks.",
                replies=(Says(wd(32.6), "third", "We have facts. We have 23 of them, on Carol’s calendar."),),
            ),
            Offers(88.2, "gareth", "I carry shopping up when I come off nights, about seven"),
            Answers(
                wd(15.4),
                "martin",
                "accepted_in_part",
                "We will put in a new motor, a new door and new buttons. We will not put in a whole new lift this year.",
                "The engineer found that the motor and the door cause 9 out of 10 stops.\n\nNew parts cost £38,000 and take two "
                "weeks. A new lift costs £212,000 and takes 14 weeks with no lift at all.\n\nThe cables and the car passed their "
                "test in August. They should last until 2034.",
                could_not=(
                    "We could not find a temporary lift that fits the stair well. If you cannot use the stairs in those two "
                    "weeks, we will pay for a hotel or for someone to carry your shopping. You choose."
                ),
                promises=(
                    Promise(
                        "Send the engineer’s report to every flat",
                        wd(6),
                        "Martin Hale",
                        steps=(
                            Claims(
                                wd(9.4), "It went through 96 doors on Wednesday, with a page in plain words on top."
                            ),
                            Checks(wd(8.7), "pat", done=True),
                            Checks(wd(8.3), "arthur", done=True),
                            Checks(wd(7.5), "third", done=True, note="Got it. The plain page is really plain."),
                        ),
                    ),
                    Promise("Tell us the two weeks when the lift will stop", wd(8), "Martin Hale"),
                    Promise(
                        "New motor, door and buttons fitted and tested",
                        ahead(25),
                        "Marlow Lifts, for Penhale Homes",
                        steps=(Starts(wd(2.4)),),
                    ),
                ),
                hard_words_changed=2,
            ),
            Verdicts(wd(14.5), wd(3), "martin", yes=9, no=22),
            Says(
                wd(13.6),
                "carol",
                "Part of me says thank you. The other part has been told “new parts” three times since 2019. That is why I "
                "pressed “this does not”.",
                replies=(
                    Says(
                        wd(11.5),
                        "martin",
                        "I understand that, Carol. In 2019 and 2022 we mended what had broken that day. This time we take out "
                        "everything that the report calls worn. I will come to the scrutiny panel and you can ask me anything.",
                    ),
                    Says(wd(10.7), "carol", "I will. Bring the report. And tell us the two weeks, that one is late."),
                ),
            ),
        ),
    ),
    Tabled(
        key="bins",
        by="omar",
        ago=118.5,
        topic=STREETS,
        title="Move the bins away from the doors of Heron House",
        outcome="We can open a window on the ground floor in August.",
        case=(
            "There are eight bins under four bedroom windows. In summer the flies come to us first and to the bins second.\n\n"
            "Twelve metres further there is a wall, a hard floor and nobody’s bedroom."
        ),
        we_can="Wash the old place down when it is done",
        need_help="",
        only_they="A new stand by the wall\nTell the crew",
        backing=Backing(26, asked=wd(62.4), until=wd(52), surely=("amina", "ines", "dee")),
        acts=(
            Answers(
                wd(45.5),
                "graham",
                "accepted",
                "Yes. The bins move to the wall, with a stand and a roof.",
                "You are right about the twelve metres. Our crew says that it is even easier for them, because the lorry can turn "
                "there. It costs £3,100, and we have it in this year’s money.",
                promises=(
                    Promise(
                        "Bins moved away from the doors of Heron House",
                        wd(8),
                        "Sam Oduya and Graham Tully",
                        steps=(
                            Starts(wd(20.5)),
                            Claims(wd(4.4), "The stand is up, the roof is on, and the bins are in it. Please look."),
                        ),
                    ),
                    Promise("Wash the old stand with hot water", ahead(7), "Our street crew"),
                ),
            ),
            Says(
                wd(3.5),
                "ines",
                "They are gone from my window! The first night in six years with it open. It was freezing. Lovely.",
            ),
        ),
    ),
    Tabled(
        key="crossing",
        by="leila",
        ago=176.3,
        topic=STREETS,
        title="A safe crossing at the school end of Mill Lane",
        outcome="Children from Larkfield can walk to school without an adult from the age of nine.",
        case=(
            "180 children cross Mill Lane by the school. There is a sign with a child on it. The child has been hit by a car, "
            "the sign I mean, twice.\n\nFast cars come down the hill. We stood there for one week with a class and counted: one "
            "in four drives over 30."
        ),
        we_can="Count cars with the class\nStand there in yellow until it is built: eleven parents on a rota",
        need_help="Yellow coats",
        only_they="A zebra crossing, and a lower speed",
        backing=Backing(48, asked=wd(104.5), until=wd(92), surely=("amina", "fatima", "sunita", "delroy", "ewa")),
        acts=(
            Answers(
                wd(85.5),
                "farah",
                "accepted",
                "Yes. A zebra crossing with lamps, and 20 miles an hour from the bridge to the school.",
                "Your count was better than ours. We had counted on a Sunday.\n\nA crossing needs an order that anybody may object "
                "to for 21 days, and then a dry week for the paint.",
                promises=(
                    Promise(
                        "20 mph signs from the bridge to the school",
                        wd(50),
                        "Farah Siddiqui",
                        steps=(
                            Claims(wd(54.4), "Fourteen signs are up."),
                            Checks(wd(53.5), "leila", done=True, note="They are up. Some people even read them."),
                        ),
                    ),
                    Promise(
                        "Zebra crossing painted and lit",
                        wd(20),
                        "Farah Siddiqui",
                        steps=(
                            Starts(wd(48.5)),
                            Changes(
                                wd(23.4),
                                "Zebra crossing painted and lit, with the drain moved first",
                                ahead(40),
                                "When we opened the road there was a drain where the lamp must stand. It is not on any plan. The "
                                "drain has to move first. I should have dug a test hole in summer.",
                            ),
                        ),
                    ),
                ),
            ),
            Says(
                wd(22.3),
                "leila",
                "I was angry for a day about the drain. Then I went and looked into the hole. All right. It is a very big drain.",
                replies=(
                    Says(
                        wd(21.4), "farah", "Thank you for looking. Bring the class, we will show them. It is from 1887."
                    ),
                ),
            ),
            Offers(170.3, "kofi", "I will stand at the crossing on Mondays and Fridays"),
        ),
    ),
    Tabled(
        key="fan",
        by="adaeze",
        ago=131.4,
        topic=REPAIRS,
        title="A fan for the laundry at Linnet Row that works",
        outcome="Washing dries, and the walls do not drip.",
        case=(
            "The laundry has a fan. It makes the noise of a fan. It does not move the air: I held a tissue to it for a minute, "
            "and the tissue did not care.\n\nThe paint is coming off, and behind the paint it is black."
        ),
        we_can="Clean the filters once a month",
        need_help="",
        only_they="A fan that moves air\nTreat the black wall",
        backing=Backing(21, asked=wd(70.5), until=wd(58), surely=("maureen", "magda", "nikos", "hamza", "okafor")),
        acts=(
            Answers(
                wd(52.5),
                "martin",
                "accepted",
                "Yes. A new fan that runs when it is damp, and the wall treated and painted.",
                "The motor of the old fan turned backwards. It had been put in the wrong way round. It must have blown damp air "
                "into the room for about two years. I am sorry.",
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
                                    "It runs, and it is strong. But it stops after ten minutes and does not start again, and "
                                    "then it drips. The tissue test works for ten minutes."
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
                "Adaeze is right. The timer is set for a bathroom, not for a laundry. I do not call it done until she does.",
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
            "It is in the charge: “window cleaning, £18”. On the sixth floor we cannot do it ourselves without becoming news.\n\n"
            "My window was last cleaned by the storm in March."
        ),
        only_they="Clean them, or take it off the bill",
        backing=Backing(33, asked=wd(118.4), until=wd(108), surely=("hugh", "third", "gareth", "pat")),
        acts=(
            Answers(
                wd(101.4),
                "leanne",
                "accepted",
                "Yes. Two cleans a year, in spring and in autumn. And £18 back for last year, when there was none.",
                "You paid for something that you did not get. The firm closed in 2024 and nobody looked for another one, but the "
                "£18 stayed on the bill. That was wrong.",
                promises=(
                    Promise(
                        "£18 back to each of 214 flats",
                        wd(80),
                        "Leanne Dobbs",
                        steps=(
                            Claims(wd(83.5), "It is on the September rent statement of every flat."),
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
                "Autumn is leaving, and I still have March on my windows.",
                replies=(
                    Says(
                        wd(4.5),
                        "leanne",
                        "The firm’s platform does not fit between Plover Court and the trees. That is a reason, and not an "
                        "excuse: this promise is broken, and it says so above. We are asking two firms who climb with ropes.",
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
                "The old boiler room is dry and has a steel door. Cameras would film everybody who comes home, and most people who "
                "answered at the doors did not want that.",
                promises=(
                    Promise(
                        "Bike store in the old boiler room, for 30 bikes",
                        wd(30),
                        "Sam Oduya",
                        steps=(
                            Starts(wd(60.5)),
                            Drops(
                                wd(34.4),
                                "There is asbestos behind the wall of the old boiler room. To take it out costs £44,000 and "
                                "shuts the entrance for a month. I cannot promise that any more. I am looking for another room, "
                                "and I will come back with a new promise only when I have the key in my hand.",
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
            "I was an accountant for thirty-one years, and I cannot read this bill. “Sundry recharges, £41.16.” What is sundry? "
            "Who recharged what?\n\nI do not say that it is wrong. I say that nobody can tell."
        ),
        we_can="Four of us will read the draft and say where we get lost",
        only_they="One page, in words",
        backing=Backing(36, asked=wd(66.5), until=wd(56), surely=("lorna", "delroy", "amina", "stan")),
        acts=(
            Answers(
                wd(49.5),
                "leanne",
                "accepted_in_part",
                "We will facilitate enhanced transparency by implementing a revised apportionment schedule going forward.",
                "The current methodology reflects historic contractual arrangements in respect of shared provision. Subject to "
                "operational capacity, an explanatory document will be made available to stakeholders on an annual basis, "
                "commencing with the next financial period.\n\nIndividual line items remain subject to commercial "
                "confidentiality where applicable.",
                promises=(
                    Promise(
                        "Explanatory document to accompany the annual statement",
                        ahead(50),
                        "Leanne Dobbs",
                        steps=(
                            Changes(
                                wd(38.5),
                                "One page in plain words on what the service charge pays for, read by four residents first",
                                ahead(32),
                                "Residents told us that they could not understand our answer to a proposal about not being "
                                "understood. They were right. So here it is again, in words, and sooner.",
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
                        "I am embarrassed. It is: yes, from next April you get a page that says in words what each line is. Only "
                        "what a firm charges us for one hour of work we may not print. I should have written that.",
                    ),
                    Says(wd(43.5), "hugh", "Now that is an answer. May we have that one instead?"),
                ),
            ),
        ),
    ),
    Tabled(
        key="goal",
        by="ibrahim",
        ago=125.5,
        topic=PLAY,
        title="Two goals and a painted line",
        outcome="The big ones play there, and not against the garage doors.",
        case=(
            "The noise of a ball on a garage door is the noise of Larkfield. We are not bad children. We have no goal.\n\nThe hard "
            "court behind Kestrel House is empty, because there is nothing on it."
        ),
        we_can="Paint the lines with our coach\nStop at nine",
        need_help="Paint",
        only_they="Two goals that do not fall over",
        backing=Backing(30, asked=wd(72.4), until=wd(60), surely=("callum", "delroy", "yusuf", "jordan")),
        acts=(
            Answers(
                wd(54.4),
                "owen",
                "accepted",
                "Yes. Two steel goals, fixed in the ground, and paint for the lines.",
                "Goals cost £1,900. A garage door costs £640, and we heard that there were four last year. You did the sums for us.",
                promises=(
                    Promise(
                        "Two goals fixed in the hard court behind Kestrel House",
                        wd(22),
                        "Owen Pryce",
                        steps=(
                            Starts(wd(44.5)),
                            Claims(
                                wd(19.4),
                                "In the ground since this morning. The concrete wants two days without a ball.",
                            ),
                            Checks(wd(17.6), "ibrahim", done=True, note="Done. It was one day without a ball. Sorry."),
                        ),
                    ),
                    Promise("Bring white paint for the lines, and a roller", ahead(10), "Owen Pryce"),
                ),
            ),
            Decides(
                wd(51.5),
                "owen",
                "Two goals for the hard court behind Kestrel House",
                "Two goals and white lines, this year.",
            ),
            Offers(119.3, "callum", "I will teach them how to draw a straight line with string"),
        ),
    ),
    Tabled(
        key="path_hedge",
        by="hazel",
        ago=104.3,
        topic=PATHS,
        title="Cut the hedge at the canal steps",
        outcome="You can see the steps before you are on them.",
        case="The hedge has eaten the rail. Hold the rail and you hold a rose. I have the scars to show.",
        we_can="Cut it ourselves each spring, if it is cut back once",
        need_help="Gloves that a rose respects",
        only_they="The first cut",
        backing=Backing(17, asked=wd(48.4), until=wd(42), surely=("wei", "tess")),
        acts=(
            Answers(
                wd(36.4),
                "sam",
                "accepted",
                "Yes. We cut it back once. After that it is yours, with our gloves and our skip.",
                "It is our hedge and our steps. Spring was the time, and we missed it. Birds nest there until August, so we start "
                "after that.",
                promises=(
                    Promise(
                        "Hedge at the canal steps cut back to the rail",
                        wd(18),
                        "Sam Oduya",
                        steps=(Claims(wd(20.4), "Cut, and carted away."), Checks(wd(19.5), "hazel", done=True)),
                    ),
                    Promise("Six pairs of thick gloves for the garden group", wd(3), "Sam Oduya"),
                ),
            ),
        ),
    ),
)
