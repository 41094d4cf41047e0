"""How the tests of this room look at what people were told."""

from collections.abc import Callable

import pytest

from notifications.actions.relaying import relay_waiting_events
from notifications.models import Follow, Notification
from record.models import Event

Told = dict[str, str]


@pytest.fixture
def told() -> Callable[[str], Told]:
    """told(kind): relay everything, then who was told of events of this kind, by display name, and why."""

    def look(kind: str) -> Told:
        relay_waiting_events()
        assert not Event.objects.filter(relayed_at=None).exists()
        rows = Notification.objects.filter(kind=kind).select_related("user")
        return {row.user.display_name: row.why for row in rows}

    return look


@pytest.fixture
def follow_row() -> Callable[..., Follow]:
    """follow_row(user, thing): that person follows that thing, without asking."""

    def make(user: object, thing: object, **more: object) -> Follow:
        kind = thing._meta.model_name  # type: ignore[attr-defined]
        fields = {"why": Follow.Why.CHOSE} | more
        return Follow.objects.create(user=user, subject_type=kind, subject_id=thing.pk, **fields)  # type: ignore

    return make
