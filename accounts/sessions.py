"""Sessions in the database, as Django keeps them, and each knows whose it is: they are read with their person, in
one query that is put into SQL once."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Session, User
from words.compiled import compiled


class Found(NamedTuple):
    """A session that has not ended, and whose it is (None for somebody not signed in)."""

    session_data: str
    user: User | None


@compiled
def _sessions(*, key: str, now: datetime) -> QuerySet[Any]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).select_related("user")


def session_with_person(key: str, now: datetime) -> Found | None:
    """The session of this key that has not ended at `now`, with its person."""
    found: list[Session] = _sessions(key=key, now=now)
    return Found(found[0].session_data, found[0].user) if found else None


_find: Callable[[str, datetime], Found | None] = session_with_person


def found_by(find: Callable[[str, datetime], Found | None]) -> None:
    """Have sessions found by `find` instead, which reads more in the same query. For a room above, which this one may
    not import; called once, when the rooms are made ready."""
    global _find
    _find = find


class SessionStore(db.SessionStore):
    """Whose session it is stands in its sealed data, which counts, and in a column, by which it is found."""

    person: User | None = None  # as they were when the session was read

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether it can be a key of ours. Other marks cannot, and PostgreSQL does not take each of them (NUL)."""
        known: bool = super()._validate_session_key(key)  # type: ignore[misc]  # the stubs leave it out
        return bool(known and key and key.isascii() and key.isalnum())

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.user_id = UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What is sealed in the row. The seal of the same text is looked at once: the next request has a copy."""
        opened: dict[str, Any] = json.loads(_opened(session_data))
        return opened

    def _get_session_from_db(self) -> Found | None:
        """The row of this key, or None, and then the key is forgotten: nobody may choose their own."""
        session = _find(cast(str, self.session_key), timezone.now())
        if session is None:
            self._session_key = None
            return None
        self.person = session.user
        return session


@lru_cache(maxsize=1000)
def _opened(session_data: bytes | str) -> str:
    """As JSON, which nobody can change in passing. A broken seal is an empty session, as in Django."""
    return json.dumps(db.SessionStore().decode(session_data))
