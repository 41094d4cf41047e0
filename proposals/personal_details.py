"""Spots what looks like somebody's address, e-mail or phone number, so that a page can ask before it is public.
A warning, never a block: the office's number may well belong in a proposal."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_LOOKS_LIKE: list[tuple[Promise, re.Pattern[str]]] = [
    (_("an e-mail address"), re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    (_("a phone number"), re.compile(r"(?<![\w£.,])(?:\+\d{1,3}[ -]?(?:\(0\))?|0)(?:[ -]?\d){8,11}(?!\w)")),
    (_("a postcode"), re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)),
    (
        _("somebody’s address"),
        re.compile(
            r"\b(?i:flat|apartment|apt|no\.?|number) ?\d{1,4}[a-z]?\b"
            r"|\b\d{1,4}[a-z]?,? (?:[A-Z][\w’'-]{1,30} ){1,3}"
            r"(?i:street|st|road|rd|lane|avenue|ave|close|court|house|walk|row|way|drive|gardens|terrace|place|square)\b"
        ),
    ),
]


def personal_details(*texts: str) -> list[Promise]:
    """What kinds of personal detail the texts seem to hold, such as “a phone number”. Empty where none."""
    together = "\n".join(texts)
    return [words for words, pattern in _LOOKS_LIKE if pattern.search(together)]
