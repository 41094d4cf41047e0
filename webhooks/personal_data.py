"""What this room holds of a person, and how it is erased: webhooks hang on an e-mail address, not on an account."""

from typing import Any

from accounts.addresses import addresses_of
from accounts.models import User
from webhooks.actions.managing import end_endpoint
from webhooks.models import Endpoint


def export(user: User) -> dict[str, Any]:
    """The webhooks of the person's addresses."""
    rows = _of(user).values("url", "state", "created_at", "confirmed_at")
    return {"endpoints": list(rows)}


def erase(user: User) -> None:
    """They end, and the address goes with them."""
    for endpoint in _of(user):
        end_endpoint(endpoint=endpoint)


def _of(user: User) -> Any:
    return Endpoint.objects.filter(email__in=addresses_of(user))
