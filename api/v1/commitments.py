"""Commitments: what was promised, by when, and whether it was kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import (
    Column,
    Made,
    MadeOnce,
    address_in,
    api_url,
    community_of,
    gathered_path,
    named,
    or_none,
    page_address,
    ref,
)
from api.gathering import Gather
from api.pagination import Ordering
from api.resources import Resource, names
from api.v1.existing import decision_exists, proposal_exists, response_exists, topic_exists
from communities.models import Community
from communities.working_days import working_days_between
from decisions.models import Decision
from proposals.lateness import late_promises, promise_is_late
from proposals.models import Commitment, Proposal
from record import clock


def _rows() -> QuerySet[Any]:
    return Commitment.objects.visible_to(AnonymousUser())


def _page(place: str | None, number: int | None, slug: str | None, decision: str | None, community: str) -> str:
    """The page of what it belongs to; a promise has none of its own."""
    if number is not None:
        return page_address("proposals:detail", place, number, slug)
    if decision is not None:
        return page_address("decisions:detail", decision)
    return page_address("communities:community", community)


def _is_late(state: str, due_on: date) -> bool:
    return promise_is_late(state, due_on, clock.today())


def _days_late(state: str, due_on: date, community: Community) -> int | None:
    return working_days_between(due_on, clock.today(), community) if _is_late(state, due_on) else None


def _late() -> Q:
    return late_promises(clock.today())


def _not_done() -> Q:
    """A new date does not make a promise done that was late by its first one: it would be forgotten for a month, and
    then again."""
    today = clock.today()
    past = Q(first_due_on__lt=today) | Q(due_on__lt=today)
    unsaid = ~Q(state__in=(Commitment.State.CLAIMED_DONE, Commitment.State.CONFIRMED))
    return unsaid & (past | Q(state=Commitment.State.DROPPED))


Changes = Sequence[tuple[datetime, str, str]]  # when, the words before it, and why; the oldest first
CHANGES = gathered_path("changes")


def _first_text(text: str, changes: Changes) -> str:
    return changes[0][1] if changes else text


def _changed_at(changes: Changes) -> datetime | None:
    return changes[-1][0] if changes else None


def _change_reason(changes: Changes) -> str:
    return changes[-1][2] if changes else ""


def _side(organisation_id: UUID | None) -> str:
    return "organisation" if organisation_id else "residents"


def _topic(pk: UUID | None, name: str, of_decision: UUID | None, name_there: str) -> dict[str, str] | None:
    """That of its proposal; a promise that follows from a decision alone has that of the decision."""
    if pk is None:
        pk, name = of_decision, name_there
    return None if pk is None else ref("topics", pk, name)


def _of_topic(pk: UUID) -> Q:
    """In two steps, each of which an index serves: to join both tables would read every promise."""
    proposals, decisions = (model.objects.filter(topic=pk).values("pk") for model in (Proposal, Decision))
    return Q(proposal__in=proposals) | Q(proposal=None, decision__in=decisions)


def _response(pk: UUID | None) -> str | None:
    return api_url("responses", pk) if pk else None


COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("The reference that people use, such as C-2026-0012.")),
    Column("url", "url", _("Its address in this API."), address_in("commitments")),
    Column(
        "html_url",
        "url",
        _("The page of what it belongs to."),
        Made(
            ("proposal.community.slug", "proposal.number", "proposal.slug", "decision.reference", "community.slug"),
            _page,
        ),
    ),
    Column("text", "text", _("What was promised.")),
    Column(
        "promised_by",
        "text",
        _("Which side promised it."),
        Made(("organisation_id",), _side),
        choices=("organisation", "residents"),
    ),
    Column("organisation", "ref", _("Which organisation."), named("organisations", "organisation"), nullable=True),
    Column("by_whom", "text", _("Who will do it, where it was said."), personal=True),
    Column("community", "ref", _("Where it was promised."), community_of()),
    Column(
        "topic",
        "ref",
        _("The topic of the proposal, or else of the decision. Empty where there is neither."),
        MadeOnce(("proposal.topic_id", "proposal.topic.name", "decision.topic_id", "decision.topic.name"), _topic),
        nullable=True,
    ),
    Column("proposal", "ref", _("For which proposal."), named("proposals", "proposal", "title"), nullable=True),
    Column(
        "response_url",
        "url",
        _("The answer in which it was promised."),
        Made(("response_id",), _response),
        nullable=True,
    ),
    Column("response_id", "id", _("The id of that answer."), nullable=True),
    Column(
        "decision", "ref", _("The decision it follows from."), named("decisions", "decision", "title"), nullable=True
    ),
    Column("due_on", "date", _("By when.")),
    Column("first_due_on", "date", _("By when, as it was first promised.")),
    Column("first_text", "text", _("What was promised, as it was first put."), Made(("text", CHANGES), _first_text)),
    Column(
        "changed_at",
        "datetime",
        _("When its words or its date were last changed."),
        Made((CHANGES,), _changed_at),
        nullable=True,
    ),
    Column("change_reason", "text", _("Why, that last time."), Made((CHANGES,), _change_reason), personal=True),
    Column("state", "text", _("How it stands."), choices=tuple(Commitment.State.values)),
    Column(
        "late",
        "boolean",
        _("Whether its date is past and they do not say that it is done, today."),
        Made(("state", "due_on"), _is_late),
    ),
    Column(
        "late_working_days",
        "integer",
        _("Working days past its date, today."),
        Made(("state", "due_on", "community"), _days_late),
        nullable=True,
    ),
    Column("claimed_at", "datetime", _("When they said it was done."), nullable=True),
    Column("claim_note", "text", _("What they said."), personal=True),
    Column("confirmed_at", "datetime", _("When it was confirmed."), nullable=True),
    Column(
        "confirmed_how",
        "text",
        _("Who confirmed it."),
        or_none("confirmed_how"),
        nullable=True,
        choices=tuple(Commitment.ConfirmedHow.values),
    ),
    Column("disputed_at", "datetime", _("When residents said it was not done."), nullable=True),
    Column("dispute_reason", "text", _("What they said was not done."), personal=True),
    Column("dropped_at", "datetime", _("When it was dropped."), nullable=True),
    Column("drop_reason", "text", _("Why it was dropped."), personal=True),
    Column("broken_on", "date", _("When it was dropped, or was twenty working days late. It stays."), nullable=True),
    Column("created", "datetime", _("When it was promised."), "created_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)

COMMITMENTS = Resource(
    name="commitments",
    one="commitment",
    meaning=_("What was promised, by whom and by when, and whether residents say that it was kept."),
    model=Commitment,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.reference("C", _rows),
        filters.community(_("Of one community: its id or short name.")),
        filters.organisation(_("Of one organisation: its id or short name.")),
        replace(filters.related_id("topic", _("Of one topic: its id."), "", topic_exists), condition=_of_topic),
        filters.related_id("proposal", _("For one proposal: its id."), "proposal", proposal_exists),
        filters.related_id("response", _("From one answer: its id."), "response", response_exists),
        filters.related_id("decision", _("From one decision: its id."), "decision", decision_exists),
        filters.choice("state", _("How it stands."), Commitment.State.values),
        filters.flag("late", _("Whether its date is past and they do not say that it is done, today."), _late),
        filters.flag(
            "broken", _("Whether it was dropped, or twenty working days late."), lambda: Q(broken_on__isnull=False)
        ),
        filters.flag(
            "not_done",
            _(
                "Whether it was dropped, or the date that was first promised or the one now is past, and they do not "
                "say that it is done, today."
            ),
            _not_done,
        ),
        filters.day("due_from", _("Due on this day or later."), "due_on__gte"),
        filters.day("due_to", _("Due on this day or earlier."), "due_on__lte"),
        filters.updated_since(_("Changed at this moment or later.")),
        filters.words(_("Words in the promise."), "text"),
    ),
    orderings=(
        Ordering("-created", "created_at"),
        Ordering("created", "created_at"),
        Ordering("due_on", "due_on"),
        Ordering("-due_on", "due_on"),
        Ordering("updated", "updated_at"),
        Ordering("-updated", "updated_at"),
    ),
    stamps=(
        "pk",
        "updated_at",
        "community__updated_at",
        "proposal__title",
        "proposal__topic__updated_at",
        "decision__title",
        "decision__topic__updated_at",
        "organisation__name",
    ),
    joined=("community", "organisation", "proposal__community", "proposal__topic", "decision__topic"),
    gathered=(Gather("changes", columns=("changed_at", "old_text", "reason"), order="changed_at"),),
    shared=("community", "organisation"),
    changes_daily=True,
    settled=names(
        "reference text promised_by organisation by_whom community topic proposal response_id decision due_on "
        "first_due_on first_text change_reason "
        "claim_note confirmed_at confirmed_how dispute_reason dropped_at drop_reason broken_on created"
    ),
    settled_with=(("change_reason", "changed_at"), ("claim_note", "claimed_at"), ("dispute_reason", "disputed_at")),
)
