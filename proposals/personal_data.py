"""What this room holds of a person, and how it is erased."""

from typing import Any
from uuid import uuid4

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from proposals.models import Check, Comment, Commitment, Offer, Opinion, Proposal, Support, Verdict
from record import clock
from record.erasure import erase_words


def export(user: User) -> dict[str, Any]:
    """What the person tabled, backed, thought, said, offered, judged and checked."""
    return {
        "proposals": list(
            Proposal.objects.filter(author=user).values(
                "reference", "state", "title", "outcome_wanted", "case", "we_can", "need_help_with", "only_they_can"
            )
        ),
        "backed": list(Support.objects.filter(user=user).values("proposal__reference", "created_at")),
        "opinions": [
            {"proposal__reference": row.proposal.reference, "value": row.Value(row.value).name.lower()}
            | {"answered_at": row.answered_at}
            for row in Opinion.objects.filter(user=user).select_related("proposal").order_by("id")
        ],
        "comments": list(Comment.objects.filter(author=user).values("proposal__reference", "body", "created_at")),
        "offers": list(Offer.objects.filter(user=user).values("proposal__reference", "text", "created_at")),
        "verdicts": list(Verdict.objects.filter(user=user).values("response__reference", "answers_it", "given_at")),
        "checks": list(Check.objects.filter(user=user).values("commitment__reference", "done", "note", "at")),
    }


def erase(user: User) -> None:
    """Words go, also from beside the record; tallies of votes and backing stay. What neighbours backed stays
    on the table, without its author's name and place. Opinions stay under a number that leads to nobody. What
    somebody wrote as a professional or facilitator stays: it was not theirs alone.

    Each row that the open API shows otherwise now says so by its `updated`: copies elsewhere follow it."""
    now = clock.now()
    comments, offers = Comment.objects.filter(author=user, role="resident"), Offer.objects.filter(user=user)
    _touch(user)
    erase_words("comment", comments.values_list("pk", flat=True))
    erase_words("offer", offers.values_list("pk", flat=True))
    for column, rows in (
        ("comments_count", comments.filter(removed_at=None)),
        ("offers_count", offers.filter(withdrawn_at=None)),
    ):
        for counted in rows.order_by().values("proposal").annotate(n=Count("pk")):
            Proposal.objects.filter(pk=counted["proposal"]).update(**{column: F(column) - counted["n"]})
    comments.update(body="", removed_at=Coalesce("removed_at", Value(now)), area="", job_title="")
    offers.update(text="", withdrawn_at=Coalesce("withdrawn_at", Value(now)))
    _part_from_opinions(user)
    _erase_checks(user)
    _erase_notes_on_promises(user)
    Proposal.objects.filter(author=user, state=Proposal.State.DRAFT).delete()
    Proposal.objects.filter(author=user).update(area="")


def rename(user: User) -> None:
    """Their proposals and comments show another name now."""
    _touch(user)


def _touch(user: User) -> None:
    """Every proposal that the person tabled, or on which they said something under their name, is a changed row. Not
    one that they only backed or agreed with: the moment would tell whose that was."""
    said = [rows.values("proposal") for rows in (Comment.objects.filter(author=user), Offer.objects.filter(user=user))]
    theirs = Q(author=user)
    for proposals in said:
        theirs |= Q(pk__in=proposals)
    # In one order for everybody (see guards): of two who are erased at once, one waits for the other.
    rows = Proposal.objects.select_for_update(of=("self",)).filter(theirs).order_by("pk").values_list("pk", flat=True)
    held = list(rows)
    # The moment is taken once they are held: whoever had them before must not seem to have come later.
    Proposal.objects.filter(pk__in=held).update(updated_at=clock.now())


def _part_from_opinions(user: User) -> None:
    """Their answers become those of nobody: under a number made up now, with new ids, and with the month in place of
    the moment. Nothing that is public changes. Were the answers taken away, the counts and the agreement across
    groups would change on just these proposals at the moment the name goes, and two downloads would tell them all."""
    nobody = f"left-{uuid4().hex}"
    theirs = list(Opinion.objects.filter(user=user))
    Opinion.objects.filter(user=user).delete()
    Opinion.objects.bulk_create(
        Opinion(
            id=uuid4(),
            proposal_id=mine.proposal_id,
            source_voter=nobody,
            value=mine.value,
            answered_at=mine.answered_at.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
        )
        for mine in theirs
    )


def _erase_checks(user: User) -> None:
    """What they said was not done stands with the promise too, where it was the last to be said, and in the record."""
    for check in Check.objects.filter(user=user).exclude(note=""):
        erase_words("commitment", [check.commitment_id], texts=[check.note], kind="commitment.disputed")
        disputed = Commitment.objects.filter(pk=check.commitment_id, dispute_reason=check.note)
        disputed.update(dispute_reason="", updated_at=clock.now())
    Check.objects.filter(user=user).update(note="")


def _erase_notes_on_promises(user: User) -> None:
    """What a resident promised stays, since neighbours rely on it; what they said about it goes."""
    for promise in Commitment.objects.filter(promised_by=user, organisation=None):
        changes = promise.changes.all()
        said = [promise.claim_note, promise.drop_reason, *changes.values_list("reason", flat=True)]
        erase_words("commitment", [promise.pk], texts=filter(None, said))
        changes.update(reason="")
        promise.claim_note = promise.by_whom = ""
        promise.drop_reason = promise.drop_reason and _("(erased)")  # a dropped one has a reason, always
        promise.save(update_fields=["claim_note", "by_whom", "drop_reason"])
