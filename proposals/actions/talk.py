"""Comments, and offers of help."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities.seats import actor_in, seat_of, seated
from proposals import permissions
from proposals.exceptions import NotValid
from proposals.guards import locked_proposal, require, require_step, require_words
from proposals.models import Comment, Offer, Proposal
from record import clock
from record.announcements import announce
from record.erasure import erase_words

LONGEST_COMMENT = 4000
LONGEST_OFFER = 200


@seated
def add_comment(
    *, proposal: Proposal, acting_user: User, body: str, submission: UUID, parent: Comment | None = None
) -> Comment:
    """Say something, or answer a comment. The same `submission` twice is one comment."""
    proposal = locked_proposal(proposal)
    require(permissions.can_comment(acting_user, proposal), _("Join this community to say something here."))
    require_step(proposal, "comment")
    body = require_words(body, "body", _("Write what you want to say."), most=LONGEST_COMMENT)
    if parent is not None and parent.proposal_id != proposal.pk:
        raise NotValid(_("That comment is not on this page."), field="body")
    seat = seat_of(acting_user, proposal.community_id)
    comment, is_new = Comment.objects.get_or_create(
        author=acting_user,
        submission=submission,
        defaults={
            "proposal": proposal,
            "parent_id": (parent.parent_id or parent.pk) if parent else None,
            "body": body,
            "role": seat.role if seat else "",
            "organisation": seat.organisation if seat else None,
            "job_title": seat.job_title if seat else "",
            "area": seat.area if seat else "",
        },
    )
    if not is_new:
        return comment
    Proposal.objects.filter(pk=proposal.pk).update(comments_count=F("comments_count") + 1, updated_at=clock.now())
    announce(
        "comment.added",
        subject=comment,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community),
        payload={
            "proposal": str(proposal.pk),
            "comment": str(comment.pk),
            "parent": str(comment.parent_id) if comment.parent_id else None,
        },
        texts={"body": comment.body},
    )
    return comment


@transaction.atomic
def remove_comment(*, comment: Comment, acting_user: User) -> Comment:
    """Its author takes a comment away: the words go, the place in the thread and the entry's digest stay."""
    proposal = locked_proposal(Proposal(pk=comment.proposal_id))
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    require(permissions.can_remove_comment(acting_user, comment), _("Only its author can take a comment away."))
    if comment.removed_at is not None:
        return comment
    comment.body = ""
    comment.removed_at = clock.now()
    comment.save(update_fields=["body", "removed_at"])
    erase_words("comment", [comment.pk])
    Proposal.objects.filter(pk=proposal.pk).update(comments_count=F("comments_count") - 1, updated_at=clock.now())
    announce(
        "comment.removed",
        subject=comment,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community, named=False),
        payload={"proposal": str(proposal.pk), "comment": str(comment.pk)},
    )
    return comment


@seated
def make_offer(*, proposal: Proposal, acting_user: User, text: str, submission: UUID) -> Offer:
    """A resident offers help. The same `submission` twice is one offer."""
    proposal = locked_proposal(proposal)
    require(permissions.can_offer(acting_user, proposal), _("Only verified residents can offer help here."))
    require_step(proposal, "offer")
    text = require_words(text, "text", _("Say what you can offer."), most=LONGEST_OFFER)
    offer, is_new = Offer.objects.get_or_create(
        user=acting_user, submission=submission, defaults={"proposal": proposal, "text": text}
    )
    if not is_new:
        return offer
    Proposal.objects.filter(pk=proposal.pk).update(offers_count=F("offers_count") + 1, updated_at=clock.now())
    announce(
        "offer.made",
        subject=offer,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community),
        payload={"proposal": str(proposal.pk), "offer": str(offer.pk)},
        texts={"text": offer.text},
    )
    return offer


@transaction.atomic
def withdraw_offer(*, offer: Offer, acting_user: User) -> Offer:
    """Take an offer back. Twice changes nothing."""
    proposal = locked_proposal(Proposal(pk=offer.proposal_id))
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    require(permissions.can_withdraw_offer(acting_user, offer), _("Only the one who offered can take it back."))
    if offer.withdrawn_at is not None:
        return offer
    offer.withdrawn_at = clock.now()
    offer.save(update_fields=["withdrawn_at"])
    Proposal.objects.filter(pk=proposal.pk).update(offers_count=F("offers_count") - 1, updated_at=clock.now())
    announce(
        "offer.withdrawn",
        subject=offer,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community, named=False),
        payload={"proposal": str(proposal.pk), "offer": str(offer.pk)},
    )
    return offer
