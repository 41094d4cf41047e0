"""What the estate thinks of what is open: most of it they share, and in a few things older and younger homes differ."""

# 1: what the older homes want and the younger do not, −1 the other way round. What is not named here all of them want.
LEANS = {
    "A bench half way up Mill Lane": 1,
    "Quiet hours for the building work": 1,
    "Blood tests in the community room once a month": 1,
    "Chair exercise with a nurse on Mondays": 1,
    "Six chickens behind Linnet Row": -1,
    "Homework club with wifi in the community room": -1,
    "A gate on the play area that shuts by itself": -1,
    "A shed of tools that we lend each other": -1,
}
OLDER, YOUNGER = 19, 16  # how many of each answered
ANSWERED = 0.85  # of the open proposals, on average
# Out of one: how often they agree and how often they pass; for the rest they disagree.
SHARED, OWN, OTHERS = (0.9, 0.06), (0.86, 0.08), (0.12, 0.2)
