"""What lies below one proposal: what people said of it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from api.columns import Column, named
from api.parts import Part
from proposals.models import Comment, Proposal
from record.models import Entry

TAKEN_BACK, ERASED = "taken_back", "erased"


def _comments(proposal: Proposal) -> "QuerySet[Comment]":
    return proposal.comments.select_related("author", "organisation").order_by("id")


def _say_why_removed(comments: Sequence[Comment]) -> None:
    """Whoever was erased may have taken some of their comments back before that: the record knows which."""
    gone = [comment for comment in comments if comment.removed_at and comment.author.erased_at]
    taken_back: set[str] = set()
    if gone:
        lines = Entry.objects.filter(subject_type="comment", subject_id__in=[str(comment.pk) for comment in gone])
        taken_back = set(lines.filter(kind="comment.removed").values_list("subject_id", flat=True))
    erased = {comment.pk for comment in gone if str(comment.pk) not in taken_back}
    for comment in comments:
        why = ERASED if comment.pk in erased else TAKEN_BACK
        comment.__dict__["removed_reason"] = why if comment.removed_at else None


def _unless_removed(name: str) -> Any:
    def value(comment: Comment) -> Any:
        return None if comment.removed_at else getattr(comment, name)

    return value


def _page(comment: Comment) -> str:
    proposal = comment.proposal  # the owner of the part, read with its community: no query
    first = comment.parent_id or comment.pk
    path = reverse("proposals:thread", args=[proposal.community.slug, proposal.number, proposal.slug, first])
    return f"{settings.SITE_URL}{path}"


COMMENT_COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("answers", "id", _("The comment that it answers."), "parent_id", nullable=True),
    Column(
        "author_name",
        "text",
        _("The name its author shows. It may be a made-up one."),
        lambda row: None if row.removed_at else row.author.display_name,
        nullable=True,
    ),
    Column(
        "role", "text", _("How its author sat at the table then."), choices=("resident", "professional", "facilitator")
    ),
    Column(
        "organisation",
        "ref",
        _("For which organisation they spoke."),
        named("organisations", "organisation"),
        nullable=True,
    ),
    Column("text", "text", _("What they said. Markdown."), _unless_removed("body"), nullable=True),
    Column(
        "removed", "boolean", _("Whether its words were taken away. The row stays."), lambda row: bool(row.removed_at)
    ),
    Column(
        "removed_reason",
        "text",
        _("Why: its author took it back, or left this site and had their words erased."),
        nullable=True,
        choices=(TAKEN_BACK, ERASED),
    ),
    Column("html_url", "url", _("The page where it stands, with every answer to it."), _page),
    Column("created", "datetime", _("When it was said."), "created_at"),
)

COMMENTS = Part(
    name="comments",
    one="comment",
    meaning=_("What people said of it, the oldest first. What was taken away stays as an empty row that says why."),
    missing=_("This proposal has no comments."),
    is_there=lambda proposal: True,
    columns=COMMENT_COLUMNS,
    read=_comments,
    prepare=_say_why_removed,
    relation="comments",
    stamps=("pk", "removed_at", "author__display_name", "organisation__name"),
)
