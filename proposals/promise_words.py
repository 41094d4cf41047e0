"""What became of a promise, in words: one way for every page that shows it, and for rooms that cannot see this one."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Community
from communities.working_days import working_days_between
from proposals.models.commitment import Commitment
from words import dates

C = Commitment.State


@dataclass(frozen=True)
class PromiseWords:
    """`said` is the state, in bold; `more` the dates and how it came about; `quote` what whoever changed the state
    typed."""

    is_late: bool
    is_bad: bool  # late, disputed or dropped: the brick colour
    said: str
    more: str
    quote: str


def words_of(promise: Commitment, community: Community, today: date) -> PromiseWords:
    """No query: `community` is that of the promise, whose days of work count."""
    late = promise.is_late(today)
    return PromiseWords(
        is_late=late,
        is_bad=late or promise.state in (C.DISPUTED, C.DROPPED),
        said=_late_words(promise, community, today) if late and promise.state != C.DISPUTED else _said(promise),
        more=_more(promise, late=late),
        quote=_quote(promise),
    )


def _late_words(promise: Commitment, community: Community, today: date) -> str:
    """Once it is broken, it is called broken: the open data count it so."""
    days = working_days_between(promise.due_on, today, community)
    if days <= 0:  # past its date by a weekend
        return _("Broken, and late.") if promise.broken_on else _("Late.")
    if promise.broken_on:
        said = ngettext("Broken: %(days)d working day late.", "Broken: %(days)d working days late.", days)
    else:
        said = ngettext("Late by %(days)d working day.", "Late by %(days)d working days.", days)
    return said % {"days": days}


def _said(promise: Commitment) -> str:
    return {
        C.PROMISED: _("Promised."),
        C.CHANGED: _("Promised, and changed."),
        C.IN_PROGRESS: _("Started."),
        C.CLAIMED_DONE: _("They say it is done.") if promise.organisation_id else _("Said to be done."),
        C.CONFIRMED: _("Kept: residents agree it is done.")
        if promise.confirmed_how != Commitment.ConfirmedHow.UNDISPUTED
        else _("Kept: nobody said that it is not done."),
        C.DISPUTED: _("Disputed: residents say it is not done."),
        C.DROPPED: _("Broken: dropped."),
    }[C(promise.state)]


def _more(promise: Commitment, *, late: bool) -> str:
    due = {"day": dates.long_date(promise.due_on)}
    if promise.state == C.CONFIRMED:
        return f"{_('Promised for %(day)s.') % due} {_how_confirmed(promise)}".strip()
    if promise.state == C.CLAIMED_DONE:
        said = _("Promised for %(day)s.") % due
        if promise.done_count:
            agree = ngettext("%(count)d resident agrees.", "%(count)d residents agree.", promise.done_count)
            said = f"{said} {agree % {'count': promise.done_count}}"
        return said
    if promise.state == C.DROPPED:
        return _("It was promised for %(day)s.") % due
    if late or promise.state == C.DISPUTED:
        return _("It was due on %(day)s.") % due
    return _("Due by %(day)s.") % due


def _how_confirmed(promise: Commitment) -> str:
    if promise.confirmed_how == Commitment.ConfirmedHow.AUTHOR:
        return _("The one who tabled this said so.")
    if promise.confirmed_how == Commitment.ConfirmedHow.SUPPORTERS:
        count = promise.done_count
        return ngettext("%(count)d resident said so.", "%(count)d residents said so.", count) % {"count": count}
    return ""


def _quote(promise: Commitment) -> str:
    return {C.CLAIMED_DONE: promise.claim_note, C.DISPUTED: promise.dispute_reason, C.DROPPED: promise.drop_reason}.get(
        C(promise.state), ""
    )
