"""Whether a delivery is still wanted at the moment of sending: much may have changed since it was made."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from communities.models import Community, Membership
from notifications.kinds import KINDS, group_of
from notifications.models import Delivery, Follow, Preference

Pair = tuple[UUID, UUID]


def reasons_to_skip(deliveries: Sequence[Delivery]) -> dict[int, str]:
    """By delivery, why it is not wanted any more. Four queries, however many there are."""
    people = {delivery.notification.user_id for delivery in deliveries}
    muted, followed = _follows(people, deliveries)
    no_mail = set(Preference.objects.filter(user__in=people, by_email=False).values_list("user_id", "group"))
    hidden = _private_communities(deliveries)
    seats = set(
        Membership.objects.current()
        .filter(user__in=people, community__in=hidden)
        .values_list("user_id", "community_id")
    )
    found = {}
    for delivery in deliveries:
        notification = delivery.notification
        user, community = notification.user, notification.event.community_id
        if not user.is_active or user.erased_at is not None or not user.email:
            found[delivery.pk] = "no address"
        elif community in hidden and not user.is_superuser and (user.pk, community) not in seats:
            found[delivery.pk] = "may not see it any more"
        elif not _is_even_if_muted(notification.kind) and any(
            (user.pk, subject) in muted for subject in _subjects(delivery)
        ):
            found[delivery.pk] = "muted"
        elif _came_by_following(delivery) and (user.pk, notification.subject_id) not in followed:
            found[delivery.pk] = "not followed any more"
        elif (user.pk, group_of(notification.kind)) in no_mail:
            found[delivery.pk] = "no e-mail of this group"
    return found


def _follows(people: set[UUID], deliveries: Sequence[Delivery]) -> tuple[set[Pair], set[Pair]]:
    """Who muted what, and who follows what, among these."""
    subjects = {subject for delivery in deliveries for subject in _subjects(delivery)}
    subjects |= {delivery.notification.subject_id for delivery in deliveries}
    rows = Follow.objects.filter(user__in=people, subject_id__in=subjects)
    muted: set[Pair] = set()
    followed: set[Pair] = set()
    for user_id, subject_id, muted_at in rows.values_list("user_id", "subject_id", "muted_at"):
        (followed if muted_at is None else muted).add((user_id, subject_id))
    return muted, followed


def _subjects(delivery: Delivery) -> list[UUID]:
    """Whose mute silences it: its proposals and its community."""
    event = delivery.notification.event
    facts = event.payload
    proposals = facts.get("proposals") or [facts.get("proposal")]
    found = [UUID(str(pk)) for pk in proposals if pk]
    return found if event.community_id is None else [*found, event.community_id]


def _came_by_following(delivery: Delivery) -> bool:
    row = delivery.notification
    return row.why not in (Follow.Why.DUTY, Follow.Why.ROLL) and row.kind != "comment.added"


def _is_even_if_muted(kind: str) -> bool:
    return kind in KINDS and KINDS[kind].even_if_muted


def _private_communities(deliveries: Sequence[Delivery]) -> set[UUID]:
    """Communities that not everybody may see; one that is gone is seen by nobody."""
    asked = {delivery.notification.event.community_id for delivery in deliveries} - {None}
    public = Community.objects.filter(Q(pk__in=asked), is_public=True).values_list("pk", flat=True)
    return {pk for pk in asked - set(public) if pk is not None}
