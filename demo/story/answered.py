"""Answered in the last days, and not decided yet."""

from demo.story.agreement import CHARGES, REPAIRS, STREETS
from demo.story.shapes import (
    Answers,
    Backing,
    Promise,
    Says,
    Tabled,
    Verdicts,
    ahead,
    wd,
)

ANSWERED = (
    Tabled(
        key="heating_text",
        by="sunita",
        ago=46.2,
        topic=REPAIRS,
        title="Send us a text when the heating goes off",
        outcome="When the heating stops, everybody knows within the hour that you know.",
        case=(
            "When the boiler at Heron House stops, forty households pick up the phone. I was number 31 in the queue. "
            "The music is a pan flute.\n\n"
            "If you sent one text, “we know, somebody is coming at two”, thirty-nine people would hang up and put on a "
            "jumper."
        ),
        we_can="Knock for those who have no phone",
        only_they="Send the text\nKeep the list of numbers",
        backing=Backing(29, asked=wd(15.5), until=wd(5), surely=("amina", "omar", "beatriz", "joyce")),
        acts=(
            Answers(
                wd(2.3),
                "priya",
                "accepted",
                "Yes. From {date -14} you get a text within an hour when the heating stops, and another when it is "
                "back.",
                "Last winter we had 212 calls on one day about one boiler. Each call took three minutes and nobody "
                "could answer the calls about burst pipes.\n\n"
                "A text to a whole block costs us £2.40. We already have most of the numbers. We did not have the "
                "idea.",
                could_not=(
                    "We cannot say in the first text how long it will take. We will only say what we know, so that you "
                    "can believe it."
                ),
                next_step=(
                    "Ring 0800 555 0142 if you are not sure that we have your number, or if a letter suits you better."
                ),
                promises=(
                    Promise("Text every home when the heating stops, within one hour", ahead(14), "Priya Nair"),
                    Promise("Replace the pan flute", ahead(21), "Priya Nair"),
                ),
                hard_words_changed=3,
            ),
            Says(wd(1.6), "sunita", "The pan flute! I am framing this answer."),
        ),
    ),
    Tabled(
        key="kerb",
        by="arthur",
        ago=52.4,
        topic=STREETS,
        title="A dropped kerb outside the surgery",
        outcome="A wheelchair can get from the bus to the surgery without going on the road.",
        case=(
            "The bus stops, the ramp comes down, and then there is a kerb of 14 centimetres. I know, because I have "
            "measured it with my footplate.\n\n"
            "So I go along the road for 60 metres to the next low place. The lorries are very understanding. One day "
            "one will not see me."
        ),
        only_they="Drop the kerb\nMove the bin that stands where the kerb should be",
        backing=Backing(24, asked=wd(20.4), until=wd(6), surely=("pat", "carol", "delroy", "elsie")),
        acts=(
            Answers(
                wd(3.4),
                "farah",
                "declined",
                "No, not there and not this year. We can make a safe way across 25 metres further on, by {month -110}.",
                "Under the pavement, exactly at the surgery door, lies the main power cable for the street. It is 30 "
                "centimetres deep. A dropped kerb needs 45. To move the cable costs £61,000, and it is not ours.\n\n"
                "I measured it with Arthur and his footplate on a wet Wednesday. I would not want to go along that "
                "road either. So I looked for the nearest place where we can dig. It is at the chemist, 25 metres on."
                "\n\n"
                "A “no” that hides the reason is worse than a “no”. The plan of the cable is on the notice board.",
                could_not=(
                    "We could not get the power company to say when they will move the cable. We asked three times."
                ),
                next_step=(
                    "If this is not good enough, table it again with the chemist’s corner. I would say yes to that."
                ),
                promises=(Promise("Move the bin that stands in the way", ahead(8), "Farah Siddiqui"),),
                hard_words_changed=1,
            ),
            Verdicts(wd(2.8), 1.2, "farah", yes=7, no=4),
            Says(
                2.4,
                "arthur",
                "It is a “no”, and I am not happy. But it is the first one in eleven years that came with a drawing.",
            ),
        ),
    ),
    Tabled(
        key="key_deposit",
        by="nell",
        ago=55.1,
        topic=CHARGES,
        title="Give the key deposit back when we hand in the key",
        outcome="Who hands in the key has the £40 back the same week.",
        case=(
            "I moved from Wren Walk to Heron House. I handed in one key and paid £40 for another. The first £40 is "
            "“being processed”. It has been processed since {month 70}. It must be very well processed by now."
        ),
        only_they="Pay it back",
        backing=Backing(22, asked=wd(19.3), until=wd(7), surely=("dee", "reggie", "hugh")),
        acts=(
            Answers(
                wd(4.6),
                "leanne",
                "accepted_in_part",
                "Yes to the same week from now on. For old deposits we need until the end of {month -68}.",
                "Deposits sat in a list that one person kept, and she left in {month 100}. We found 63 deposits, "
                "£2,520 in all. Nobody had looked.\n\n"
                "From now on the office pays it back when you hand in the key. The old ones we must check one by one "
                "against the bank.",
                promises=(
                    Promise(
                        "Pay back the deposit within five working days of getting the key", ahead(6), "Leanne Dobbs"
                    ),
                    Promise("Pay back all 63 old deposits", ahead(68), "Leanne Dobbs"),
                ),
            ),
            Says(wd(2.2), "nell", "Mine came on Friday. £40 never looked so big."),
        ),
    ),
)
