"""What may be done with an endpoint in which state."""

from django.utils.translation import gettext as _

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


def may(step: str, endpoint: Endpoint) -> bool:
    """Whether this step is open now. What operators stopped its owner cannot switch on again."""
    if step == "resume" and endpoint.why_disabled == Endpoint.Why.STOPPED:
        return False
    return endpoint.state in ALLOWED[step]


def require(step: str, endpoint: Endpoint) -> None:
    """Refuse a step that is closed."""
    if not may(step, endpoint):
        raise NotNow(_("That cannot be done now: this webhook is %(state)s.") % {"state": endpoint.get_state_display()})
