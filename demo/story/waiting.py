"""What waits for an answer today: one long overdue, one overdue, some in time, one with more time, one called in."""

from demo.story.agreement import HEALTH, PATHS, PLAY, REPAIRS, STREETS
from demo.story.shapes import Answers, Backing, CallsIn, Drafts, Extends, Offers, Promise, Says, Tabled, ahead, wd

WAITING = (
    Tabled(
        key="damp",
        by="grace",
        ago=86.4,
        topic=REPAIRS,
        title="Ring back within a week when we report damp",
        outcome="Whoever reports damp hears a human voice within a week, and knows what happens next.",
        case=(
            "I reported the damp in my daughter’s room in June. I got a number. The number has nine digits and I know it "
            "by heart, because I have said it to seven different people.\n\n"
            "I asked on our stairs. Eleven of us have reported damp since the spring. Two got a call back. One got a leaflet "
            "about opening windows. Her window is painted shut.\n\n"
            "This is not about mending everything at once. We know that takes time. It is about not being left in the "
            "dark, in the damp."
        ),
        we_can="Keep a list of who reported what and when\nTake photos with a ruler in them, so that you can see if it grows",
        need_help="Two damp meters that we can lend to each other\nSomeone to show us what is damp and what is just cold",
        only_they="Ring back\nSend a surveyor\nWrite down what was agreed on the phone",
        backing=Backing(47, asked=wd(44.5), until=4.2, surely=("amina", "delroy", "carol", "joyce", "precious")),
        acts=(
            Says(
                84.6,
                "precious",
                "My boy has had three coughs since September. I am not saying it is the wall. I am saying that I would "
                "like somebody to look at the wall.",
                replies=(
                    Says(
                        wd(56.4),
                        "martin",
                        "I am sorry, Precious. If a child in your home is coughing, please call 0800 555 0142 and say “damp "
                        "and a child”. You do not have to wait for this proposal. That is a rule we have had since last "
                        "year, and we have clearly not told anybody about it.",
                    ),
                    Says(
                        79.8,
                        "precious",
                        "I said it and they came the next morning. So the magic words work. Why do we need magic words?",
                    ),
                ),
            ),
            Says(
                61.3, "hugh", "I can make the list. I was an accountant for thirty-one years. I am very good at lists."
            ),
            Says(
                19.5,
                "delroy",
                "As chair I have now asked about this twice in public. The clock on this page does not need me, it just "
                "keeps going round. But I want it written down that I asked.",
                replies=(
                    Says(
                        wd(11.6),
                        "priya",
                        "You are right to, Delroy. We are late and there is no good reason. The truth is that two teams each "
                        "thought the other one was writing the answer. I have now sat them down in one room.",
                    ),
                    Says(15.7, "grace", "Thank you for saying it straight, Priya. I still want the answer."),
                ),
            ),
            Offers(60.2, "hugh", "I will keep the list of who reported damp, and when"),
            Offers(58.5, "ravi", "I have a damp meter from work that anybody can borrow at weekends"),
        ),
    ),
    Tabled(
        key="buzzer",
        by="mei",
        ago=55.3,
        topic=REPAIRS,
        title="Mend the front door buzzer at Kestrel House",
        outcome="Visitors, carers and parcels can get in, and strangers cannot.",
        case=(
            "The buzzer has been broken since the second week of August. So people wedge the door open with a brick. It is "
            "a good brick. It has been there so long that my son has given it a name.\n\n"
            "The district nurse rings me on my phone, because Mr Winston on the fifth floor cannot come down. Last week I "
            "was at work. She waited for twenty minutes, and then she had to go."
        ),
        we_can="Take the brick away the day it is mended\nLet the nurse in until then: four of us have made a rota",
        need_help="A spare key card for the nurse",
        only_they="Mend or replace the buzzer\nTell us how long it will take",
        backing=Backing(34, asked=wd(26.4), until=3.5, surely=("delroy", "winston", "amina", "marek")),
        acts=(
            Says(52.4, "winston", "I am the Mr Winston of the story. I am well. But I would like my nurse."),
            Says(
                wd(24.5),
                "nkechi",
                "I manage the nurses. I am not asked here, but I want to say that we lost nine visits at Kestrel House in "
                "September because nobody could open the door. We will share the numbers with Penhale Homes.",
                replies=(Says(33.2, "mei", "Nine! Thank you. That says it better than my brick."),),
            ),
            Says(
                wd(18.3),
                "sam",
                "I have left a key card for the nurse with Delroy. It is not a mended buzzer. It is something for "
                "tomorrow morning.",
            ),
            Drafts(
                wd(2.5),
                "martin",
                "accepted",
                "Yes. We will put in a new door panel with buttons for each flat.",
                "The old panel is from 1998 and nobody makes parts for it. We tried twice to mend it with parts from "
                "another block. That is where the time went, and we should have told you.",
            ),
        ),
    ),
    Tabled(
        key="path",
        by="amina",
        ago=49.5,
        topic=PATHS,
        title="Light the path from Heron House to the bus stop",
        outcome="Anyone can walk home from the last bus and see where they put their feet.",
        case=(
            "The path is 140 metres long and has one lamp. It has been out since February. In the last year three people "
            "have fallen. My neighbour now pays £6 for a taxi to go the length of a football pitch.\n\n"
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
                "I do not want to spoil it. But I have lived here since 1974, and the lamp before this one was mended in a day. "
                "What changed?",
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
            "The gate has a latch that a tall adult can shut if he lifts it, pushes it and swears. So it stands open.\n\n"
            "On a Tuesday in October my son was two metres from the road before I had put down my tea. The driver was "
            "more upset than he was."
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
                "I came by on my bike and tried it. I am 1.90 tall and I swore. We will answer properly, but I have tied it "
                "with a strap for now. Please tell me if the strap goes.",
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
            "We pay £4.20 a week for cleaning. Nobody here has ever seen it happen. Perhaps it happens. Perhaps they come "
            "at night, like foxes.\n\nA piece of paper on the wall, with a day and a name or a tick, would end the argument."
        ),
        we_can="Put the paper up and take it down\nSend a photo when it was not done",
        need_help="A frame with a lid for each notice board",
        only_they="Tell us the days\nAsk the cleaners to tick the paper",
        backing=Backing(31, asked=wd(18.5), until=2.3, surely=("hugh", "carol", "pat")),
        acts=(
            Says(
                40.2,
                "gareth",
                "I work nights and I see the cleaner. She is called Rita. She does four blocks in a morning on her own. "
                "Please do not make this about Rita.",
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
            "The roof work starts at half past seven with a machine that sounds like the end of the world. Nobody says it "
            "should not happen. We want the roof. But there are nine people in Kestrel House who work nights, and I am one.\n\n"
            "If we knew the loud days, we could plan. My sister has a sofa. It is a good sofa, if I know a week before."
        ),
        we_can="Collect who works nights and tell the foreman",
        need_help="",
        only_they="Start the loud machine at ten\nPut up the loud days a week before",
        backing=Backing(44, asked=wd(16.6), until=1.5, surely=("delroy", "mei", "joyce", "ibrahim", "amina")),
        acts=(
            Says(
                36.6,
                "callum",
                "I am one of the roofers and I live here too. If we start at ten we finish at seven, and then the ones with "
                "babies will write the next proposal.",
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
            "The hospital is two buses away. With my hip it takes the whole morning, and you must not eat before. Last time I "
            "fainted at the bus stop, which made the blood test very thorough.\n\n"
            "There are 74 people over seventy in our five blocks. Put a nurse, a chair and a fridge in the community room "
            "for one morning, and we will bring the biscuits for after."
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
                "A question, so that our answer is a good one: would a Tuesday or a Thursday be better? The van goes past you "
                "on both.",
                replies=(
                    Says(8.6, "pat", "Thursday. On Tuesday it is soup, and the smell is hard when you may not eat."),
                    Says(wd(5.3), "helen", "Thursday it is, if we can. I will put the soup in the report."),
                ),
            ),
            Offers(28.4, "okafor", "Tea, toast and a quiet corner, every time"),
        ),
    ),
    Tabled(
        key="bigbins",
        by="dave",
        ago=57.3,
        topic=STREETS,
        title="One body, not two, for the big bins at Wren Walk",
        outcome="When the big bins are full, one number to call, and they are emptied within two days.",
        case=(
            "I have rung the council about the big bins. They say it is Penhale land. I have rung Penhale. They say that it "
            "is a council bin. I have a photo of a council bin standing on Penhale land, with my hand pointing at both.\n\n"
            "The rats do not mind whose it is."
        ),
        we_can="Flatten our boxes\nMake a rota for the lids",
        need_help="A gate key for the bin lorry, so that the driver does not have to ring somebody",
        only_they="Agree which of you it is\nWrite one number on each bin",
        asks=("eastbrook-council", "penhale-homes"),
        backing=Backing(38, asked=wd(22.5), until=2.6, surely=("tess", "luis", "delroy", "phil")),
        acts=(
            Says(55.3, "phil", "Dave, the photo is a work of art. It should hang in the town hall."),
            Answers(
                wd(8.5),
                "graham",
                "accepted",
                "Yes. The big bins are ours to empty, wherever they stand. There is now one number, and it is ours.",
                "Dave’s photo went round our office. We looked up the contract from 2009, and it says that we empty them. "
                "We had it wrong for years.\n\nWe need a key for the gate. That part is for Penhale Homes to answer.",
                promises=(
                    Promise("Write our number on all eleven big bins", ahead(4), "Graham Tully"),
                    Promise("Empty a full bin within two working days of a call", ahead(24), "Our waste crew"),
                ),
            ),
            Extends(
                wd(4.3),
                "sam",
                wd(-5),
                "The gate has a lock that also opens the boiler room. We cannot hand out that key. A locksmith comes next "
                "week, and we want to answer with a date and not with a hope.",
            ),
            Says(6.3, "dave", "One yes and one “nearly”. I have waited five years. I can do two more weeks."),
        ),
    ),
    Tabled(
        key="ramp",
        by="jordan",
        ago=15.4,
        topic=PATHS,
        title="A handrail on the ramp at Wren Walk before the ice",
        outcome="Nobody falls on the ramp this winter.",
        case=(
            "The ramp is steep and faces north. Last January it was ice for nine days. My gran came down it sitting, in her "
            "good coat.\n\nThere is a rail on the left. The people who need the rail most have a stick in that hand."
        ),
        we_can="Spread grit before seven each morning: four of us on a rota",
        need_help="A grit bin at the top, not at the bottom",
        only_they="A second rail",
        backing=Backing(9, until=2.2, surely=("tess", "hazel")),
        acts=(
            CallsIn(
                wd(6.4),
                "Nine people back this and fifteen are needed. By then there may be ice. The weather office says a cold "
                "December, so I ask Penhale Homes for an answer now.",
            ),
            Says(9.3, "tess", "Thank you, Fay. My mother is one of the ones with a stick."),
            Offers(11.5, "sean", "I am up at five anyway. I will grit on weekdays"),
        ),
    ),
)
