"""Following, muting, and the follows that come of tabling, backing and speaking."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Organisation
from notifications.bulk import insert_select
from notifications.exceptions import NotFound
from notifications.models import Follow, Notification
from proposals.models import Comment, Proposal, Support
from record import clock
from record.models import Event

BY_DOING = (Follow.Why.TABLED, Follow.Why.BACKED, Follow.Why.COMMENTED)
KINDS_THAT_MAKE_FOLLOWS = (
    "proposal.tabled",
    "proposal.backed",
    "proposal.backing_withdrawn",
    "proposal.threshold_reached",  # the backing that made the threshold is announced as this
    "comment.added",
    "proposal.merged",
)


def visible_subject(subject_type: str, subject_id: UUID, user: User) -> Proposal | Community | Organisation:
    """What may be followed: what the person may see. NotFound for anything else."""
    found: Proposal | Community | Organisation | None = None
    if subject_type == "proposal":
        proposals = Proposal.objects.visible_to(user).tabled().select_related("community")
        found = proposals.filter(pk=subject_id).first()
    elif subject_type == "community":
        found = Community.objects.visible_to(user).filter(pk=subject_id).first()
    elif subject_type == "organisation":
        found = Organisation.objects.filter(pk=subject_id).first()
    if found is None:
        raise NotFound(_("There is nothing here to follow."))
    return found


@transaction.atomic
def follow(*, subject_type: str, subject_id: UUID, acting_user: User) -> Follow:
    """Hear of something, or hear of it again after muting. Twice changes nothing."""
    visible_subject(subject_type, subject_id, acting_user)
    row, is_new = Follow.objects.get_or_create(
        user=acting_user, subject_type=subject_type, subject_id=subject_id, defaults={"why": Follow.Why.CHOSE}
    )
    if not is_new and row.muted_at is not None:
        row.muted_at = None
        row.save(update_fields=["muted_at"])
    return row


@transaction.atomic
def unfollow(*, subject_type: str, subject_id: UUID, acting_user: User) -> None:
    """Stop following. Also for what the person may no longer see. Twice changes nothing."""
    Follow.objects.filter(user=acting_user, subject_type=subject_type, subject_id=subject_id).delete()


@transaction.atomic
def mute(*, subject_type: str, subject_id: UUID, acting_user: User, why: str = Follow.Why.CHOSE) -> Follow:
    """Hear nothing more of something, whatever the reason was, until it is followed again. What the person may
    no longer see can still be muted, where they follow it or were told of it.

    `why` is kept where there was no follow: an officer on duty, or somebody who was only answered.
    """
    subject = {"user": acting_user, "subject_type": subject_type, "subject_id": subject_id}
    if not Follow.objects.filter(**subject).exists() and not Notification.objects.filter(**subject).exists():
        visible_subject(subject_type, subject_id, acting_user)
    row, _is_new = Follow.objects.get_or_create(**subject, defaults={"why": why})
    if row.muted_at is None:
        row.muted_at = clock.now()
        row.save(update_fields=["muted_at"])
    return row


def keep_follows(event: Event) -> None:
    """A step of the relay: make the follows that this event brings, or take one away.

    It looks at how things stand now, not at what the event says, so the order of events and how often one
    is taken up make no difference.
    """
    proposal = event.payload.get("proposal")
    if event.kind not in KINDS_THAT_MAKE_FOLLOWS or proposal is None:
        return
    if event.kind == "proposal.merged":
        _follow_along(UUID(proposal), UUID(event.payload["into"]))
    elif event.actor_id is not None:
        _keep_follow(event.actor_id, UUID(proposal))


def keep_follows_before(event: Event) -> None:
    """The same for earlier events of this proposal that another relay may hold at this moment: whoever backed
    it before it was answered hears of the answer."""
    proposal = event.payload.get("proposal")
    if proposal is None:
        return
    earlier = Event.objects.filter(relayed_at=None, pk__lt=event.pk, kind__in=KINDS_THAT_MAKE_FOLLOWS)
    for row in earlier.filter(payload__proposal=proposal).order_by("pk"):
        keep_follows(row)


def _keep_follow(user_id: UUID, proposal_id: UUID) -> None:
    acts = (
        User.objects.filter(pk=user_id, is_active=True, erased_at=None)
        .values_list(
            Exists(Proposal.objects.filter(pk=proposal_id, author=OuterRef("pk"))),
            Exists(Support.objects.filter(proposal=proposal_id, user=OuterRef("pk"))),
            Exists(Comment.objects.filter(proposal=proposal_id, author=OuterRef("pk"), removed_at=None)),
        )
        .first()
    )
    if acts is None:
        return
    why = next((why for why, did in zip(BY_DOING, acts, strict=True) if did), None)
    own = Follow.objects.filter(user=user_id, subject_type="proposal", subject_id=proposal_id)
    if why is None:
        own.filter(why__in=BY_DOING, muted_at=None).delete()
    elif not own.filter(why__in=BY_DOING).exclude(why=why).update(why=why):
        row = Follow(user_id=user_id, subject_type="proposal", subject_id=proposal_id, why=why)
        Follow.objects.bulk_create([row], ignore_conflicts=True)


def _follow_along(duplicate: UUID, into: UUID) -> None:
    """Whoever followed the duplicate follows what it was joined to."""
    rows = Follow.objects.filter(subject_type="proposal", subject_id=duplicate, muted_at=None)
    columns = {
        "user": F("user_id"),
        "subject_type": "proposal",
        "subject_id": into,
        "why": F("why"),
        "created_at": clock.now(),
    }
    insert_select(Follow, columns, rows)
