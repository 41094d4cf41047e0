"""Decided, and being done: promises kept, started, late, changed, and one answer that most backers contest."""

from demo.story.agreement import PATHS, PLAY, REPAIRS, STREETS
from demo.story.shapes import (
    Answers,
    Backing,
    Changes,
    Checks,
    Claims,
    Decides,
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
            "The lift stopped 23 times between {month 230} and {month 100}. I keep a calendar. When it stops I am on "
            "the fourth floor with a walking frame, and the world is downstairs.\n\n"
            "Elsie missed her sister’s funeral. I am not writing that to make anybody cry. I am writing it because it "
            "is what happened."
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
                "I have asked for an engineer’s report on the whole lift, not only on the last fault. I would like to "
                "answer with facts. It comes in about three weeks.",
                replies=(Says(wd(32.6), "third", "We have facts. We have 23 of them, on Carol’s calendar."),),
            ),
            Offers(88.2, "gareth", "I carry shopping up when I come off nights, about seven"),
            Answers(
                wd(15.4),
                "martin",
                "accepted_in_part",
                "We will put in a new motor, a new door and new buttons. We will not put in a whole new lift this "
                "year.",
                "The engineer found that the motor and the door cause 9 out of 10 stops.\n\n"
                "New parts cost £38,000 and take two weeks. A new lift costs £212,000 and takes 14 weeks with no lift "
                "at all.\n\n"
                "The cables and the car passed their test in {month 100}. They should last until 2034.",
                could_not=(
                    "We could not find a temporary lift that fits the stair well. If you cannot use the stairs in "
                    "those two weeks, we will pay for a hotel or for someone to carry your shopping. You choose."
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
                "Part of me says thank you. The other part has been told “new parts” three times since 2019. That is "
                "why I pressed “this does not”.",
                replies=(
                    Says(
                        wd(11.5),
                        "martin",
                        "I understand that, Carol. In 2019 and 2022 we mended what had broken that day. This time we "
                        "take out everything that the report calls worn. I will come to the scrutiny panel and you can "
                        "ask me anything.",
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
            "There are eight bins under four bedroom windows. In summer the flies come to us first and to the bins "
            "second.\n\n"
            "Twelve metres further there is a wall, a hard floor and nobody’s bedroom."
        ),
        we_can="Wash the old place down when it is done",
        need_help="",
        only_they="A new stand by the wall\nTell the crew",
        backing=Backing(18, asked=wd(62.4), until=wd(52), surely=("amina", "ines", "dee")),
        acts=(
            Answers(
                wd(45.5),
                "graham",
                "accepted",
                "Yes. The bins move to the wall, with a stand and a roof.",
                "You are right about the twelve metres. Our crew says that it is even easier for them, because the "
                "lorry can turn there. It costs £3,100, and we have it in this year’s money.",
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
        key="goal",
        by="ibrahim",
        ago=125.5,
        topic=PLAY,
        title="Two goals and a painted line",
        outcome="The big ones play there, and not against the garage doors.",
        case=(
            "The noise of a ball on a garage door is the noise of Larkfield. We are not bad children. We have no goal."
            "\n\n"
            "The hard court behind Kestrel House is empty, because there is nothing on it."
        ),
        we_can="Paint the lines with our coach\nStop at nine",
        need_help="Paint",
        only_they="Two goals that do not fall over",
        backing=Backing(20, asked=wd(72.4), until=wd(60), surely=("callum", "delroy", "yusuf", "jordan")),
        acts=(
            Answers(
                wd(54.4),
                "owen",
                "accepted",
                "Yes. Two steel goals, fixed in the ground, and paint for the lines.",
                "Goals cost £1,900. A garage door costs £640, and we heard that there were four last year. You did the "
                "sums for us.",
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
                "It is our hedge and our steps. Spring was the time, and we missed it. Birds nest there until August, "
                "so we start after that.",
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
    Tabled(
        key="crossing",
        by="leila",
        ago=176.3,
        topic=STREETS,
        title="A safe crossing at the school end of Mill Lane",
        outcome="Children from Larkfield can walk to school without an adult from the age of nine.",
        case=(
            "180 children cross Mill Lane by the school. There is a sign with a child on it. The child has been hit by "
            "a car, the sign I mean, twice.\n\n"
            "Fast cars come down the hill. We stood there for one week with a class and counted: one in four drives "
            "over 30."
        ),
        we_can="Count cars with the class\nStand there in yellow until it is built: eleven parents on a rota",
        need_help="Yellow coats",
        only_they="A zebra crossing, and a lower speed",
        backing=Backing(32, asked=wd(104.5), until=wd(92), surely=("amina", "fatima", "sunita", "delroy", "ewa")),
        acts=(
            Answers(
                wd(85.5),
                "farah",
                "accepted",
                "Yes. A zebra crossing with lamps, and 20 miles an hour from the bridge to the school.",
                "Your count was better than ours. We had counted on a Sunday.\n\n"
                "A crossing needs an order that anybody may object to for 21 days, and then a dry week for the paint.",
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
                                "When we opened the road there was a drain where the lamp must stand. It is not on any "
                                "plan. The drain has to move first. I should have dug a test hole in summer.",
                            ),
                        ),
                    ),
                ),
            ),
            Says(
                wd(22.3),
                "leila",
                "I was angry for a day about the drain. Then I went and looked into the hole. All right. It is a very "
                "big drain.",
                replies=(
                    Says(
                        wd(21.4), "farah", "Thank you for looking. Bring the class, we will show them. It is from 1887."
                    ),
                ),
            ),
            Offers(170.3, "kofi", "I will stand at the crossing on Mondays and Fridays"),
        ),
    ),
)
