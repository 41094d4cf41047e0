"""Decided, with nothing left to do: an honest no, and small things that were settled at once."""

from demo.story.agreement import CHARGES, PATHS, STREETS
from demo.story.shapes import (
    Answers,
    Backing,
    Decides,
    Says,
    Tabled,
    Verdicts,
    wd,
)

DECIDED = (
    Tabled(
        key="hot_water",
        by="stan",
        ago=198.5,
        topic=CHARGES,
        title="Cut the hot water charge by half",
        outcome="We pay for the hot water that we use.",
        case=(
            "I live alone and take a shower every second day. I pay £21 a week for hot water. For that money I could "
            "bathe in milk.\n\n"
            "Everybody pays the same, whether there are six in the flat or one."
        ),
        we_can="Read our own meters, if we had any",
        only_they="A lower charge",
        backing=Backing(29, asked=wd(122.4), until=wd(112), surely=("hugh", "maureen", "delroy", "pat", "reggie")),
        acts=(
            Answers(
                wd(104.5),
                "leanne",
                "declined",
                "No. The charge is what the gas costs us, and we cannot sell it for half. But you are right that it is "
                "not fair.",
                "This is the whole sum, so that you can check it. Gas for the hot water of Larkfield cost £648,000 "
                "last year. There are 612 homes. That is £20.36 a week. We add 64p for the pump. We do not earn a "
                "penny on it.\n\n"
                "To halve it we would have to take £324,000 from repairs. That is every kitchen for the next two "
                "years.\n\n"
                "The fair way is a meter in each flat. It costs £410 a flat and pays for itself in four years for "
                "somebody like Stan. For a family of six the bill would go up. That is not ours to decide from a desk.",
                could_not=(
                    "We tried to buy gas for less, together with two other landlords. It saved 3 in 100, and that is "
                    "in the sum."
                ),
                next_step=(
                    "If residents want meters, table it. We will bring the sums for one person, for three and for six."
                ),
                hard_words_changed=4,
            ),
            Verdicts(wd(103.5), wd(92), "leanne", yes=19, no=9),
            Says(
                wd(102.4),
                "stan",
                "It is a “no” that I can read out at the bus stop. I did not know about the family of six.",
            ),
            Says(wd(101.3), "sunita", "We are the family of six. Thank you for asking before, Stan."),
            Says(
                wd(99.4),
                "hugh",
                "I checked the sum. It is right. I found 11p, but it was mine.",
            ),
        ),
    ),
    Tabled(
        key="benches_canal",
        by="jean",
        ago=236.4,
        topic=PATHS,
        title="Put the two benches back at the canal",
        outcome="You can sit by the water again.",
        case="They were taken away to be painted. That was before the King was crowned. It must be very good paint.",
        only_they="Bring them back",
        backing=Backing(18, asked=wd(153.4), until=wd(146), surely=("arthur", "carol", "bronwen")),
        acts=(
            Answers(
                wd(142.4),
                "sam",
                "accepted",
                "Yes. They stood in our yard. They are back since this morning.",
                "They were painted in 2023 and nobody wrote down where they came from. The man who found them asked me "
                "what this answer should say. I said: sorry.",
            ),
            Decides(
                wd(141.5), "sam", "The two benches are back at the canal", "Both benches stand where they stood before."
            ),
            Says(wd(141.2), "jean", "I am writing this from one of them."),
        ),
    ),
    Tabled(
        key="permit",
        by="ahmed",
        ago=167.3,
        topic=STREETS,
        title="Free parking for carers who visit",
        outcome="Carers are not fined for caring.",
        case=(
            "My mother’s carer comes three times a day for 25 minutes. She has had four fines, £140. She is paid "
            "£12.60 an hour. She has not said anything. I found the papers in her coat when I hung it up."
        ),
        we_can="Vouch for who is a carer",
        only_they="A permit",
        backing=Backing(27, asked=wd(98.4), until=wd(90), surely=("joyce", "carol", "arthur", "precious", "amina")),
        acts=(
            Answers(
                wd(84.5),
                "farah",
                "accepted",
                "Yes. Carers get a free permit that works in every street of Eastbrook. And these four fines are "
                "cancelled.",
                "There was a permit like that until 2018. It was dropped to save £3,000 a year, and we took in £41,000 "
                "in fines from people who look after others. I read that number to the councillors, and it was quiet.",
            ),
            Verdicts(wd(83.4), wd(76), "farah", yes=21, no=0),
            Says(wd(82.3), "ahmed", "She cried, and then she was on time for the next one, as always."),
        ),
    ),
)
