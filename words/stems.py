"""The words of a text as stems, so that "lights" and "lighting" meet. Rough: it suggests, it never decides."""

import re

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDINGS = ("ingly", "edly", "ings", "ing", "ies", "ied", "ers", "est", "ed", "er", "es", "ly", "s", "y", "e")
_SHORTEST = 3  # letters that must stay

# Words that say nothing of what a proposal is about.
_COMMON_WORDS = """
about above after again all also and any anyone are around because been before being below between both but
can cannot could did does doing don down during each every everyone few for from further get gets give goes
going good had has have having help here how into its itself just keep let like lot made make makes many may
more most much must need needs never new nobody not nothing now off old once one only other our out over own
people place please put residents same see she should since some somebody someone something such sure take
than that the their them then there these they thing things this those through time too under until use used
very want wants was way well were what when where which while who whole whose why will with without would year
years you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def stem(word: str) -> str:
    """The word in small letters without its ending: "lighting", "lights" and "lighted" are "light". A number or a
    reference has no ending: 1100 is not 110."""
    word = word.lower()
    if any(mark.isdigit() for mark in word):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]  # "stopped", "stopping" → "stop"
    return word


def stems(text: str) -> frozenset[str]:
    """The stems of the words that matter."""
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in _COMMON)
