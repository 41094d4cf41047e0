"""Decisions: what was decided, who really decided it, on what basis, and what followed."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import BASE, Column, Made, address_in, community_of, ids_of, named, or_none, page_of, ref
from api.gathering import Gather
from api.pagination import Ordering
from api.resources import Resource, names
from api.v1.existing import decision_exists, topic_exists
from decisions.models import Decision
from decisions.search import searched


def _rows() -> QuerySet[Any]:
    return Decision.objects.visible_to(AnonymousUser())


def _found(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    return searched(rows, " ".join(words))


def _basis(kind: str, pk: UUID | None) -> dict[str, str | None]:
    if pk is None:
        return {"kind": kind, "id": None, "url": None}
    text, resource = str(pk), {"response": "responses", "ballot": "ballots"}.get(kind)
    return {"kind": kind, "id": text, "url": f"{BASE}/{resource}/{text}/" if resource else None}


def _turnout(voted: int | None, eligible: int | None) -> float | None:
    return round(voted / eligible, 4) if eligible and voted is not None else None


def _decision(pk: UUID | None, title: str) -> dict[str, str] | None:
    return None if pk is None else ref("decisions", pk, title)


OVERRULED_BY = Made(("overruled_by.pk", "overruled_by.title"), _decision)

COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("The reference that people use, such as D-2026-0042.")),
    Column("url", "url", _("Its address in this API."), address_in("decisions")),
    Column("html_url", "url", _("The address of its page."), page_of("decisions:detail", "reference")),
    Column("title", "text", _("What it is about.")),
    Column("summary", "text", _("What was decided, in a few sentences.")),
    Column("decided_on", "date", _("The day of the decision.")),
    Column("outcome", "text", _("What was decided."), choices=tuple(Decision.Outcome.values)),
    Column(
        "decided_by",
        "text",
        _("Who decided. It is worked out from the basis; nobody types it in."),
        choices=tuple(Decision.DecidedBy.values),
    ),
    Column("overruled", "boolean", _("Whether a later decision overruled this one."), "is_overruled"),
    Column(
        "overrules",
        "ref",
        _("The decision of residents that this one overrules."),
        named("decisions", "overrules", "title"),
        nullable=True,
    ),
    Column("overruled_by", "ref", _("The later decision that overruled it."), OVERRULED_BY, nullable=True),
    Column("reasons", "text", _("Why.")),
    Column("community", "ref", _("Whose decision it is."), community_of()),
    Column("topic", "ref", _("The topic of the agreement."), named("topics", "topic"), nullable=True),
    Column("organisations", "ids", _("The organisations that took part."), ids_of("organisations")),
    Column(
        "basis",
        "basis",
        _("What it rests on: an answer, a meeting, a vote, two signatures or a notice."),
        Made(("basis_kind", "basis_id"), _basis),
    ),
    Column(
        "proposals",
        "ids",
        _("The proposals that it decides. Where it overrules a decision: those that that one decided."),
        ids_of("proposals"),
    ),
    Column("supports", "integer", _("How many residents backed it on that day.")),
    Column("comments", "integer", _("How many comments there were on that day.")),
    Column("eligible", "integer", _("How many could vote. Only for decisions by vote."), nullable=True),
    Column("voted", "integer", _("How many voted. Only for decisions by vote."), nullable=True),
    Column(
        "turnout",
        "number",
        _("The part of those who could vote that did: 0.5 is half of them. Only for decisions by vote."),
        Made(("voted", "eligible"), _turnout),
        nullable=True,
    ),
    Column(
        "response_working_days",
        "integer",
        _("Working days from asking to the last answer. Only where there was one."),
        nullable=True,
    ),
    Column("commitments_open", "integer", _("Promises that follow from it and are open.")),
    Column("commitments_kept", "integer", _("Promises that were kept: residents said so, or nobody said no in time.")),
    Column("commitments_broken", "integer", _("Promises dropped, or twenty working days late.")),
    Column("record_sequence", "integer", _("Its line in the public record."), nullable=True),
    Column(
        "record_hash",
        "text",
        _("The fingerprint of that line (SHA-256)."),
        or_none("record_hash"),
        nullable=True,
    ),
    Column("created", "datetime", _("When it was published."), "created_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)

DECISIONS = Resource(
    name="decisions",
    one="decision",
    meaning=_("What was decided, who really made the choice, why, and what came of it."),
    model=Decision,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.reference("D", _rows),
        filters.community(_("Of one community: its id or short name.")),
        filters.organisation(_("With one organisation: its id or short name."), "organisations"),
        filters.related_id("topic", _("Of one topic: its id."), "topic", topic_exists),
        filters.choice("outcome", _("What was decided."), Decision.Outcome.values),
        filters.choice("decided_by", _("Who decided."), Decision.DecidedBy.values),
        filters.choice("basis", _("What it rests on."), Decision.Basis.values, "basis_kind"),
        filters.related_id("overrules", _("Overruling one decision: its id."), "overrules", decision_exists),
        filters.flag("overruled", _("Whether it was overruled later."), lambda: Q(is_overruled=True)),
        filters.day("decided_from", _("Decided on this day or later."), "decided_on__gte"),
        filters.day("decided_to", _("Decided on this day or earlier."), "decided_on__lte"),
        filters.updated_since(_("Changed at this moment or later.")),
        filters.words(_("Words in the title, the summary, the reasons or the reference, in any form."), search=_found),
    ),
    orderings=(
        Ordering("-decided_on", "decided_on"),
        Ordering("decided_on", "decided_on"),
        Ordering("updated", "updated_at"),
        Ordering("-updated", "updated_at"),
    ),
    stamps=("pk", "updated_at", "community__updated_at", "topic__updated_at"),
    joined=("community", "topic", "overrules", "overruled_by"),
    gathered=(Gather("organisations"), Gather("proposals", or_else="overrules__proposals")),
    shared=("community", "topic"),
    settled=names(
        "reference title summary decided_on outcome decided_by overruled overrules overruled_by reasons community "
        "topic organisations basis proposals supports comments eligible voted response_working_days record_sequence "
        "record_hash created"
    ),
    raised=("overruled",),
)
