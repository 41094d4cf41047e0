"""Proposals: what residents tabled, and what became of each."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, Made, address_in, api_url, community_of, gathered_path, ids_of, named, or_none, page_of
from api.gathering import Gather
from api.pagination import Ordering
from api.resources import Resource, names
from api.v1.existing import topic_exists
from api.v1.proposal_clock import DUE, OVERDUE
from api.v1.proposal_parts import COMMENTS
from communities.models import Community
from communities.working_days import working_days_between
from proposals.models import Proposal
from proposals.search import searched
from record import clock

STATES = tuple(state for state in Proposal.State.values if state != Proposal.State.DRAFT)


# Who, due on, answered on, after how many working days; as gathered below.
Asks = list[tuple[str, date, date | None, int | None]]


def _rows() -> QuerySet[Any]:
    return Proposal.objects.visible_to(AnonymousUser())


def _address(path: str) -> Made:
    return Made((path,), lambda pk: None if pk is None else api_url("proposals", pk))


def _is_overdue(state: str, due_on: date | None) -> bool:
    return state == Proposal.State.AWAITING_RESPONSE and due_on is not None and due_on < clock.today()


def _days_overdue(state: str, due_on: date | None, community: Community) -> int | None:
    if due_on is None or not _is_overdue(state, due_on):
        return None
    return working_days_between(due_on, clock.today(), community)


def _found(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    return searched(rows, " ".join(words))


def _response_days(asks: Asks) -> int | None:
    """The slowest of the answers, once all are there."""
    if any(answered_on is None for _who, _due_on, answered_on, _days in asks):
        return None
    return max((days for *_ask, days in asks if days is not None), default=None)


def _waiting_for(state: str, asks: Asks) -> list[str]:
    if state != Proposal.State.AWAITING_RESPONSE:
        return []
    return [who for who, _due_on, answered_on, _days in asks if answered_on is None]


def _overdue_from(state: str, asks: Asks) -> list[str]:
    today = clock.today()
    late = {who for who, due_on, _answered_on, _days in asks if due_on < today}
    return [who for who in _waiting_for(state, asks) if who in late]


COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("The reference that people use, such as P-2026-0047.")),
    Column("url", "url", _("Its address in this API."), address_in("proposals")),
    Column(
        "html_url",
        "url",
        _("The address of its page."),
        page_of("proposals:detail", "community.slug", "number", "slug"),
    ),
    Column("number", "integer", _("Its number in its community.")),
    Column("title", "text", _("Its title.")),
    Column("outcome_wanted", "text", _("What its author wants to happen.")),
    Column("case", "text", _("Why it matters. Markdown.")),
    Column("we_can", "text", _("What residents can do themselves, one thing a line.")),
    Column("need_help_with", "text", _("What residents need help with, one thing a line.")),
    Column("only_they_can", "text", _("What only an organisation can do, one thing a line.")),
    Column(
        "author_name",
        "text",
        _("The name its author shows. It may be a made-up one."),
        "author.display_name",
        nullable=True,
        personal=True,
    ),
    Column("area", "text", _("The block or street of its author."), personal=True),
    Column("community", "ref", _("Where it was tabled."), community_of()),
    Column("topic", "ref", _("The topic of the agreement."), named("topics", "topic"), nullable=True),
    Column("organisations", "ids", _("Who should answer."), ids_of("organisations")),
    Column(
        "waiting_for",
        "texts",
        _("The short names of those who owe an answer now, whoever is due first before the others."),
        Made(("state", gathered_path("asks")), _waiting_for),
    ),
    Column("state", "text", _("Where it is on its way."), choices=STATES),
    Column(
        "withdrawn",
        "boolean",
        _("Whether its author took it off the table. The row stays."),
        Made(("state",), lambda state: state == Proposal.State.WITHDRAWN),
    ),
    Column("ended_reason", "text", _("Why it was withdrawn or joined to another.")),
    Column("merged_into", "id", _("The proposal it was joined to."), "merged_into_id", nullable=True),
    Column("merged_into_url", "url", _("Its address in this API."), _address("merged_into_id"), nullable=True),
    Column("retabled_from", "id", _("The earlier proposal it was made from."), "retabled_from_id", nullable=True),
    Column("retabled_from_url", "url", _("Its address in this API."), _address("retabled_from_id"), nullable=True),
    Column("threshold", "integer", _("How many residents must back it.")),
    Column("supports", "integer", _("How many residents back it."), "supports_count"),
    Column("agrees", "integer", _("How many people agree with it. Never who."), "agree_count"),
    Column("disagrees", "integer", _("How many people disagree with it."), "disagree_count"),
    Column("passes", "integer", _("How many people said neither: they passed."), "pass_count"),
    Column(
        "common_ground",
        "integer",
        _(
            "How much people agree on it who think differently about other things. 0: not at all. 1000: all of them "
            "agree. Where people have no groups yet, all count as one. Empty where nobody answered. It is worked out "
            "every few minutes; the guide says how."
        ),
        nullable=True,
    ),
    Column("comments", "integer", _("How many comments it has."), "comments_count"),
    Column("offers", "integer", _("How many offers of help it has."), "offers_count"),
    Column(
        "original_signatures",
        "integer",
        _("Signatures on the site it was brought in from. They are not supports by people here."),
        nullable=True,
    ),
    Column("source_url", "url", _("Where it was first published."), or_none("source_url"), nullable=True),
    Column("tabled_at", "datetime", _("When it was tabled.")),
    Column("gather_until", "date", _("The last day to gather backing."), nullable=True),
    Column("threshold_reached_at", "datetime", _("When enough residents backed it."), nullable=True),
    Column("asked_at", "datetime", _("When the clock started."), nullable=True),
    Column(
        "called_in",
        "boolean",
        _("Whether a facilitator asked for an answer before enough residents backed it."),
        Made(("called_in_reason",), bool),
    ),
    Column("due_on", "date", _("The next date by which an answer is due."), "next_due_on", nullable=True),
    Column(
        "overdue",
        "boolean",
        _("Whether that date is past without an answer, today."),
        Made(("state", "next_due_on"), _is_overdue),
    ),
    Column(
        "overdue_working_days",
        "integer",
        _("Working days past that date, today."),
        Made(("state", "next_due_on", "community"), _days_overdue),
        nullable=True,
    ),
    Column(
        "overdue_from",
        "texts",
        _("The short names of those whose own answer is past its date, today. asks has a row for each who was asked."),
        Made(("state", gathered_path("asks")), _overdue_from),
    ),
    Column("responded_at", "datetime", _("When the last organisation answered."), nullable=True),
    Column(
        "response_working_days",
        "integer",
        _("Working days from asking to the answer; of several, the slowest. Empty until all have answered."),
        Made((gathered_path("asks"),), _response_days),
        nullable=True,
    ),
    Column(
        "contested", "boolean", _("Whether under half of those who spoke say that it was answered."), "is_contested"
    ),
    Column(
        "ballot_reference",
        "text",
        _("The vote that it is or was on. ballots with proposal= gives it whole."),
        or_none("ballot_reference"),
        nullable=True,
    ),
    Column("decision", "ref", _("The decision about it."), named("decisions", "decision", "title"), nullable=True),
    Column("decided_at", "datetime", _("When it was decided."), nullable=True),
    Column("delivered_at", "datetime", _("When the last promise was kept."), nullable=True),
    Column("commitments_open", "integer", _("Promises that are open.")),
    Column("commitments_kept", "integer", _("Promises kept.")),
    Column("commitments_broken", "integer", _("Promises dropped, or twenty working days late.")),
    Column("created", "datetime", _("When it became public."), "tabled_at"),
    Column("updated", "datetime", _("When this row last changed."), "updated_at"),
)

PROPOSALS = Resource(
    name="proposals",
    one="proposal",
    meaning=_("What residents tabled, who should answer, and what became of it. Drafts are never here."),
    model=Proposal,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.reference("P", _rows),
        filters.community(_("Of one community: its id or short name.")),
        filters.organisation(_("One organisation should answer: its id or short name."), "organisations"),
        filters.related_id("topic", _("Of one topic: its id."), "topic", topic_exists),
        filters.choice("state", _("Where it is on its way."), STATES),
        OVERDUE,
        filters.flag(
            "contested",
            _("Whether under half of those who spoke say that it was answered."),
            lambda: Q(is_contested=True),
        ),
        filters.flag("imported", _("Whether it was brought in from another site."), lambda: ~Q(source_id="")),
        *filters.day_of_moment(
            "tabled_at", _("Tabled on this day (UTC) or later."), _("Tabled on this day (UTC) or earlier.")
        ),
        *DUE,
        filters.updated_since(_("Changed at this moment or later.")),
        filters.words(_("Words in the title, the outcome or the case, in any form; or one reference."), search=_found),
    ),
    orderings=(
        Ordering("-tabled", "tabled_at"),
        Ordering("tabled", "tabled_at"),
        Ordering("-supports", "supports_count"),
        Ordering("supports", "supports_count"),
        Ordering("updated", "updated_at"),
        Ordering("-updated", "updated_at"),
    ),
    stamps=("pk", "updated_at", "community__updated_at", "topic__updated_at", "author__display_name"),
    joined=("community", "topic", "author", "decision"),
    gathered=(
        Gather("organisations"),
        Gather(
            "asks",
            columns=("organisation__slug", "due_on", "answered_on", "answered_after_working_days"),
            order="due_on",
        ),
    ),
    shared=("community", "topic"),
    changes_daily=True,
    parts=(COMMENTS,),
    settled=names(
        "reference number title outcome_wanted case we_can need_help_with only_they_can author_name area community "
        "topic ended_reason merged_into retabled_from threshold source_url tabled_at gather_until "
        "threshold_reached_at asked_at called_in responded_at response_working_days decision decided_at"
    ),
    raised=("called_in",),
)
