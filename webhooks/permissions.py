"""Who may do what with an endpoint of somebody else. Its owner needs no right: the link of the mail is the key."""

from typing import TYPE_CHECKING

from accounts.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def can_stop(user: "User | AnonymousUser") -> bool:
    """Operators with the right to change webhooks."""
    return user.is_active and user.is_staff and user.has_perm("webhooks.change_endpoint")
