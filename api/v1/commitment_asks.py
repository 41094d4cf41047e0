"""Commitment asks: each organisation that must say what it will do after a vote, by when, and whether it has."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, address_in, community_of, named, page_of
from api.resources import Resource, names
from api.v1.asked import ORDERINGS, Asked
from api.v1.existing import ballots, decision_exists
from proposals.models import CommitmentAsk


def _rows() -> QuerySet[Any]:
    return CommitmentAsk.objects.visible_to(AnonymousUser())


def _waits(answered_on: date | None) -> bool:
    return answered_on is None


ASKED = Asked(paths=("answered_on",), waits=_waits, condition=Q(answered_on=None), community="community")

COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("The reference of the vote, such as B-2026-0003."), "ballot_reference"),
    Column("url", "url", _("Its address in this API."), address_in("commitment-asks")),
    Column(
        "html_url", "url", _("The page of the vote."), page_of("ballots:detail", "community.slug", "ballot_reference")
    ),
    Column("title", "text", _("What residents voted on."), "question"),
    Column(
        "decision",
        "ref",
        _("The decision that it is about. Where the vote was advice: empty until they say whether they follow it."),
        named("decisions", "decision", "title"),
        nullable=True,
    ),
    Column("organisation", "ref", _("Who must say what it will do."), named("organisations", "organisation")),
    Column("community", "ref", _("Where people voted."), community_of()),
    Column("asked_on", "date", _("The day the clock started.")),
    Column("agreed_working_days", "integer", _("The time that the agreement gives."), "working_days"),
    Column("first_due_on", "date", _("The first date for the answer.")),
    Column("due_on", "date", _("The date for the answer.")),
    Column("long_overdue_on", "date", _("The last day of twice the time. After it the answer is long overdue.")),
    Column(
        "answered_on",
        "date",
        _("The day on which they promised something, said whether they follow the vote, or overruled it."),
        nullable=True,
    ),
    Column("answered_after_working_days", "integer", _("Working days from asking to that day."), nullable=True),
    *ASKED.columns(),
    Column("created", "datetime", _("When it was asked."), "created_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)

COMMITMENT_ASKS = Resource(
    name="commitment-asks",
    one="commitment ask",
    meaning=_(
        "Who was asked after a vote what it will do, by when, and who has not said it. What they promised then is in "
        "commitments."
    ),
    model=CommitmentAsk,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.reference("B", ballots, "ballot_reference", _("After the vote of this reference.")),
        filters.community(_("Of one community: its id or short name.")),
        filters.organisation(_("Of one organisation: its id or short name.")),
        filters.related_id("decision", _("About one decision: its id."), "decision", decision_exists),
        *ASKED.filters(),
    ),
    orderings=ORDERINGS,
    stamps=("pk", "updated_at", "community__updated_at", "decision__title", "organisation__name"),
    joined=("community", "organisation", "decision"),
    shared=("community", "organisation"),
    changes_daily=True,
    settled=names(
        "reference title decision organisation community asked_on agreed_working_days first_due_on due_on "
        "long_overdue_on answered_on answered_after_working_days created"
    ),
)
