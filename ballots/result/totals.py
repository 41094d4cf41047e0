"""A vote with too few papers to publish: what each option got, and nothing that a paper could be guessed from."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ballots.models import Ballot, Count, Option


def told(ballot: Ballot, options: Sequence[Option], count: Count) -> dict[str, Any]:
    """`rows`: each option with its total in words, the winners first."""
    ordered = sorted(options, key=lambda option: (option.place is None, option.place or 0, option.position))
    return {
        "template": "ballots/result_totals.html",
        "rows": [
            {"title": option.title, "won": option.place is not None, "total": _total(ballot, option)}
            for option in ordered
        ],
    }


def _total(ballot: Ballot, option: Option) -> str:
    n = option.total or 0
    if ballot.method == Ballot.Method.SCORE:
        return ngettext("%(n)d point", "%(n)d points", n) % {"n": n}
    if ballot.method == Ballot.Method.RANKED:
        return ngettext("%(n)d first place", "%(n)d first places", n) % {"n": n}
    return ngettext("%(n)d tick", "%(n)d ticks", n) % {"n": n} if n else _("no ticks")
