"""From one event to everyone who should know, a few thousand at a time, wholly in the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import translation

from accounts.models import User
from notifications.audiences import Audience, audiences_of, still_to_tell
from notifications.bulk import insert_select
from notifications.kinds import group_of
from notifications.models import Delivery, Notification, Preference
from notifications.stories import Story, path_of, words_of
from record import clock
from record.models import Event

AT_ONCE = 5_000  # people told in one transaction
MAIL_WITHIN = timedelta(days=14)  # what is older goes to the inbox alone: nobody wants last month's mail


@dataclass
class Told:
    """What one round of telling made. `is_all`: nobody is left to tell."""

    is_all: bool = True
    count: int = 0
    made: list[Q] = field(default_factory=list)  # the new notifications, each person at most once in each


def tell(story: Story, *, at_most: int | None = None) -> Told:
    """Make the notifications and deliveries of one event, for up to `at_most` people who have none yet.

    Call it again until `is_all`. A round that is cut off leaves nothing behind, and the next one begins with
    whoever is missing. The caller holds the event's lock and the transaction.
    """
    told, room, path = Told(), at_most or AT_ONCE, path_of(story)
    for audience in audiences_of(story):
        for code, speakers in _languages(audience.person):
            keys = _insert(story, audience, speakers, code, path, room)
            if keys:
                told.made.append(Q(event=story.event, pk__gte=min(keys), pk__lte=max(keys)))
                told.count += len(keys)
                room -= len(keys)
            if room == 0:  # perhaps there are more: the next round finds out
                told.is_all = False
                _insert_deliveries(story.event, told.made)
                return told
    _insert_deliveries(story.event, told.made)
    return told


def add_to_unread(made: Iterable[Q]) -> None:
    """Count new notifications on their people. These are locked in the order of their ids first, so that two
    relays that tell the same people never wait for each other in a circle."""
    each = [Notification.objects.filter(condition, in_inbox=True).values("user_id") for condition in made]
    if not each:
        return
    anyone = reduce(or_, (Q(pk__in=users) for users in each))
    locked = User.objects.filter(anyone).order_by("pk").select_for_update(no_key=True)
    list(locked.values_list("pk", flat=True))
    for users in each:
        User.objects.filter(pk__in=users).update(unread_notifications=F("unread_notifications") + 1)


def _languages(person: str) -> Iterator[tuple[str, Q]]:
    """Each language of the site with the people who read it; the first also has those who named another one."""
    codes = [code for code, _name in settings.LANGUAGES]
    others = [code for code in codes if code != settings.LANGUAGE_CODE]
    yield settings.LANGUAGE_CODE, ~Q(**{f"{person}__language__in": others}) if others else Q()
    for code in others:
        yield code, Q(**{f"{person}__language": code})


def _insert(story: Story, audience: Audience, speakers: Q, code: str, path: str, room: int) -> list[int]:
    with translation.override(code):
        words = words_of(story)
    event = story.event
    columns = {
        "user": F(f"{audience.person}_id"),
        "event": event.pk,
        "kind": event.kind,
        "title": words.title,
        "body": words.body,
        "path": path,
        "why": audience.why,
        "subject_type": audience.subject_type,
        "subject_id": audience.subject_id,
        "created_at": event.created_at,
        "in_inbox": F("wants_inbox"),
    }
    return insert_select(Notification, columns, still_to_tell(audience, story).filter(speakers)[:room])


def _insert_deliveries(event: Event, made: Iterable[Q]) -> None:
    """One e-mail each, but for those without an address and those who do not want it."""
    now = clock.now()
    if now - event.created_at > MAIL_WITHIN:
        return
    no_mail = Preference.objects.filter(user=OuterRef("user_id"), group=group_of(event.kind), by_email=False)
    columns = {
        "notification": F("pk"),
        "channel": Delivery.Channel.EMAIL.value,
        "status": Delivery.Status.WAITING.value,
        "attempts": 0,
        "next_attempt_at": now,
        "error": "",
    }
    for condition in made:
        wanted = Notification.objects.filter(condition, ~Exists(no_mail), user__email__isnull=False)
        insert_select(Delivery, columns, wanted)
