"""Asks: each organisation that was asked for an answer to a proposal, by when, and whether people still wait."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, Made, address_in, community_of, named, page_of, ref
from api.resources import Resource, names
from api.v1.asked import ORDERINGS, Asked
from api.v1.existing import proposal_exists, proposals, topic_exists
from proposals.models import Ask, Proposal

LONG_TEXTS = tuple(
    f"{path}__{name}"
    for path, names in {
        "proposal": ("outcome_wanted", "case", "we_can", "need_help_with", "only_they_can"),
        "response": ("summary", "reasons", "could_not", "next_step"),
    }.items()
    for name in names
)


def _rows() -> QuerySet[Any]:
    return Ask.objects.visible_to(AnonymousUser()).defer(*LONG_TEXTS)


def _waits(answered_on: date | None, state: str) -> bool:
    return answered_on is None and state == Proposal.State.AWAITING_RESPONSE


def _is_given(moment: datetime | None) -> bool:
    return moment is not None


def _response(pk: UUID | None, reference: str) -> dict[str, str] | None:
    return None if pk is None else ref("responses", pk, reference)


ASKED = Asked(
    paths=("answered_on", "proposal.state"),
    waits=_waits,
    condition=Q(answered_on=None, proposal__state=Proposal.State.AWAITING_RESPONSE),
    community="proposal.community",
)

COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("The reference of the proposal, such as P-2026-0047."), "proposal.reference"),
    Column("url", "url", _("Its address in this API."), address_in("asks")),
    Column(
        "html_url",
        "url",
        _("The page of the proposal."),
        page_of("proposals:detail", "proposal.community.slug", "proposal.number", "proposal.slug"),
    ),
    Column("proposal", "ref", _("What should be answered."), named("proposals", "proposal", "title")),
    Column("organisation", "ref", _("Who should answer."), named("organisations", "organisation")),
    Column("community", "ref", _("Where it was asked."), community_of("proposal.community")),
    Column("topic", "ref", _("The topic of the agreement."), named("topics", "proposal.topic"), nullable=True),
    Column("asked_on", "date", _("The day the clock started.")),
    Column("agreed_working_days", "integer", _("The time that the agreement gives."), "working_days"),
    Column("first_due_on", "date", _("The first date for the answer.")),
    Column("due_on", "date", _("The date for the answer, after more time was taken.")),
    Column("long_overdue_on", "date", _("The last day of twice the time. After it the answer is long overdue.")),
    Column("extended", "boolean", _("Whether more time was taken."), Made(("extended_at",), _is_given)),
    Column("extension_reason", "text", _("Why more time was taken.")),
    Column("answered_on", "date", _("The day of the answer."), nullable=True),
    Column("answered_after_working_days", "integer", _("Working days from asking to the answer."), nullable=True),
    Column(
        "response",
        "ref",
        _("The answer. For a title it has its reference."),
        Made(("response.pk", "response.reference"), _response),
        nullable=True,
    ),
    *ASKED.columns(),
    Column(
        "withdrawn",
        "boolean",
        _("Whether the proposal was taken off the table, so that nobody has to answer. The row stays."),
        Made(("proposal.state",), lambda state: state == Proposal.State.WITHDRAWN),
    ),
    Column("ended_reason", "text", _("Why the proposal was withdrawn or joined to another."), "proposal.ended_reason"),
    Column("created", "datetime", _("When it was asked."), "created_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)

ASKS = Resource(
    name="asks",
    one="ask",
    meaning=_(
        "Who was asked for an answer, by when, and who keeps people waiting. Where two were asked about one proposal, "
        "each has a row and its own clock."
    ),
    model=Ask,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.reference("P", proposals, "proposal__reference", _("About the proposal of this reference.")),
        filters.community(_("Of one community: its id or short name."), "proposal__community"),
        filters.organisation(_("Of one organisation: its id or short name.")),
        filters.related_id("topic", _("Of one topic: its id."), "proposal__topic", topic_exists),
        filters.related_id("proposal", _("About one proposal: its id."), "proposal", proposal_exists),
        *ASKED.filters(),
    ),
    orderings=ORDERINGS,
    stamps=(
        "pk",
        "updated_at",
        "proposal__state",
        "proposal__title",
        "proposal__community__updated_at",
        "proposal__topic__updated_at",
        "organisation__name",
    ),
    joined=("proposal__community", "proposal__topic", "organisation", "response"),
    shared=("organisation",),
    changes_daily=True,
    settled=names(
        "reference proposal organisation community topic asked_on agreed_working_days first_due_on due_on "
        "long_overdue_on extended extension_reason answered_on answered_after_working_days response ended_reason "
        "created"
    ),
    settled_with=(("due_on", "extended"),),
    raised=("extended",),
)
