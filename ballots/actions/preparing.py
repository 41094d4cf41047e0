"""Preparing a ballot: its question, its options and its terms, until it is announced."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from ballots import permissions
from ballots.exceptions import NotNow, NotValid
from ballots.guards import locked_ballot, locked_proposals, require, require_step
from ballots.models import Ballot, Option
from communities.guards import locked_community
from communities.models import Community
from proposals.models import Proposal
from record.references import next_reference

LONGEST_QUESTION = 160
LONGEST_ABOUT = 4000
MOST_OPTIONS = 300

# What a facilitator sets. Everything else about a ballot is worked out.
TERMS = frozenset(
    {
        "question",
        "about",
        "topic",
        "method",
        "seats",
        "most_choices",
        "min_share",
        "min_sample",
        "budget",
        "budget_rule",
        "completion",
        "stop",
        "step",
        "electorate",
        "electorate_area",
        "electorate_since",
        "quorum_percent",
        "opens_at",
        "closes_at",
        "papers_back_by",
    }
)


@transaction.atomic
def start_ballot(*, community: Community, acting_user: User, submission: UUID, **terms: Any) -> Ballot:
    """A new draft. The same `submission` twice is one draft. Nothing is public before it is announced."""
    require(permissions.can_prepare(acting_user, community), _("Only a facilitator can prepare a ballot."))
    community = locked_community(community.pk)  # two taps come one after the other
    made = Ballot.objects.filter(submission=submission).first()
    if made is not None:
        return made
    ballot = Ballot(reference=next_reference("B"), community=community, created_by=acting_user, submission=submission)
    _set_terms(ballot, terms)
    ballot.save()
    return ballot


@transaction.atomic
def change_ballot(*, ballot: Ballot, acting_user: User, **terms: Any) -> Ballot:
    """Change the terms of a draft."""
    ballot = _locked_draft(ballot, acting_user)
    _set_terms(ballot, terms)
    ballot.save()
    return ballot


@transaction.atomic
def add_option(
    *,
    ballot: Ballot,
    acting_user: User,
    title: str = "",
    about: str = "",
    cost: int = 0,
    proposal: Proposal | None = None,
) -> Option:
    """A line on the paper: words of its own, or a proposal that waits for a vote. A proposal that another draft
    holds moves over from there."""
    if proposal is not None:
        proposal = locked_proposals([proposal.pk])[0]
    ballot = _locked_draft(ballot, acting_user)
    if proposal is not None:
        held = ballot.options.filter(proposal=proposal).first()
        if held is not None:
            return held
        _require_waits(proposal, ballot)
        Option.objects.filter(proposal=proposal, ballot__state=Ballot.State.DRAFT).delete()
        title = title or proposal.title
    option = new_option(ballot, title=title, about=about, cost=cost, proposal=proposal)
    _count_options(ballot.community)
    return option


@transaction.atomic
def change_option(*, option: Option, acting_user: User, title: str, about: str, cost: int) -> Option:
    """Other words or another cost for a line."""
    _locked_draft(option.ballot, acting_user)
    option = Option.objects.select_for_update().get(pk=option.pk)
    option.title, option.about, option.cost = _words(title, about, cost)
    option.save(update_fields=["title", "about", "cost"])
    return option


@transaction.atomic
def move_option(*, option: Option, acting_user: User, up: bool) -> None:
    """One place up or down on the paper."""
    ballot = _locked_draft(option.ballot, acting_user)
    options = list(ballot.options.order_by("position", "id"))
    at = next(index for index, row in enumerate(options) if row.pk == option.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(options):
        options[at], options[to] = options[to], options[at]
    for position, row in enumerate(options, start=1):
        row.position = position
    Option.objects.bulk_update(options, ["position"])


@transaction.atomic
def remove_option(*, option: Option, acting_user: User) -> None:
    """Take a line off. What residents sent to a vote cannot be taken off the list of the next one: it can only be
    put on another ballot."""
    ballot = _locked_draft(option.ballot, acting_user)
    if option.proposal_id is not None and ballot.collects:
        raise NotNow(_("Residents sent this to a vote. Announce it, or put it on another ballot."))
    _move_to_next(ballot, ballot.options.filter(pk=option.pk))
    _count_options(ballot.community)


@transaction.atomic
def discard_ballot(*, ballot: Ballot, acting_user: User) -> None:
    """Throw a draft away. Proposals that it held go back to the list of the next vote."""
    ballot = _locked_draft(ballot, acting_user)
    community = ballot.community
    if ballot.collects and ballot.options.exclude(proposal=None).exists():
        raise NotNow(_("Proposals wait on this ballot, so it cannot be thrown away."))
    _move_to_next(ballot, ballot.options.all())
    ballot.delete()
    _count_options(community)


def _move_to_next(ballot: Ballot, options: QuerySet[Any]) -> None:
    """Delete these lines; those of proposals stand on the next vote instead."""
    held = list(options.filter(proposal__isnull=False).select_related("proposal").order_by("position"))
    options.delete()
    for option in held:
        new_option(collecting_ballot(ballot.community), title=option.title, cost=option.cost, proposal=option.proposal)


def collecting_ballot(community: Community) -> Ballot:
    """The draft that collects what residents send to a vote; made where there is none. A step of actions.

    One opinion a proposal: each is chosen or not by itself, and needs half of those who vote.
    """
    ballot = (
        Ballot.objects.select_for_update(of=("self",))
        .filter(community=community, collects=True, state=Ballot.State.DRAFT)
        .first()
    )
    if ballot is not None:
        return ballot
    return Ballot.objects.create(
        reference=next_reference("B"),
        community=community,
        collects=True,
        question=_("What should happen next?"),
        method=Ballot.Method.APPROVAL,
        seats=MOST_OPTIONS,
        min_share=50,
    )


def new_option(
    ballot: Ballot, *, title: str, about: str = "", cost: int = 0, proposal: Proposal | None = None, code: str = ""
) -> Option:
    """One more line, at the end. A step: the caller holds the ballot and counts its options."""
    if ballot.options.count() >= MOST_OPTIONS:
        raise NotValid(_("That is more options than one ballot can hold."))
    title, about, cost = _words(title, about, cost)
    position = _next_position(ballot)
    return Option.objects.create(
        ballot=ballot,
        code=code or _next_code(ballot),
        position=position,
        title=title,
        about=about,
        cost=cost,
        proposal=proposal,
        origin=Option.Origin.RESIDENTS if proposal else Option.Origin.FACILITATOR,
    )


def _set_terms(ballot: Ballot, terms: dict[str, Any]) -> None:
    unknown = set(terms) - TERMS
    if unknown:
        raise ValueError(f"A facilitator does not set {sorted(unknown)}")
    for name, value in terms.items():
        setattr(ballot, name, value)
    ballot.question = ballot.question.strip()
    if not ballot.question:
        raise NotValid(_("Write the question."), field="question")
    if len(ballot.question) > LONGEST_QUESTION or len(ballot.about) > LONGEST_ABOUT:
        raise NotValid(_("Make this shorter."), field="question")
    if ballot.topic is not None and ballot.topic.community_id != ballot.community_id:
        raise NotValid(_("Choose a topic of this community."), field="topic")


def _locked_draft(ballot: Ballot, user: User) -> Ballot:
    ballot = locked_ballot(ballot.pk)
    require(permissions.can_run(user, ballot), _("Only a facilitator can prepare a ballot."))
    require_step(ballot, "edit")
    return ballot


def _require_waits(proposal: Proposal, ballot: Ballot) -> None:
    waits = proposal.state == Proposal.State.DECIDING and proposal.waits_for == Proposal.WaitsFor.BALLOT
    if proposal.community_id != ballot.community_id or not waits:
        raise NotValid(_("Only a proposal that waits for a vote can be put on a ballot."), field="proposal")
    if proposal.ballot_reference:
        raise NotValid(_("This proposal is on another ballot already."), field="proposal")


def _words(title: str, about: str, cost: int) -> tuple[str, str, int]:
    title, about = title.strip(), about.strip()
    if not title:
        raise NotValid(_("Give the option a name."), field="title")
    if len(title) > LONGEST_QUESTION:
        raise NotValid(_("Make this shorter."), field="title")
    if len(about) > LONGEST_ABOUT:
        raise NotValid(_("Make this shorter."), field="about")
    if not 0 <= cost < 10**15:
        raise NotValid(_("Give what it costs as a number that is not below nothing."), field="cost")
    return title, about, cost


def _next_position(ballot: Ballot) -> int:
    return (ballot.options.aggregate(last=Max("position"))["last"] or 0) + 1


def _next_code(ballot: Ballot) -> str:
    """A short number that no other line of this ballot has or had while it was prepared."""
    taken = set(ballot.options.values_list("code", flat=True))
    number = len(taken) + 1
    while str(number) in taken:
        number += 1
    return str(number)


def _count_options(community: Community) -> None:
    """Keep the column on the community's drafts, whichever of them a line went to."""
    for ballot in Ballot.objects.filter(community=community, state=Ballot.State.DRAFT):
        Ballot.objects.filter(pk=ballot.pk).update(options_count=ballot.options.count())
