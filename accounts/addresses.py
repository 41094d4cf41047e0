"""Every e-mail address of a person: the one they sign in with, and those they added beside it."""

from allauth.account.models import EmailAddress

from accounts.models import User


def addresses_of(user: User) -> list[str]:
    """In small letters, each once. For rows that hang on an address and not on an account."""
    added = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return sorted({address.lower() for address in (user.email, *added) if address})
