"""The one story line of a proposal: six steps, residents' moves and the organisation's, with real dates.

Pure: from the rows that the page has read anyway, and the day. The mark is words.marks.story.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Rule
from proposals.models import Ask, Commitment, Proposal
from record import clock
from words import dates
from words.marks import clock_words

S = Proposal.State
Step = dict[str, Any]

_ENDED = {S.WITHDRAWN, S.MERGED, S.LAPSED}
_DECIDED = {S.DECIDED, S.DELIVERING, S.DELIVERED}


def story_of(
    proposal: Proposal, asks: Sequence[Ask], promises: Sequence[Commitment], names: Sequence[str], today: date
) -> list[Step]:
    """The steps for `{% story %}`. `asks` carry their `clock` (clocks.with_clocks); `names` are of those who answer."""
    ours = proposal.rule is not None and proposal.rule.who_decides == Rule.WhoDecides.RESIDENTS
    steps = [_tabled(proposal), _backed(proposal)]
    if not ours or proposal.asked_at:
        steps += [_asked(proposal, names), _answered(proposal, asks)]
    steps += [_decided(proposal, names, ours=ours), _done(proposal, promises, today)]
    if proposal.state in _ENDED:
        steps = [step for step in steps if step["state"] == "past"] + [_ended(proposal)]
    return steps


def _tabled(proposal: Proposal) -> Step:
    note = _("by %(name)s") % {"name": proposal.author.display_name} if proposal.author else ""
    return _step("res", "past", _("Tabled"), on=_day(proposal.tabled_at), note=note)


def _backed(proposal: Proposal) -> Step:
    if proposal.threshold_reached_at:
        return _step("res", "past", _("Backed"), on=_day(proposal.threshold_reached_at), note=_voices(proposal))
    if proposal.called_in_reason:
        return _step(
            "res", "past", _("Called in"), on=_day(proposal.asked_at), note=_("by a facilitator, with a reason")
        )
    if proposal.state == S.TABLED:
        note = _("until %(day)s") % {"day": dates.long_date(proposal.gather_until)} if proposal.gather_until else ""
        return _step("res", "now", _("Gathering backing"), text=_so_far(proposal), note=note)
    state = "past" if proposal.asked_at else "next"
    return _step("res", state, _("Backed"), note=_voices(proposal) if proposal.asked_at else "")


def _voices(proposal: Proposal) -> str:
    if proposal.original_signatures:
        count = proposal.threshold
        return ngettext("%(count)s signature", "%(count)s signatures", count) % {"count": f"{count:,}"}
    return ngettext("%(count)d neighbour", "%(count)d neighbours", proposal.threshold) % {"count": proposal.threshold}


def _asked(proposal: Proposal, names: Sequence[str]) -> Step:
    who = _and(names)
    if proposal.asked_at:
        return _step("res", "past", _("Asked"), on=_day(proposal.asked_at), note=who)
    return _step("res", "next", _("Asked"), text=_("When enough neighbours back it"), note=who)


def _answered(proposal: Proposal, asks: Sequence[Ask]) -> Step:
    waiting = [ask for ask in asks if ask.is_open]
    late = any(ask.clock.is_late or ask.clock.days_over for ask in asks)  # type: ignore[attr-defined]
    if proposal.state in _ENDED:
        return _step("org", "next", _("Answered"))
    if proposal.state == S.AWAITING_RESPONSE and waiting:
        next_due = min(waiting, key=lambda ask: ask.due_on)
        text = clock_words(next_due.clock)  # type: ignore[attr-defined]
        note = _("Due %(day)s") % {"day": dates.long_date(next_due.due_on)}
        if len(asks) > 1:
            note = _("%(done)d of %(all)d have answered") % {"done": len(asks) - len(waiting), "all": len(asks)}
        return _step("org", "now", _("Waiting for an answer"), late=late, text=text, note=note)
    if asks and not waiting:
        last = max(ask.answered_on for ask in asks if ask.answered_on)
        most = max(ask.clock.days_over for ask in asks)  # type: ignore[attr-defined]
        return _step("org", "past", _("Answered"), late=late, on=last, note=dates.late(most) if most else "")
    if proposal.decided_at:
        return _step("org", "past", _("Answered"), note=_("at a meeting"))
    return _step("org", "next", _("Answered"), text=_("In public, by a date"))


def _decided(proposal: Proposal, names: Sequence[str], *, ours: bool) -> Step:
    decision = proposal.decision
    if decision is not None:
        how, side = _HOW[decision.decided_by]
        over = decision.overruling
        note = _("overruled on %(day)s") % {"day": dates.long_date(over.decided_on, with_year=True)} if over else ""
        return _step(side, "past", _("Decided"), late=bool(over), on=decision.decided_on, text=str(how()), note=note)
    side = "res" if ours else "org"
    if proposal.source_id:  # brought in from another site: nothing is decided here
        return _step(side, "next", _("Not decided here"), text=_("This came from another site"))
    note = _who_decides(proposal.rule.who_decides if proposal.rule else "", names)
    if proposal.state == S.DECIDING:
        text = _("It waits for %(what)s") % {"what": proposal.get_waits_for_display()} if proposal.waits_for else ""
        return _step(side, "now", _("Being decided"), text=text, note=note)
    if proposal.state == S.RESPONDED:
        return _step(side, "now", _("To be decided"), text=_("From the answer"), note=note)
    return _step(side, "next", _("Decided"), text="" if ours else _("After the answer"), note=note)


def _who_decides(rule: str, names: Sequence[str]) -> str:
    if rule == Rule.WhoDecides.RESIDENTS:
        return _("Residents decide")
    if rule == Rule.WhoDecides.TOGETHER:
        return _("%(names)s decide together") % {"names": _and([_("Residents"), *names])}
    if rule == Rule.WhoDecides.ORGANISATION:
        words = ngettext(
            "%(names)s decides, after asking residents", "%(names)s decide, after asking residents", len(names)
        )
        return words % {"names": _and(names)}
    return ""


def _and(names: Sequence[str]) -> str:
    """“A”, “A and B”, “A, B and C”."""
    return get_text_list(list(names), _("and"))


_HOW: dict[str, tuple[Any, str]] = {
    "residents": (lambda: _("by residents"), "res"),
    "together": (lambda: _("together"), "org"),
    "organisation_after_consulting": (lambda: _("after asking residents"), "org"),
    "organisation_alone": (lambda: _("by the organisation alone"), "org"),
    "organisation_overruling_residents": (lambda: _("over what residents said"), "org"),
}


def _done(proposal: Proposal, promises: Sequence[Commitment], today: date) -> Step:
    late = any(promise.is_late(today) or promise.broken_on for promise in promises)
    if proposal.state == S.DELIVERED:
        return _step("res", "past", _("Done"), late=late, on=_day(proposal.delivered_at), note=_("Residents agree"))
    if proposal.state == S.DELIVERING:
        text = ngettext("%(count)d promise", "%(count)d promises", len(promises)) % {"count": len(promises)}
        return _step("res", "now", _("Being done"), late=late, text=text, note=_kept_and_late(promises, today))
    if proposal.state == S.DECIDED:
        text = _("Nothing is promised") if not promises else _kept_and_late(promises, today)
        return _step("res", "next", _("Done"), late=late, text=text)
    if proposal.source_id:
        return _step("res", "next", _("Done"), text=_("Not followed here"))
    return _step("res", "next", _("Done"), text=_("When you say so"), note=_("Residents check it"))


def _kept_and_late(promises: Sequence[Commitment], today: date) -> str:
    kept = sum(promise.state == Commitment.State.CONFIRMED for promise in promises)
    late = sum(promise.is_late(today) for promise in promises)
    said = [ngettext("%(count)d is kept", "%(count)d are kept", kept) % {"count": kept}]
    if late:
        said.append(ngettext("%(count)d is late", "%(count)d are late", late) % {"count": late})
    return ", ".join(said)


def _ended(proposal: Proposal) -> Step:
    titles = {
        S.WITHDRAWN: _("Taken off the table"),
        S.MERGED: _("Joined to another"),
        S.LAPSED: _("Not enough backing"),
    }
    note = _so_far(proposal) if proposal.state == S.LAPSED else ""
    return _step("res", "now", titles[S(proposal.state)], on=_day(proposal.ended_at), note=note)


def _so_far(proposal: Proposal) -> str:
    """How many of how many: neighbours here, or signatures where it was brought in from another site."""
    if proposal.original_signatures is not None:
        counts = {"count": f"{proposal.original_signatures:,}", "needed": f"{proposal.threshold:,}"}
        return _("%(count)s of %(needed)s signatures") % counts
    return _("%(count)d of %(needed)d neighbours") % {"count": proposal.supports_count, "needed": proposal.threshold}


def _day(moment: datetime | None) -> date | None:
    return clock.local_date(moment) if moment else None


def _step(
    side: str, state: str, title: str, *, late: bool = False, on: date | None = None, text: str = "", note: str = ""
) -> Step:
    return {"side": side, "state": state, "title": title, "late": late, "on": on, "text": text, "note": note}
