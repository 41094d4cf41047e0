"""What this room holds of a person."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """The person's own row, their addresses and their ways to sign in (never the secrets of those)."""
    return {
        "display_name": user.display_name,
        "legal_name": user.legal_name,
        "email": user.email,
        "phone": user.phone,
        "address": user.address,
        "language": user.language,
        "joined": user.date_joined,
        "last_sign_in": user.last_login,
        "email_addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "ways_to_sign_in": list(Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")),
    }
