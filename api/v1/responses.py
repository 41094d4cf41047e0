"""Responses: what organisations answered, when, and whether it answered."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, Made, address_in, community_of, named, page_of
from api.pagination import Ordering
from api.resources import Resource, names
from api.v1.existing import proposal_exists, topic_exists
from proposals.lateness import answer_was_late
from proposals.models import Response


def _rows() -> QuerySet[Any]:
    return Response.objects.visible_to(AnonymousUser())


def _is_given(moment: datetime | None) -> bool:
    return moment is not None


COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("The reference that people use, such as R-2026-0007.")),
    Column("url", "url", _("Its address in this API."), address_in("responses")),
    Column(
        "html_url",
        "url",
        _("The page of the proposal that it answers."),
        page_of("proposals:detail", "proposal.community.slug", "proposal.number", "proposal.slug"),
    ),
    Column("proposal", "ref", _("What it answers."), named("proposals", "proposal", "title")),
    Column("organisation", "ref", _("Who answered."), named("organisations", "organisation")),
    Column("community", "ref", _("Where it was asked."), community_of("proposal.community")),
    Column(
        "topic",
        "ref",
        _("The topic of the agreement."),
        named("topics", "proposal.topic"),
        nullable=True,
    ),
    Column("outcome", "text", _("Yes, no, or what else."), choices=tuple(Response.Outcome.values)),
    Column("summary", "text", _("The answer in a sentence or two.")),
    Column("reasons", "text", _("Why. Markdown.")),
    Column("could_not", "text", _("What they could not do.")),
    Column("next_step", "text", _("What comes next.")),
    Column("signed_name", "text", _("Who signed it."), personal=True),
    Column("signed_role", "text", _("In which role.")),
    Column("published_at", "datetime", _("When it was published.")),
    Column("asked_on", "date", _("The day the clock started."), "ask.asked_on"),
    Column("agreed_working_days", "integer", _("The time that the agreement gives."), "ask.working_days"),
    Column("first_due_on", "date", _("The first date for the answer."), "ask.first_due_on"),
    Column("due_on", "date", _("The date for the answer, after more time was taken."), "ask.due_on"),
    Column("extended", "boolean", _("Whether more time was taken."), Made(("ask.extended_at",), _is_given)),
    Column("extension_reason", "text", _("Why more time was taken."), "ask.extension_reason"),
    Column(
        "response_working_days",
        "integer",
        _("Working days from asking to the answer."),
        "ask.answered_after_working_days",
        nullable=True,
    ),
    Column(
        "late",
        "boolean",
        _("Whether it came after its date."),
        Made(("ask.answered_on", "ask.due_on"), answer_was_late),
    ),
    Column("reading_age", "integer", _("The age at which a reader can follow it."), nullable=True),
    Column("answers_it", "integer", _("Backers who say that this answers it."), "answers_it_count"),
    Column("does_not", "integer", _("Backers who say that it does not."), "does_not_count"),
    Column("contested", "boolean", _("Whether under half of those who spoke say that it answers."), "is_contested"),
    Column("created", "datetime", _("When it was published."), "created_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)

RESPONSES = Resource(
    name="responses",
    one="response",
    meaning=_(
        "What organisations answered in public, and why. It shows how long each one took, and whether people say that "
        "it is an answer."
    ),
    model=Response,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.reference("R", _rows),
        filters.community(_("Of one community: its id or short name."), "proposal__community"),
        filters.organisation(_("Of one organisation: its id or short name.")),
        filters.related_id("topic", _("Of one topic: its id."), "proposal__topic", topic_exists),
        filters.related_id("proposal", _("To one proposal: its id."), "proposal", proposal_exists),
        filters.choice("outcome", _("Yes, no, or what else."), Response.Outcome.values),
        filters.flag(
            "contested", _("Whether under half of those who spoke say that it answers."), lambda: Q(is_contested=True)
        ),
        filters.flag("late", _("Whether it came after its date."), lambda: Q(ask__answered_on__gt=F("ask__due_on"))),
        *filters.day_of_moment(
            "published_at", _("Published on this day (UTC) or later."), _("Published on this day (UTC) or earlier.")
        ),
        filters.updated_since(_("Changed at this moment or later.")),
        filters.words(_("Words in the answer or its reasons."), "summary", "reasons"),
    ),
    orderings=(
        Ordering("-published", "published_at"),
        Ordering("published", "published_at"),
        Ordering("updated", "updated_at"),
        Ordering("-updated", "updated_at"),
    ),
    stamps=(
        "pk",
        "updated_at",
        "ask__updated_at",
        "proposal__title",
        "proposal__community__updated_at",
        "proposal__topic__updated_at",
        "organisation__name",
    ),
    joined=("ask", "proposal__community", "proposal__topic", "organisation"),
    shared=("organisation",),
    settled=names(
        "reference proposal organisation community topic outcome summary reasons could_not next_step signed_name "
        "signed_role published_at asked_on agreed_working_days first_due_on due_on extended extension_reason "
        "response_working_days late reading_age created"
    ),
)
