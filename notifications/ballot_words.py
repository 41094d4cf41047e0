"""What is said of a vote. Never how somebody voted, and never that somebody has or has not."""

from django.conf import settings
from django.utils.translation import gettext as _

from ballots.models import Ballot
from decisions.models import Decision
from record import clock
from words import dates


def facts_of(ballot: Ballot, organisation: str) -> dict[str, str]:
    """Everything that a template of kinds.py may name of a vote."""
    return {
        "ballot": ballot.question,
        "opens": dates.date_and_time(ballot.opens_at) if ballot.opens_at else "",
        "closes": dates.date_and_time(ballot.closes_at) if ballot.closes_at else "",
        "result": _result(ballot, organisation),
        "entered": _entered(ballot),
    }


def is_still_news(kind: str, ballot: Ballot) -> bool:
    """A relay that comes late must not call people to a vote that is over."""
    match kind:
        case "ballot.announced":
            return ballot.state in (Ballot.State.ANNOUNCED, Ballot.State.OPEN)
        case "ballot.opened" | "ballot.closing_soon":
            return ballot.takes_votes(clock.now())
    return True


def tells_of(decision: Decision) -> bool:
    """Whether the result of a vote, which is told of by itself, says all that this decision says."""
    return (
        decision.basis_kind == Decision.Basis.BALLOT
        and decision.decided_by == Decision.DecidedBy.RESIDENTS
        and not decision.overrules_id
    )


def _result(ballot: Ballot, organisation: str) -> str:
    if not ballot.has_result:
        return ""
    if not ballot.quorum_met:
        return _("Too few voted, so nothing is decided. Proposals that were on it go to the next vote.")
    names = "; ".join(ballot.options.winners().values_list("title", flat=True))
    if not names:
        return _("Nothing had enough votes to win.")
    words = _("Residents chose: %(names)s.") % {"names": names}
    if organisation:
        asked = (
            _("%(organisation)s must now say what it will do, and by when.")
            if ballot.is_binding
            else _("%(organisation)s must now say in public whether it follows.")
        )
        words += " " + asked % {"organisation": organisation}
    return words


def _entered(ballot: Ballot) -> str:
    """What to do where it was not the person. Their own vote replaces it while the vote is open."""
    came = _("It came on paper or by phone, and a facilitator typed it in.")
    ask = _("ring us: %(phone)s") % {"phone": settings.SITE_PHONE} if settings.SITE_PHONE else _("write to us")
    if ballot.takes_votes(clock.now()):
        return came + " " + _("If that was not you, vote online: that replaces it. Or %(ask)s.") % {"ask": ask}
    return came + " " + _("If that was not you, %(ask)s.") % {"ask": ask}
