"""What people change about themselves."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.addresses import addresses_of
from accounts.erasure import erase_everywhere, renamed_everywhere
from accounts.exceptions import NotAllowed, NotValid
from accounts.models import Session, User
from record import clock
from record.announcements import SYSTEM, announce

DETAILS = {"display_name", "legal_name", "phone", "address", "language"}
ERASED_NAME = "Former resident"


@transaction.atomic
def change_details(*, user: User, acting_user: User, **details: str) -> User:
    """Change one's own personal fields. Nobody changes somebody else's."""
    if user.pk != acting_user.pk:
        raise NotAllowed(_("You can only change your own details."))
    unknown = set(details) - DETAILS
    if unknown:
        raise ValueError(f"A person has no {', '.join(sorted(unknown))}")
    if not details.get("display_name", user.display_name).strip():
        raise NotValid(_("Choose a name that others see"), field="display_name")
    user = _locked(user)
    if user.erased_at is not None:  # meanwhile, in another tab
        raise NotAllowed(_("You can only change your own details."))
    old_name = user.display_name
    for name, value in details.items():
        setattr(user, name, value.strip())
    user.save(update_fields=sorted(details))
    if user.display_name != old_name:
        renamed_everywhere(user)
    return user


def _forget_in_log(user: User) -> None:
    """The admin's log names rows by what they looked like: of an address, by the address."""
    for address in addresses_of(user):
        LogEntry.objects.filter(object_repr__icontains=address).update(object_repr="", change_message="")


def _locked(user: User) -> User:
    """The row, but not its key: what the person does meanwhile refers to them, and need not wait; nor does the erasure
    wait for it while it holds what that needs."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def erase_user(*, user: User, acting_user: User) -> User:
    """Erase a person at their wish: address, names, words and sessions go; tallies and the record's chain stay.

    Twice changes nothing.
    """
    if user.pk != acting_user.pk:
        raise NotAllowed(_("You can only erase yourself."))
    user = _locked(user)
    if user.erased_at is not None:
        return user
    user.display_name = ERASED_NAME  # before the rooms: one of them knows whether it was a resident
    erase_everywhere(user)
    _forget_in_log(user)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.email = None
    user.legal_name = user.phone = user.address = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.erased_at = clock.now()
    user.set_unusable_password()
    user.save()
    Session.objects.filter(user=user).delete()
    announce("user.erased", subject=user, community=None, actor=SYSTEM, public=False)
    return user
