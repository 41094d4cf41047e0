"""What may be done with an endpoint in which state."""

from django.utils.translation import gettext_lazy as _

from webhooks.exceptions import NotNow
from webhooks.models import Endpoint

UNCONFIRMED, ACTIVE, PAUSED, DISABLED, ENDED = Endpoint.State

ALLOWED: dict[str, frozenset[str]] = {
    "confirm": frozenset({UNCONFIRMED}),
    "test": frozenset({ACTIVE}),
    "replay": frozenset({ACTIVE}),
    "pause": frozenset({ACTIVE}),
    "resume": frozenset({PAUSED, DISABLED}),
    "rotate": frozenset({ACTIVE, PAUSED, DISABLED}),
    "stop": frozenset({UNCONFIRMED, ACTIVE, PAUSED, DISABLED}),
    "end": frozenset({UNCONFIRMED, ACTIVE, PAUSED, DISABLED}),
}


# Why a step is closed in a state, and what to do about it.
_ALREADY = {
    ("pause", PAUSED): _("You have paused it already."),
    ("pause", DISABLED): _("We have switched it off already."),
    ("resume", ACTIVE): _("It is on already."),
}
_CLOSED = {
    UNCONFIRMED: _("Confirm it first, by the link in our e-mail."),
    PAUSED: _("You have paused it. Switch it on first."),
    DISABLED: _("We have switched it off. Switch it on first."),
    ENDED: _("This webhook has ended."),
}


def may(step: str, endpoint: Endpoint) -> bool:
    """Whether this step is open now. What operators stopped its owner cannot switch on again."""
    if step == "resume" and endpoint.why_disabled == Endpoint.Why.STOPPED:
        return False
    return endpoint.state in ALLOWED[step]


def require(step: str, endpoint: Endpoint) -> None:
    """Refuse a step that is closed."""
    if may(step, endpoint):
        return
    if endpoint.why_disabled == Endpoint.Why.STOPPED and endpoint.state == DISABLED:
        raise NotNow(_("The people who run this site have stopped it."))
    state = Endpoint.State(endpoint.state)
    raise NotNow(str(_ALREADY.get((step, state)) or _CLOSED.get(state) or _("That cannot be done now.")))
