"""What somebody said, as the pages show it."""

from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from proposals.models import Comment
from record import clock
from words.drawn import drawn_once

register = template.Library()

# What is read of a comment for a page: never what its author or their organisation has besides.
COLUMNS = (
    "proposal",
    "parent",
    "role",
    "job_title",
    "area",
    "body",
    "created_at",
    "removed_at",
    "author__display_name",
    "organisation__name",
)


@register.simple_tag
def said(comment: Comment) -> SafeString:
    """`{% said comment %}`: who, in which role, when and what; or that it was taken away."""
    if comment.removed_at:
        return _drawn("", "", "", "", "", None, 0)
    place = comment.organisation.name if comment.organisation else comment.area
    job = comment.job_title if comment.organisation else ""
    name, this_year = comment.author.display_name, clock.today().year
    return _drawn(name, comment.role, place, job, comment.body, comment.created_at, this_year)


@drawn_once
def _drawn(
    name: str, role: str, place: str, job_title: str, body: str, at: datetime | None, this_year: int
) -> SafeString:
    """`this_year`: dates of another one are shown with it."""
    comment = {"name": name, "role": role, "place": place, "job_title": job_title, "body": body, "created_at": at}
    return render_to_string("proposals/said.html", {"comment": comment})
