"""What lies below one proposal: what people said of it."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from api.columns import Column, named
from api.parts import Part
from proposals.models import Comment, Proposal


def _comments(proposal: Proposal) -> "QuerySet[Comment]":
    return proposal.comments.select_related("author", "organisation").order_by("id")


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
        "removed", "boolean", _("Whether its author took it back. The row stays."), lambda row: bool(row.removed_at)
    ),
    Column("html_url", "url", _("The page where it stands, with every answer to it."), _page),
    Column("created", "datetime", _("When it was said."), "created_at"),
)

COMMENTS = Part(
    name="comments",
    one="comment",
    meaning=_("What people said of it, the oldest first. What was taken back stays as an empty row that says so."),
    missing=_("This proposal has no comments."),
    is_there=lambda proposal: True,
    columns=COMMENT_COLUMNS,
    read=_comments,
    relation="comments",
    stamps=("pk", "removed_at", "author__display_name", "organisation__name"),
)
