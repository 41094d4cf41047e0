"""A promise as a page shows it: its state in words, whether it is late, and how it was kept or broken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.models import Community
from communities.working_days import working_days_between
from proposals import lifecycle, permissions
from proposals.models import Commitment
from words import dates

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

C = Commitment.State


@dataclass(frozen=True)
class PromiseLine:
    """One line of `.promises`. `can_*` say what the person who looks may do with it now."""

    promise: Commitment
    who: str
    is_late: bool
    is_bad: bool  # late, disputed or dropped: the brick colour
    said: str  # the state, in bold
    more: str  # dates and how it came about
    quote: str  # the words of whoever changed the state, as they were typed
    can_check: bool
    can_deliver: bool
    my_check: bool | None


def promise_lines(
    promises: Iterable[Commitment],
    user: "User | AnonymousUser",
    community: Community,
    today: date,
    *,
    has_backed: bool | None = None,
) -> list[PromiseLine]:
    """The lines. `promises` come with `organisation` and `promised_by`, and `my_check` where somebody is signed in.
    No query where `has_backed` is given and each promise knows its proposal."""
    return [_line(promise, user, community, today, has_backed) for promise in promises]


def _line(
    promise: Commitment, user: "User | AnonymousUser", community: Community, today: date, has_backed: bool | None
) -> PromiseLine:
    late = promise.is_late(today)
    return PromiseLine(
        promise=promise,
        who=promise.by_whom or _who(promise),
        is_late=late,
        is_bad=late or promise.state in (C.DISPUTED, C.DROPPED),
        said=_late_words(promise, community, today) if late and promise.state != C.DISPUTED else _said(promise),
        more=_more(promise, late=late),
        quote=_quote(promise),
        can_check=lifecycle.commitment_may(promise, "check")
        and permissions.can_check(user, promise, has_backed=has_backed),
        can_deliver=promise.organisation_id is None
        and promise.is_open
        and promise.state != C.CLAIMED_DONE
        and permissions.can_deliver(user, promise),
        my_check=getattr(promise, "my_check", None),
    )


def _who(promise: Commitment) -> str:
    if promise.organisation is not None:
        return promise.organisation.name
    name = promise.promised_by.display_name if promise.promised_by else ""
    return _("%(name)s, for residents") % {"name": name} if name else _("Residents")


def _late_words(promise: Commitment, community: Community, today: date) -> str:
    days = working_days_between(promise.due_on, today, community)
    if days <= 0:  # past its date by a weekend
        return _("Late.")
    return ngettext("Late by %(days)d working day.", "Late by %(days)d working days.", days) % {"days": days}


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
        C.DROPPED: _("Dropped."),
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
