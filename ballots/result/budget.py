"""A budget: where the money goes, who paid, whether it was fair, and what did not win."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ballots.models import Ballot, Count, Option
from ballots.result.parts import Dots, minor, percent, titles
from words.money import money

CLASSES = "abc"


def told(ballot: Ballot, options: Sequence[Option], count: Count) -> dict[str, Any]:
    """`pieces` of the pot, `winners`, `losers`, `dots` of this rule and `other`, `shares`."""
    working, names = count.working, titles(options)
    voters, naming = count.papers_count, working["naming"]
    other = working["other"]
    return {
        "template": "ballots/result_budget.html",
        "pieces": _pieces(ballot, working["winners"]),
        "unspent": working["unspent"],
        "winners": [_winner(ballot, row, names, voters) for row in working["winners"]],
        "losers": [_loser(ballot, row, names) for row in working["losers"]],
        "equal": working["rule"] == "equal_shares",
        "got": working["voters_with_a_pick"],
        "naming": naming,
        "dots": Dots(working["voters_with_a_pick"], naming),
        "other_dots": Dots(other["voters_with_a_pick"], naming),
        "other_got": other["voters_with_a_pick"],
        "other_equal": other["rule"] == "equal_shares",
        "more": working["voters_with_a_pick"] - other["voters_with_a_pick"],
        "other_only": [names[code] for code in other["winners"] if code not in count.winners],
        "other_not": [names[code] for code in count.winners if code not in other["winners"]],
        "shares": _shares(ballot, working.get("shares")),
    }


def _pieces(ballot: Ballot, winners: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pot as one bar, cut where each winner’s money ends."""
    pieces, at = [], 0
    for number, row in enumerate(winners, start=1):
        width = row["cost"]
        pieces.append(
            {
                "number": number,
                "kind": CLASSES[(number - 1) % len(CLASSES)],
                "x": percent(at, ballot.budget),
                "width": percent(max(width - ballot.budget // 200, 1), ballot.budget),
                "middle": percent(at + width // 2, ballot.budget),
                "wide": width * 25 >= ballot.budget,
            }
        )
        at += width
    if ballot.budget - at > ballot.budget // 100:
        pieces.append(
            {"kind": "e", "x": percent(at, ballot.budget), "width": percent(ballot.budget - at, ballot.budget)}
        )
    return pieces


def _winner(ballot: Ballot, row: dict[str, Any], names: dict[str, str], voters: int) -> dict[str, Any]:
    return {
        "title": names[row["code"]],
        "votes": row["votes"],
        "cost": row["cost"],
        "width": percent(row["votes"], voters),
        "story": _paid(ballot, row),
    }


def _paid(ballot: Ballot, row: dict[str, Any]) -> str:
    """Who paid for a winner."""
    ticked = ngettext("%(n)d person ticked it", "%(n)d people ticked it", row["votes"]) % {"n": row["votes"]}
    if row["phase"] == "free":
        return _("%(ticked)s. It costs nothing.") % {"ticked": ticked}
    if row["phase"] == "greedy":
        return _("%(ticked)s. It had the most ticks of what still fitted.") % {"ticked": ticked}
    paid = money(minor(row["paid_each"]), ballot.currency)
    if row["paid_less"] or row["paid_nothing"]:
        return _("%(ticked)s. Each paid up to %(paid)s from their share.") % {"ticked": ticked, "paid": paid}
    return _("%(ticked)s, so each paid %(paid)s from their share.") % {"ticked": ticked, "paid": paid}


def _loser(ballot: Ballot, row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {"title": names[row["code"]], "votes": row["votes"], "cost": row["cost"], "why": _why(ballot, row)}


def _why(ballot: Ballot, row: dict[str, Any]) -> str:
    """Why it did not win, in words."""
    short = minor(row.get("supporters_short"))
    reasons = {
        "unnamed": _("Nobody ticked it."),
        "share": _("Too few people ticked it."),
        "budget": _("It no longer fitted: %(left)s was left.") % {"left": money(row.get("left") or 0, ballot.currency)},
    }
    words = reasons.get(row["why"], _("Its supporters’ shares did not reach."))
    if short > 0:
        gap = _("What was left of its supporters’ shares was %(short)s short.")
        words = f"{words} {gap % {'short': money(short, ballot.currency)}}"
    return words


def _shares(ballot: Ballot, shares: dict[str, Any] | None) -> dict[str, Any] | None:
    if not shares:
        return None
    return {
        "first": money(minor(shares["first"]), ballot.currency),
        "last": money(minor(shares["last"]), ballot.currency),
        "step": money(shares["step"] or 0, ballot.currency),
        "raises": shares["raises"],
        "grew": shares["raises"] > 0,
    }
