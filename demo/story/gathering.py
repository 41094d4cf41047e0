"""What is on the table and still gathers backing, and one draft that nobody else can see."""

from demo.story.agreement import CHARGES, GREEN, HEALTH, PATHS, REPAIRS, ROOMS
from demo.story.shapes import (
    Backing,
    Offers,
    Says,
    Tabled,
    wd,
)

GATHERING = (
    Tabled(
        key="bench",
        by="carol",
        ago=62.5,
        topic=PATHS,
        title="A bench half way up Mill Lane",
        outcome="Anyone can sit down on the way up Mill Lane.",
        case=(
            "From the shop to Plover Court it is 340 metres, uphill. I stop four times. I lean on Mr Singh’s wall, and "
            "he is very nice about it, but it is a wall.\n\n"
            "A bench with a back and arms. Arms, because without arms you get down and do not get up."
        ),
        we_can="Ask at each door where the bench should go\nCarol and Tomasz will oil it each spring",
        need_help="About £450 for the bench\nSomeone who can set it in concrete",
        backing=Backing(12, until=3.4, surely=("tomasz", "elsie")),
        acts=(
            Says(
                58.2, "arthur", "At the bend, please. Then you can see who is coming, and decide whether you are tired."
            ),
            Offers(57.4, "tomasz", "I will build it if somebody finds the oak"),
        ),
    ),
    Tabled(
        key="tools_again",
        by="bilal",
        ago=21.5,
        topic=ROOMS,
        title="A shed of tools that we lend each other",
        outcome="Nobody has to buy a drill for one hole.",
        case=(
            "This is the second time. The first time we had eight and needed ten, and then it was {month 100} and "
            "everybody was away.\n\n"
            "Since then I have counted. On our stairs alone there are seven drills and one ladder. We need the other "
            "way round. The old pram store at Heron House is dry, and it has a lock."
        ),
        we_can="Collect the tools, mend them, and write them in a book\nOpen the shed on Saturday mornings",
        need_help="Shelves\nSomebody who checks that the plugs are safe",
        retables="tools",
        backing=Backing(8, until=2.2, surely=("ravi", "marek")),
        acts=(
            Says(19.3, "ines", "I have a ladder, and I am afraid of ladders. It is yours."),
            Says(
                wd(9.5),
                "sam",
                "If residents want this, the pram store is free. I checked. You decide about shared rooms now, so I am "
                "only telling you what is in there: one pram, from about 1985.",
            ),
        ),
    ),
    Tabled(
        key="final_notice",
        by="shanice",
        ago=38.3,
        topic=CHARGES,
        title="No “final notice” on a first letter",
        outcome="A letter about rent tells you what to do, and does not make you shake.",
        case=(
            "I was four days late because my employer was. The letter said FINAL NOTICE in red and spoke of a court. "
            "It was the first letter.\n\n"
            "I paid the same day. Then I sat on the stairs for an hour. I asked around, and everybody has had that "
            "letter, and everybody thought that they were the only one. A first letter could say: “Is everything all "
            "right? Here is who to ring.”"
        ),
        we_can="Read the new letter before it goes out and say where it hurts",
        need_help="",
        only_they="Write a new first letter",
        backing=Backing(18, until=1.4, surely=("amina", "lorna", "hugh")),
        acts=(
            Says(35.5, "lorna", "I hid mine from my husband for a week. It was £11."),
            Says(
                wd(13.5),
                "leanne",
                "I run the team that sends it. I had not read that letter in years. I read it last night, and I would "
                "not like to get it. Please do back this, so that I have a reason to change it quickly.",
                replies=(Says(16.2, "shanice", "I did not expect that. Thank you. Two more to go!"),),
            ),
        ),
    ),
    Tabled(
        key="chickens",
        by="hamza",
        ago=30.6,
        topic=GREEN,
        title="Six chickens behind Linnet Row",
        outcome="Children see where an egg comes from, and old people have a reason to go out in the morning.",
        case=(
            "Six hens, no cock. A cock at five in the morning would end the friendship on this estate.\n\n"
            "The corner behind the bins gets sun until noon. My uncle keeps hens in the city and says that six need "
            "about as much time as a dog."
        ),
        we_can="Build the house from pallets\nFeed them: twelve families, one week each",
        need_help="Wire that a fox cannot open\nSomebody who knows hens",
        backing=Backing(7, until=2.7, surely=("okafor", "kofi")),
        acts=(
            Says(
                27.4, "maureen", "Who cleans up after them in February, in the rain? Not a trick question. I kept hens."
            ),
            Says(26.5, "hamza", "Then you are the person we need, Maureen. Name your price in eggs."),
            Says(25.6, "maureen", "Two a week. And I choose the names."),
        ),
    ),
    Tabled(
        key="wifi",
        by="yusuf",
        ago=27.3,
        topic=ROOMS,
        title="Homework club with wifi in the community room",
        outcome=(
            "Everyone at Larkfield can hand in homework on time, also those who share one phone with three brothers."
        ),
        case=(
            "I am 16. Our teachers put everything online. At home we have one phone with data, and my mum needs it for "
            "her shifts. I do my essays in the doorway of the betting shop, because their wifi reaches the pavement."
            "\n\n"
            "Two afternoons a week would do. Some of us can help the younger ones, so it is also a club."
        ),
        we_can="Tidy up after\nHelp the little ones with maths",
        need_help="A grown-up with a key\nThe wifi: about £28 a month",
        backing=Backing(9, until=1.7, surely=("amina", "sunita", "mei")),
        acts=(
            Says(24.2, "hugh", "I can do maths on Tuesdays. I warn you that I will also want to see the working."),
            Offers(23.6, "grace", "I have a key already and I am home by four"),
        ),
    ),
    Tabled(
        key="yoga",
        by="jean",
        ago=19.4,
        topic=HEALTH,
        title="Chair exercise with a nurse on Mondays",
        outcome="Fewer falls, and a bit of company.",
        case=(
            "After my fall I had six weeks of exercise at the clinic, and I could climb the stairs again. Then it "
            "ended, and so did the stairs.\n\n"
            "It was ten people on chairs and one person who knew what she was doing. We have the chairs."
        ),
        we_can="Chairs, music, tea",
        need_help="Someone who knows what is safe for whom",
        only_they="A nurse or physiotherapist for one hour a week",
        backing=Backing(10, until=2.3, surely=("pat", "elsie", "bronwen")),
        acts=(Says(14.4, "arthur", "Can men come? I can touch my knees, but not at the same time."),),
    ),
    Tabled(
        key="dark_lamp",
        by="tomasz",
        ago=12.6,
        topic=PATHS,
        title="One lamp less behind the lime trees",
        outcome="The bats stay, and people can still see.",
        case=(
            "Everybody here asks for light, and so do I, on the path. But behind the lime trees is a lamp that lights "
            "nothing but leaves. It is from the time of the garages.\n\n"
            "In 2019 I counted 40 bats at dusk. This year I counted 23."
        ),
        we_can="Count the bats each June and tell everybody",
        need_help="",
        only_they="Switch off one lamp",
        backing=Backing(5, until=2.5),
        acts=(Says(9.6, "callum", "I will back this the day you show me one up close."),),
    ),
    Tabled(
        key="parcels",
        by="viktor",
        ago=6.4,
        topic=REPAIRS,
        title="A locker for parcels in each entrance",
        outcome="Parcels do not spend the night on the stairs.",
        case=(
            "Three parcels of mine were left on the ground floor this month. One was my insulin. I found it next to "
            "the radiator, which was working for once.\n\n"
            "At my brother’s there is a locker. The driver types a number, and you get the number on your phone. Those "
            "without a phone get a card."
        ),
        we_can="Measure the entrances",
        need_help="",
        only_they="Allow it, and find a firm",
        backing=Backing(6, until=1.3, surely=("mei",)),
    ),
    Tabled(
        key="draft_window",
        by="amina",
        ago=4.5,
        topic=REPAIRS,
        title="Draught strips for the windows at Heron House",
        outcome="We can sit beside our windows in January.",
        case=(
            "Last winter my curtains moved when the window was shut. I still have to ask the second floor how theirs "
            "are."
        ),
        we_can="Put the strips in ourselves",
        only_they="",
        stays_draft=True,
    ),
)
