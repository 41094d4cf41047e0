"""What this room holds of a person, and how it is erased."""

from typing import Any

from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from proposals.counts import OPINION_COLUMNS
from proposals.models import Check, Comment, Offer, Opinion, Proposal, Support, Verdict
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
    on the table, without its author's name and place. Opinions go whole: many answers of one person together say
    who that was, and nothing was decided by them."""
    now = clock.now()
    comments, offers = Comment.objects.filter(author=user), Offer.objects.filter(user=user)
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
    _erase_opinions(user)
    Check.objects.filter(user=user).update(note="")
    Proposal.objects.filter(author=user, state=Proposal.State.DRAFT).delete()
    Proposal.objects.filter(author=user).update(area="")


def _erase_opinions(user: User) -> None:
    opinions = Opinion.objects.filter(user=user)
    for value, column in OPINION_COLUMNS.items():
        answered = opinions.filter(value=value).values("proposal")
        Proposal.objects.filter(pk__in=answered).update(**{column: F(column) - 1})
    opinions.delete()
