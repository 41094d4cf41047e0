"""What waits for an answer that is still in time."""

from demo.story.agreement import HEALTH, PATHS, PLAY, REPAIRS
from demo.story.shapes import (
    Backing,
    Offers,
    Says,
    Tabled,
    wd,
)

IN_TIME = (
    Tabled(
        key="path",
        by="amina",
        ago=49.5,
        topic=PATHS,
        title="Light the path from Heron House to the bus stop",
        outcome="Anyone can walk home from the last bus and see where they put their feet.",
        case=(
            "The path is 140 metres long and has one lamp. It has been out since {month 285}. In the last year three "
            "people have fallen. My neighbour now pays £6 for a taxi to go the length of a football pitch.\n\n"
            "We asked at 52 doors. 31 people said they do not use the path after dark at all."
        ),
        we_can="Cut back the hedge twice a year\nWalk the path each month and tell you what is broken",
        need_help="Tools, and a skip for the cuttings\nSomeone to show us where the cables run",
        only_they="Mend the lamp\nPut in four more\nPay for the power",
        backing=Backing(41, asked=wd(14.3), until=1.6, surely=("joyce", "tomasz", "delroy", "bilal", "shanice")),
        acts=(
            Says(
                47.8,
                "joyce",
                "I finish work at ten. I hold my keys in my hand the whole way.",
                replies=(
                    Says(
                        wd(10.2),
                        "priya",
                        "Thank you, Joyce. I walked it last night at nine and I see what you mean. I have asked our "
                        "electrician to look at the old lamp this week. That is not our full answer, which is still to "
                        "come.",
                    ),
                    Says(12.8, "joyce", "You walked it? On your own? Then you know."),
                ),
            ),
            Says(
                41.5,
                "tomasz",
                "Please point the lamps down. The bats live in those lime trees, and my bedroom is behind them.",
                replies=(
                    Says(
                        40.6,
                        "amina",
                        "Good point about the bats, Tomasz. And about your bedroom. Could you draw where?",
                    ),
                    Says(
                        38.9,
                        "tomasz",
                        "I made a drawing. It is on the board in the entrance. The bats are the small ones.",
                    ),
                ),
            ),
            Says(
                8.4,
                "stan",
                "I do not want to spoil it. But I have lived here since 1974, and the lamp before this one was mended "
                "in a day. What changed?",
            ),
            Offers(46.3, "bilal", "Bilal has a strimmer and two free Saturdays"),
            Offers(44.1, "okafor", "The allotment group will take the cuttings"),
        ),
    ),
    Tabled(
        key="gate",
        by="fatima",
        ago=24.6,
        topic=PLAY,
        title="A gate on the play area that shuts by itself",
        outcome="Small children cannot walk out of the play area onto Mill Lane.",
        case=(
            "The gate has a latch that a tall adult can shut if he lifts it, pushes it and swears. So it stands open."
            "\n\n"
            "On a Tuesday in {month 40} my son was two metres from the road before I had put down my tea. The driver "
            "was more upset than he was."
        ),
        we_can="Put up a sign that we made: “Shut me, please”\nOil the hinges",
        need_help="",
        only_they="A gate with a spring, and a latch that a child cannot open",
        backing=Backing(37, asked=wd(3.4), until=1.2, surely=("amina", "ewa", "leila", "sunita")),
        acts=(
            Says(20.4, "ewa", "The same happened to us in summer. I thought that it was only my child who is fast."),
            Says(
                wd(2.2),
                "owen",
                "I came by on my bike and tried it. I am 1.90 tall and I swore. We will answer properly, but I have "
                "tied it with a strap for now. Please tell me if the strap goes.",
                replies=(Says(1.4, "fatima", "The strap is still there. Somebody has made a bow of it."),),
            ),
        ),
    ),
    Tabled(
        key="rota",
        by="third",
        ago=43.5,
        topic=REPAIRS,
        title="Show us the cleaning rota",
        outcome="Everybody can see when their stairs are cleaned, and whether they were.",
        case=(
            "We pay £4.20 a week for cleaning. Nobody here has ever seen it happen. Perhaps it happens. Perhaps they "
            "come at night, like foxes.\n\n"
            "A piece of paper on the wall, with a day and a name or a tick, would end the argument."
        ),
        we_can="Put the paper up and take it down\nSend a photo when it was not done",
        need_help="A frame with a lid for each notice board",
        only_they="Tell us the days\nAsk the cleaners to tick the paper",
        backing=Backing(31, asked=wd(18.5), until=2.3, surely=("hugh", "carol", "pat")),
        acts=(
            Says(
                40.2,
                "gareth",
                "I work nights and I see the cleaner. She is called Rita. She does four blocks in a morning on her "
                "own. Please do not make this about Rita.",
                replies=(
                    Says(39.4, "third", "I did not know her name. You are right. It is about who plans her morning."),
                ),
            ),
        ),
    ),
    Tabled(
        key="quiet",
        by="rosa",
        ago=45.2,
        topic=REPAIRS,
        title="Quiet hours for the building work",
        outcome="People who work nights can sleep, and children can do their homework, while the roof is mended.",
        case=(
            "The roof work starts at half past seven with a machine that sounds like the end of the world. Nobody says "
            "it should not happen. We want the roof. But there are nine people in Kestrel House who work nights, and I "
            "am one.\n\n"
            "If we knew the loud days, we could plan. My sister has a sofa. It is a good sofa, if I know a week "
            "before."
        ),
        we_can="Collect who works nights and tell the foreman",
        need_help="",
        only_they="Start the loud machine at ten\nPut up the loud days a week before",
        backing=Backing(44, asked=wd(16.6), until=1.5, surely=("delroy", "mei", "joyce", "ibrahim", "amina")),
        acts=(
            Says(
                36.6,
                "callum",
                "I am one of the roofers and I live here too. If we start at ten we finish at seven, and then the ones "
                "with babies will write the next proposal.",
                replies=(
                    Says(35.5, "rosa", "Ha. Fair. Could the loud machine start at ten and the quiet work at eight?"),
                    Says(35.2, "callum", "That could work. I will ask my boss, but he will say ask Penhale."),
                ),
            ),
            Offers(34.6, "zara", "My flat is empty from nine to four. A night worker can sleep on the sofa bed"),
        ),
    ),
    Tabled(
        key="blood",
        by="pat",
        ago=33.4,
        topic=HEALTH,
        title="Blood tests in the community room once a month",
        outcome="Nobody has to take two buses for a blood test that lasts one minute.",
        case=(
            "The hospital is two buses away. With my hip it takes the whole morning, and you must not eat before. Last "
            "time I fainted at the bus stop, which made the blood test very thorough.\n\n"
            "There are 74 people over seventy in our five blocks. Put a nurse, a chair and a fridge in the community "
            "room for one morning, and we will bring the biscuits for after."
        ),
        we_can="Open up, put out chairs and make tea\nFetch people from their doors",
        need_help="A screen, so that it is private",
        only_they="A nurse, and the van that takes the samples",
        backing=Backing(27, asked=wd(9.4), until=2.4, surely=("elsie", "arthur", "jean", "delroy", "amina")),
        acts=(
            Says(30.3, "elsie", "I would go. I have not had mine since spring because of the buses."),
            Says(
                wd(7.4),
                "helen",
                "A question, so that our answer is a good one: would a Tuesday or a Thursday be better? The van goes "
                "past you on both.",
                replies=(
                    Says(8.6, "pat", "Thursday. On Tuesday it is soup, and the smell is hard when you may not eat."),
                    Says(wd(5.3), "helen", "Thursday it is, if we can. I will put the soup in the report."),
                ),
            ),
            Offers(28.4, "okafor", "Tea, toast and a quiet corner, every time"),
        ),
    ),
)
