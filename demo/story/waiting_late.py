"""What should have been answered, or needed a push: long overdue, overdue, with more time, called in."""

from demo.story.agreement import PATHS, REPAIRS, STREETS
from demo.story.shapes import (
    Answers,
    Backing,
    CallsIn,
    Drafts,
    Extends,
    Offers,
    Promise,
    Says,
    Tabled,
    ahead,
    wd,
)

LATE = (
    Tabled(
        key="damp",
        by="grace",
        ago=86.4,
        topic=REPAIRS,
        title="Ring back within a week when we report damp",
        outcome="Whoever reports damp hears a human voice within a week, and knows what happens next.",
        case=(
            "I reported the damp in my daughter’s room in {month 160}. I got a number. The number has nine digits and "
            "I know it by heart, because I have said it to seven different people.\n\n"
            "I asked on our stairs. Eleven of us have reported damp since the spring. Two got a call back. One got a "
            "leaflet about opening windows. Her window is painted shut.\n\n"
            "This is not about mending everything at once. We know that takes time. It is about not being left in the "
            "dark, in the damp."
        ),
        we_can=(
            "Keep a list of who reported what and when\n"
            "Take photos with a ruler in them, so that you can see if it grows"
        ),
        need_help=(
            "Two damp meters that we can lend to each other\nSomeone to show us what is damp and what is just cold"
        ),
        only_they="Ring back\nSend a surveyor\nWrite down what was agreed on the phone",
        backing=Backing(47, asked=wd(44.5), until=4.2, surely=("amina", "delroy", "carol", "joyce", "precious")),
        acts=(
            Says(
                84.6,
                "precious",
                "My boy has had three coughs since {month 130}. I am not saying it is the wall. I am saying that I "
                "would like somebody to look at the wall.",
                replies=(
                    Says(
                        wd(56.4),
                        "martin",
                        "I am sorry, Precious. If a child in your home is coughing, please call 0800 555 0142 and say "
                        "“damp and a child”. You do not have to wait for this proposal. That is a rule we have had "
                        "since last year, and we have clearly not told anybody about it.",
                    ),
                    Says(
                        79.8,
                        "precious",
                        "I said it and they came the next morning. So the magic words work. Why do we need magic "
                        "words?",
                    ),
                ),
            ),
            Says(
                61.3, "hugh", "I can make the list. I was an accountant for thirty-one years. I am very good at lists."
            ),
            Says(
                19.5,
                "delroy",
                "As chair I have now asked about this twice in public. The clock on this page does not need me, it "
                "just keeps going round. But I want it written down that I asked.",
                replies=(
                    Says(
                        wd(11.6),
                        "priya",
                        "You are right to, Delroy. We are late and there is no good reason. The truth is that two "
                        "teams each thought the other one was writing the answer. I have now sat them down in one "
                        "room.",
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
            "The buzzer has been broken since the second week of {month 100}. So people wedge the door open with a "
            "brick. It is a good brick. It has been there so long that my son has given it a name.\n\n"
            "The district nurse rings me on my phone, because Mr Winston on the fifth floor cannot come down. Last "
            "week I was at work. She waited for twenty minutes, and then she had to go."
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
                "I manage the nurses. I am not asked here, but I want to say that we lost nine visits at Kestrel House "
                "in {month 60} because nobody could open the door. We will share the numbers with Penhale Homes.",
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
        key="bigbins",
        by="dave",
        ago=57.3,
        topic=STREETS,
        title="One body, not two, for the big bins at Wren Walk",
        outcome="When the big bins are full, one number to call, and they are emptied within two days.",
        case=(
            "I have rung the council about the big bins. They say it is Penhale land. I have rung Penhale. They say "
            "that it is a council bin. I have a photo of a council bin standing on Penhale land, with my hand pointing "
            "at both.\n\n"
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
                "Dave’s photo went round our office. We looked up the contract from 2009, and it says that we empty "
                "them. We had it wrong for years.\n\n"
                "We need a key for the gate. That part is for Penhale Homes to answer.",
                promises=(
                    Promise("Write our number on all eleven big bins", ahead(4), "Graham Tully"),
                    Promise("Empty a full bin within two working days of a call", ahead(24), "Our waste crew"),
                ),
            ),
            Extends(
                wd(4.3),
                "sam",
                wd(-5),
                "The gate has a lock that also opens the boiler room. We cannot hand out that key. A locksmith comes "
                "next week, and we want to answer with a date and not with a hope.",
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
            "The ramp is steep and faces north. Last January it was ice for nine days. My gran came down it sitting, "
            "in her good coat.\n\n"
            "There is a rail on the left. The people who need the rail most have a stick in that hand."
        ),
        we_can="Spread grit before seven each morning: four of us on a rota",
        need_help="A grit bin at the top, not at the bottom",
        only_they="A second rail",
        backing=Backing(9, until=2.2, surely=("tess", "hazel")),
        acts=(
            CallsIn(
                wd(6.4),
                "Nine people back this and fifteen are needed. By then there may be ice. The weather office says a "
                "cold {month -20}, so I ask Penhale Homes for an answer now.",
            ),
            Says(9.3, "tess", "Thank you, Fay. My mother is one of the ones with a stick."),
            Offers(11.5, "sean", "I am up at five anyway. I will grit on weekdays"),
        ),
    ),
)
