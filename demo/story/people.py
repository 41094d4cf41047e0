"""Who lives at Larkfield Estate, and who works there. All of them are made up."""

from typing import Any

from demo.story.place_shapes import Body, Officer, Resident

PLACE: dict[str, Any] = {
    "slug": "larkfield",
    "name": "Larkfield Estate",
    "summary": (
        "612 homes in five blocks between the canal and Mill Lane. Five years of arguing about the bins, and the best "
        "plum tree in Eastbrook."
    ),
    "place": "Eastbrook EB4",
    "homes": 612,
}

ORGANISATIONS = (
    Body(
        "penhale-homes",
        "Penhale Homes",
        "housing",
        "The landlord of Larkfield Estate and of 4,100 other homes in and around Eastbrook.",
    ),
    Body(
        "eastbrook-council",
        "Eastbrook Council",
        "council",
        "Looks after the streets, the bins, the street lamps and the play areas.",
    ),
    Body(
        "canalside-nhs-trust",
        "Canalside NHS Trust",
        "health",
        "Runs the health visitors, the district nurses and the clinic on Mill Lane.",
        second_pair_of_eyes=True,
    ),
)

FACILITATOR = Officer("facilitator", "Fay Okoro", "facilitator", email="facilitator@demo.toptable.example")

OFFICERS = (
    Officer("priya", "Priya Nair", "housing manager", "penhale-homes", "officer@demo.toptable.example"),
    Officer("martin", "Martin Hale", "head of repairs", "penhale-homes"),
    Officer("sam", "Sam Oduya", "estate services lead", "penhale-homes"),
    Officer("ruth", "Ruth Campion", "director of property", "penhale-homes"),
    Officer("leanne", "Leanne Dobbs", "income and charges manager", "penhale-homes"),
    Officer("josh", "Josh Amadi", "lettings officer", "penhale-homes"),
    Officer("owen", "Owen Pryce", "parks officer", "eastbrook-council"),
    Officer("farah", "Farah Siddiqui", "street engineer", "eastbrook-council"),
    Officer("graham", "Graham Tully", "waste and recycling manager", "eastbrook-council"),
    Officer(
        "nkechi", "Dr Nkechi Adeyemi", "community services manager", "canalside-nhs-trust", "nhs@demo.toptable.example"
    ),
    Officer("helen", "Helen Marsh", "health visitor team lead", "canalside-nhs-trust"),
    Officer("colin", "Colin Brace", "head of buildings", "canalside-nhs-trust"),
)

HERON, PLOVER, KESTREL, LINNET, WREN = "Heron House", "Plover Court", "Kestrel House", "Linnet Row", "Wren Walk"

RESIDENTS = (
    Resident("amina", "Amina Y.", HERON, "resident@demo.toptable.example"),
    Resident("delroy", "Delroy M.", KESTREL, "chair@demo.toptable.example"),
    Resident("joyce", "Joyce A.", HERON),
    Resident("tomasz", "Tomasz K.", WREN),
    Resident("carol", "Carol F.", PLOVER),
    Resident("bilal", "Bilal H.", HERON),
    Resident("okafor", "Mrs Okafor", LINNET),
    Resident("dave", "Bin Night Dave", WREN),
    Resident("pat", "Nana Pat", PLOVER),
    Resident("hugh", "Hugh E.", LINNET),
    Resident("mei", "Mei L.", KESTREL),
    Resident("sian", "Siân W.", PLOVER),
    Resident("yusuf", "Yusuf I.", HERON),
    Resident("grace", "Grace T.", KESTREL),
    Resident("kofi", "Kofi B.", LINNET),
    Resident("ewa", "Ewa P.", WREN),
    Resident("ahmed", "Ahmed S.", PLOVER),
    Resident("lorna", "Lorna McK.", HERON),
    Resident("ravi", "Ravi D.", KESTREL),
    Resident("fatima", "Fatima Z.", WREN),
    Resident("third", "Third floor, Plover", PLOVER),
    Resident("stan", "Stan G.", LINNET),
    Resident("ines", "Inês R.", HERON),
    Resident("callum", "Callum J.", KESTREL),
    Resident("precious", "Precious N.", PLOVER),
    Resident("wei", "Wei C.", WREN),
    Resident("maureen", "Maureen O.", LINNET),
    Resident("dee", "Dee", HERON),
    Resident("ibrahim", "Ibrahim K.", KESTREL),
    Resident("bronwen", "Bronwen H.", PLOVER),
    Resident("luis", "Luis F.", WREN),
    Resident("shanice", "Shanice B.", HERON),
    Resident("arthur", "Arthur P.", PLOVER),
    Resident("zara", "Zara Q.", KESTREL),
    Resident("nikos", "Nikos V.", LINNET),
    Resident("tess", "Tess D.", WREN),
    Resident("omar", "Omar L.", HERON),
    Resident("jean", "Jean W.", PLOVER),
    Resident("marek", "Marek S.", KESTREL),
    Resident("adaeze", "Adaeze U.", LINNET),
    Resident("phil", "Phil at number 9", WREN),
    Resident("sunita", "Sunita P.", HERON),
    Resident("gareth", "Gareth L.", PLOVER),
    Resident("rosa", "Rosa M.", KESTREL),
    Resident("hamza", "Hamza A.", LINNET),
    Resident("elsie", "Elsie N.", PLOVER),
    Resident("jordan", "Jordan C.", WREN),
    Resident("beatriz", "Beatriz S.", HERON),
    Resident("winston", "Winston R.", KESTREL),
    Resident("magda", "Magda Z.", LINNET),
    Resident("sean", "Sean F.", WREN),
    Resident("leila", "Leila H.", PLOVER),
    Resident("reggie", "Reggie T.", HERON),
    Resident("anita", "Anita G.", KESTREL, joined=212.3),
    Resident("paolo", "Paolo D.", LINNET, joined=188.6),
    Resident("hazel", "Hazel B.", WREN, joined=151.2),
    Resident("kwame", "Kwame O.", PLOVER, joined=97.5),
    Resident("nell", "Nell", HERON, joined=63.4),
    Resident("viktor", "Viktor H.", KESTREL, joined=40.7),
    Resident("samira", "Samira E.", WREN, joined=12.2),
)

# Neighbours who read and vote, and say nothing here. Some have no e-mail and vote on paper or by phone.
_FIRST = (
    "Ada", "Ben", "Cora", "Dilip", "Edna", "Femi", "Gloria", "Harun", "Iris", "Jack", "Kemi", "Len", "Mona", "Ned", "Olga",
)  # fmt: skip
_BLOCKS = (HERON, PLOVER, KESTREL, LINNET, WREN)
_INITIALS = "BDGK"
VOTERS = tuple(
    Resident(f"voter{at}", f"{_FIRST[at % len(_FIRST)]} {_INITIALS[at // len(_FIRST)]}.", _BLOCKS[at % len(_BLOCKS)])
    for at in range(60)
)
