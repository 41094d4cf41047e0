"""Who is signed in: allauth checks it, and on each later request the person is read again."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from accounts.models import User
from words.compiled import compiled


@compiled
def _people(*, person: UUID) -> QuerySet[Any]:
    return User.objects.filter(pk=person)


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> User | None:
        """The person of a session; None where they are gone or were switched off meanwhile."""
        found = _people(person=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
