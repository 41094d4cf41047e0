"""Who is signed in: allauth checks it, and on each later request the person is read again, with their session."""

from contextvars import ContextVar
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import auth
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from words.compiled import compiled

_at_hand: ContextVar[User | None] = ContextVar("person at hand", default=None)


@compiled
def _people(*, person: UUID) -> QuerySet[Any]:
    return User.objects.filter(pk=person)


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> User | None:
        """The person of a session; None where they are gone or were switched off meanwhile."""
        person = _at_hand.get()
        if person is None or person.pk != user_id:
            found = _people(person=user_id)
            person = found[0] if found else None
        return person if person is not None and self.user_can_authenticate(person) else None


class SignedInMiddleware(AuthenticationMiddleware):
    """`request.user`, as Django finds and checks it; but the person comes with the session, not by a query more."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]


def person_of(request: Any) -> User | AnonymousUser:
    """Who is signed in. `request.user` stands for the same, but each look at it costs a detour."""
    if not hasattr(request, "_cached_user"):
        request.session.get(SESSION_KEY)  # reads the session, and the person with it
        held = _at_hand.set(getattr(request.session, "person", None))
        try:
            request._cached_user = auth.get_user(request)
        finally:
            _at_hand.reset(held)
    person: User | AnonymousUser = request._cached_user
    return person
