"""Ballots: what residents voted on, by which rule, how many took part, and what came out.

No column moves with a vote: before the close a row says nothing of who or how many voted.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from api import filters
from api.columns import Column, Made, Source, address_in, community_of, named, page_of
from api.pagination import Ordering
from api.resources import Resource, names
from api.v1.ballot_parts import PARTS, count_of, file_url, part_url
from api.v1.existing import proposal_exists, topic_exists
from ballots.models import Ballot, Option

STATES = tuple(state for state in Ballot.State.values if state != Ballot.State.DRAFT)
LONG_TEXTS = ("count__papers", "count__receipts", "count__working", "count__totals")
CLOSED = (Ballot.State.CLOSED, Ballot.State.COUNTED, Ballot.State.CERTIFIED)


def _rows() -> QuerySet[Any]:
    return Ballot.objects.visible_to(AnonymousUser()).defer(*LONG_TEXTS)


def _for_a_budget(name: str) -> Source:
    return lambda row: getattr(row, name) if row.method == Ballot.Method.BUDGET else None


def _for_equal_shares(name: str) -> Source:
    return lambda row: getattr(row, name) if row.budget_rule == Ballot.BudgetRule.EQUAL_SHARES else None


def _shared_out(name: str) -> Source:
    """How equal shares are counted; None by every other rule."""
    shares, budget = _for_equal_shares(name), _for_a_budget(name)
    return lambda row: shares(row) if budget(row) is not None else None


def _of_count(name: str) -> Source:
    return lambda row: getattr(count_of(row), name, None) or None


def _eligible(ballot: Ballot) -> int | None:
    """The roll is taken at the opening. A ballot from another site may have none."""
    return ballot.eligible_count if ballot.opened_at is not None or ballot.eligible_count else None


def _after_the_close(name: str) -> Source:
    def value(ballot: Ballot) -> Any:
        return getattr(ballot, name) if ballot.closed_at is not None or ballot.state in CLOSED else None

    return value


def _turnout(ballot: Ballot) -> float | None:
    voted = _after_the_close("voted_count")(ballot)
    return round(voted / ballot.eligible_count, 4) if voted is not None and ballot.eligible_count else None


def _is_cancelled(state: str) -> bool:
    return state == Ballot.State.CANCELLED


def _winners(ballot: Ballot) -> list[str] | None:
    if not ballot.has_result:
        return None
    return [option.code for option in ballot.won]  # type: ignore[attr-defined]  # gathered below


COLUMNS = (
    Column("id", "id", _("Its id: a UUIDv7, which sorts by time."), "pk"),
    Column("reference", "text", _("The reference that people use, such as B-2026-0003.")),
    Column("url", "url", _("Its address in this API."), address_in("ballots")),
    Column("html_url", "url", _("The address of its page."), page_of("ballots:detail", "community.slug", "reference")),
    Column("title", "text", _("The question."), "question"),
    Column("about", "text", _("What is said about the question. Markdown.")),
    Column("community", "ref", _("Who votes."), community_of()),
    Column("topic", "ref", _("The topic of the agreement."), named("topics", "topic"), nullable=True),
    Column("state", "text", _("Where it is on its way."), choices=STATES),
    Column("withdrawn", "boolean", _("Whether it was cancelled. The row stays."), Made(("state",), _is_cancelled)),
    Column("binding", "boolean", _("Whether the result is the decision; else it is advice."), "is_binding"),
    Column("method", "text", _("What is on the paper."), choices=tuple(Ballot.Method.values)),
    Column(
        "seats",
        "integer",
        _("How many can win; for a budget the money says that."),
        lambda row: None if row.method == Ballot.Method.BUDGET else row.seats,
        nullable=True,
    ),
    Column("most_choices", "integer", _("Ticks or places on one paper at most; 0 is no limit.")),
    Column("min_share", "integer", _("Of 100 papers, how many must choose an option for it to win.")),
    Column("min_sample", "integer", _("How many must give an option points before its average counts.")),
    Column(
        "budget", "integer", _("The money to share out, in pence or cents."), _for_a_budget("budget"), nullable=True
    ),
    Column("currency", "text", _("The currency of the budget (ISO 4217)."), _for_a_budget("currency"), nullable=True),
    Column(
        "budget_rule",
        "text",
        _("How the money is shared out."),
        _for_a_budget("budget_rule"),
        nullable=True,
        choices=tuple(Ballot.BudgetRule.values),
    ),
    Column(
        "completion",
        "text",
        _("Equal shares: what becomes of money that is left."),
        _shared_out("completion"),
        nullable=True,
        choices=tuple(Ballot.Completion.values),
    ),
    Column(
        "stop",
        "text",
        _("Equal shares: when the shares stop going up."),
        _shared_out("stop"),
        nullable=True,
        choices=tuple(Ballot.Stop.values),
    ),
    Column(
        "step",
        "integer",
        _("Equal shares: by how much the shares go up each time, where that was set."),
        _shared_out("step"),
        nullable=True,
    ),
    Column("seed", "text", _("The lot that settles a tie. It was drawn when the vote was announced.")),
    Column(
        "electorate",
        "text",
        _("Who may vote: all residents, those of one block or street, or those who joined by a set day."),
        choices=tuple(Ballot.Electorate.values),
    ),
    Column("electorate_area", "text", _("The block or street whose residents may vote.")),
    Column("electorate_since", "date", _("The day by which voters must have joined."), nullable=True),
    Column("quorum_percent", "integer", _("Of 100 people who may vote, how many must do so for the result to count.")),
    Column(
        "terms_sha256", "text", _("The fingerprint (SHA-256) of all that nobody can change after the announcement.")
    ),
    Column(
        "announced_at", "datetime", _("When it was announced. From then on its rules stay as they are."), nullable=True
    ),
    Column("opens_at", "datetime", _("When it opens."), nullable=True),
    Column("papers_back_by", "datetime", _("By when printed papers must be back."), nullable=True),
    Column("closes_at", "datetime", _("When it closes."), nullable=True),
    Column("opened_at", "datetime", _("When it opened and the list of voters was made."), nullable=True),
    Column(
        "closed_at",
        "datetime",
        _("When it closed, and the key that could show who voted how was destroyed."),
        nullable=True,
    ),
    Column("counted_at", "datetime", _("When it was counted."), nullable=True),
    Column("certified_at", "datetime", _("When its result became final."), nullable=True),
    Column("cancelled_at", "datetime", _("When it was cancelled. The row stays."), nullable=True),
    Column("cancel_reason", "text", _("Why it was cancelled.")),
    Column("options_count", "integer", _("How many options it has.")),
    Column("options_url", "url", _("Its options."), part_url("options")),
    Column("eligible", "integer", _("How many people may vote. From the opening."), _eligible, nullable=True),
    Column("voted", "integer", _("How many voted. From the close."), _after_the_close("voted_count"), nullable=True),
    Column("voted_online", "integer", _("Of these, online."), _after_the_close("online_count"), nullable=True),
    Column("voted_on_paper", "integer", _("Of these, on paper."), _after_the_close("paper_count"), nullable=True),
    Column("voted_by_phone", "integer", _("Of these, by phone."), _after_the_close("phone_count"), nullable=True),
    Column(
        "turnout",
        "number",
        _("The part of those who could vote that did: 0.5 is half of them. From the close."),
        _turnout,
        nullable=True,
    ),
    Column("quorum_met", "boolean", _("Whether enough voted. From the count."), nullable=True),
    Column("winners", "texts", _("The codes of the options that won, in order."), _winners, nullable=True),
    Column("decision", "ref", _("The decision it made."), named("decisions", "decision", "title"), nullable=True),
    Column("count_url", "url", _("The count with its working."), part_url("count"), nullable=True),
    Column("papers_url", "url", _("The papers, where ten or more were cast."), part_url("papers"), nullable=True),
    Column(
        "papers_sha256",
        "text",
        _("The fingerprint (SHA-256) of the papers file: of the very bytes at papers_file_url."),
        _of_count("papers_sha256"),
        nullable=True,
    ),
    Column(
        "papers_file_url",
        "url",
        _("The exact file of the papers: CSV with the number of each paper and a column for each option."),
        file_url("papers"),
        nullable=True,
    ),
    Column(
        "receipts_url", "url", _("The receipts of the papers that were counted."), part_url("receipts"), nullable=True
    ),
    Column(
        "receipts_sha256",
        "text",
        _(
            "The fingerprint (SHA-256) of the receipts file: of the very bytes at receipts_file_url. The same list as "
            "JSON or CSV has another one."
        ),
        _of_count("receipts_sha256"),
        nullable=True,
    ),
    Column(
        "receipts_file_url",
        "url",
        _("The exact file of the receipts: sorted, one a line, each line ended by a line feed, and no heading."),
        file_url("receipts"),
        nullable=True,
    ),
    Column("source_url", "url", _("Where it was first held."), lambda row: row.source_url or None, nullable=True),
    Column("created", "datetime", _("When it was begun."), "created_at"),
    Column("updated", "datetime", _("When this row last changed. Votes do not change it."), "updated_at"),
)

BALLOTS = Resource(
    name="ballots",
    one="ballot",
    meaning=_(
        "Votes of residents: the question, the rule by which it is counted, and after the close how many voted and "
        "what won. A vote is here from the day it is announced. While it is open, no number here changes."
    ),
    model=Ballot,
    columns=COLUMNS,
    rows=_rows,
    filters=(
        filters.reference("B", _rows),
        filters.community(_("Of one community: its id or short name.")),
        filters.related_id("topic", _("Of one topic: its id."), "topic", topic_exists),
        filters.related_id(
            "proposal", _("With one proposal among the options: its id."), "options__proposal", proposal_exists
        ),
        filters.choice("state", _("Where it is on its way."), STATES),
        filters.choice("method", _("What is on the paper."), Ballot.Method.values),
        filters.flag("binding", _("Whether the result is the decision."), lambda: Q(is_binding=True)),
        *filters.day_of_moment(
            "opens_at", _("Opens on this day (UTC) or later."), _("Opens on this day (UTC) or earlier.")
        ),
        *filters.day_of_moment(
            "closes_at", _("Closes on this day (UTC) or later."), _("Closes on this day (UTC) or earlier.")
        ),
        filters.updated_since(_("Changed at this moment or later.")),
        filters.words(_("Words in the question or what is said about it."), "question", "about"),
    ),
    orderings=(
        Ordering("-created", "created_at"),
        Ordering("created", "created_at"),
        Ordering("updated", "updated_at"),
        Ordering("-updated", "updated_at"),
    ),
    stamps=("pk", "updated_at", "community__updated_at", "topic__updated_at", "decision__updated_at"),
    joined=("community", "topic", "decision", "count"),
    shared=("community", "topic"),
    gathered=(
        Prefetch("options", queryset=Option.objects.winners().only("ballot_id", "code", "place"), to_attr="won"),
    ),
    parts=PARTS,
    settled=names(
        "reference title about community topic binding method seats most_choices min_share min_sample budget currency "
        "budget_rule completion stop step seed electorate electorate_area electorate_since quorum_percent "
        "terms_sha256 announced_at opens_at papers_back_by closes_at opened_at closed_at counted_at certified_at "
        "cancelled_at cancel_reason options_count eligible voted voted_online voted_on_paper voted_by_phone "
        "quorum_met winners decision papers_sha256 receipts_sha256 source_url created"
    ),
)
