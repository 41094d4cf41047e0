"""Ended otherwise: taken back by its author, joined to another, or not backed by enough neighbours in time."""

from demo.story.agreement import PATHS, REPAIRS, ROOMS
from demo.story.shapes import (
    Backing,
    Merges,
    Offers,
    Says,
    Tabled,
    Withdraws,
    wd,
)

ENDED = (
    Tabled(
        key="camera",
        by="tess",
        ago=152.3,
        topic=REPAIRS,
        title="A camera in the bin store at Wren Walk",
        outcome="Whoever leaves a sofa in the bin store takes it away again.",
        case="This year: three sofas, one bath, and half a piano. I would like to know who owns half a piano.",
        only_they="A camera",
        backing=Backing(6, until=141.2, surely=("dave", "phil")),
        acts=(
            Says(
                148.5,
                "yusuf",
                "A camera films me every day and the sofa man once. My friends and I already get looked at enough.",
                replies=(Says(147.4, "tess", "I had not thought about that. I am sorry. I will sleep on it."),),
            ),
            Says(144.4, "luis", "I have a van. If somebody rings me, I take the sofa for £5 and no questions."),
            Withdraws(
                138.4,
                "Yusuf is right about the camera, and Luis has a van. His number now hangs in the bin store. That "
                "costs nothing and films nobody.",
            ),
        ),
    ),
    Tabled(
        key="entry_phone",
        by="viktor",
        ago=33.2,
        topic=REPAIRS,
        title="Kestrel House door is open all night!",
        outcome="The door shuts at night.",
        case=(
            "I am new here. The door of Kestrel House is held open by a brick. Is that a custom? I put it away, and in "
            "the morning it was back."
        ),
        only_they="Mend the door",
        backing=Backing(7, until=31.3, surely=("zara", "anita")),
        acts=(
            Says(
                32.3,
                "mei",
                "Welcome, Viktor! It is not a custom. It is because the buzzer is broken. Look at my proposal.",
            ),
            Merges(
                wd(20.5),
                "buzzer",
                "Both are about the broken buzzer at Kestrel House. Viktor agrees. The people who backed this one now "
                "back the other one, each once.",
            ),
        ),
    ),
    Tabled(
        key="mural",
        by="shanice",
        ago=186.4,
        topic=PATHS,
        title="A mural on the wall at Mill Lane",
        outcome="The first thing that you see of Larkfield is not a grey wall.",
        case=(
            "60 metres of grey. We have a painter among us, and some very good children. I would begin with the plum "
            "tree."
        ),
        we_can="Draw it, paint it",
        need_help="Paint, and a ladder",
        only_they="Say that we may",
        backing=Backing(11, until=151.3, surely=("magda", "rosa")),
        acts=(Says(180.3, "maureen", "Lovely. But first mend the hole in it, or the plum tree has a hole."),),
    ),
    Tabled(
        key="tools",
        by="bilal",
        ago=119.4,
        topic=ROOMS,
        title="A library of tools",
        outcome="Nobody has to buy a drill for one hole.",
        case=(
            "There are seven drills on our stairs. Everybody drills one hole a year. Let us put them in a cupboard and "
            "share."
        ),
        we_can="Collect the tools and write them in a book",
        need_help="A cupboard that is dry",
        backing=Backing(8, until=92.4, surely=("ravi", "ines")),
        acts=(Offers(112.3, "ravi", "I can test plugs, I have the machine for it"),),
    ),
    Tabled(
        key="disco",
        by="callum",
        ago=103.5,
        topic=ROOMS,
        title="A silent disco in the car park",
        outcome="One night a year when everybody dances and nobody is woken.",
        case=(
            "Headphones. You hire them. From outside it looks like a hundred people who have lost their minds, and it "
            "is completely quiet."
        ),
        we_can="Everything, really",
        need_help="About £300 for the headphones",
        backing=Backing(6, until=80.4, surely=("jordan", "zara")),
        acts=(
            Says(99.3, "carol", "I would come and watch. I think it would be the funniest thing since the half piano."),
        ),
    ),
)
