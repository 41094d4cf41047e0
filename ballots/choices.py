"""Whether what somebody chose can be a paper of this ballot. Says what is wrong and how to put it right."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ballots.exceptions import NotValid
from ballots.models import Ballot

BEST_SCORE = 5


def valid_choices(ballot: Ballot, codes: Iterable[str], choices: Mapping[str, int]) -> dict[str, int]:
    """The choices as they go on the paper; an empty paper is a vote for none of them.

    Raises NotValid where an option is not on the ballot, a number is out of range, a place is given twice, or there
    are more choices than the ballot allows.
    """
    known = list(codes)
    if set(choices) - set(known):
        raise NotValid(_("This choice is not on the ballot. Look at the page again."))
    if any(isinstance(value, bool) or not isinstance(value, int) for value in choices.values()):
        raise NotValid(_("Use whole numbers only."))
    kept = {code: choices[code] for code in known if code in choices}
    if ballot.method == Ballot.Method.SCORE:
        if any(not 0 <= value <= BEST_SCORE for value in kept.values()):
            raise NotValid(_("Give each a score from 0 to 5, or none."))
    elif ballot.method == Ballot.Method.RANKED:
        kept = _places(kept)
    elif any(value != 1 for value in kept.values()):
        raise NotValid(_("Tick what you would back, and leave the rest."))
    if ballot.most_choices and len(kept) > ballot.most_choices:
        raise NotValid(
            ngettext(
                "You may choose %(most)d at most. Take one away.",
                "You may choose %(most)d at most. Take some away.",
                ballot.most_choices,
            )
            % {"most": ballot.most_choices}
        )
    return kept


def _places(given: dict[str, int]) -> dict[str, int]:
    """Places from 1 without a gap, whatever numbers were typed. A place that is given twice is refused."""
    if len(set(given.values())) != len(given):
        raise NotValid(_("Two of your choices have the same number. Give each its own."))
    if any(value < 1 for value in given.values()):
        raise NotValid(_("Number your choices from 1. Leave the rest empty."))
    order = sorted(given, key=lambda code: given[code])
    return {code: order.index(code) + 1 for code in given}
