"""A promise as a page shows it: its words (promise_words), who made it, and what the person who looks may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from communities.models import Community
from proposals import lifecycle, permissions
from proposals.models import Commitment
from proposals.promise_words import words_of

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

    @property
    def url(self) -> str:
        """Where it stands among the others: on the page of its proposal, or of the decision of a vote."""
        page = self.promise.proposal or self.promise.decision
        return f"{page.get_absolute_url()}#{self.promise.reference}" if page else ""


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
    words = words_of(promise, community, today)
    return PromiseLine(
        promise=promise,
        who=promise.by_whom or _who(promise),
        is_late=words.is_late,
        is_bad=words.is_bad,
        said=words.said,
        more=words.more,
        quote=words.quote,
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
