"""Waiting asks and decisions as home and the waiting list show them, made straight from dates."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from ballots.models import Ballot
from communities.models import Community, Organisation
from communities.working_days import add_working_days
from decisions.models import Decision
from proposals.models import Ask, Proposal
from record import clock

MakeAsk = Callable[..., Ask]
MakeDecision = Callable[..., Decision]
MakeVote = Callable[..., Ballot]


@pytest.fixture
def make_ask(resident: User, landlord: Organisation) -> MakeAsk:
    """make_ask(community, days_ago=…): one organisation asked so many days ago, with 20 working days to answer."""

    def make(community: Community, days_ago: int = 5, title: str = "", organisation: Organisation = landlord) -> Ask:
        number = Proposal.objects.filter(community=community).count() + 1
        topic = community.topics.select_related("rule").order_by("slug")[0]
        asked = clock.today() - timedelta(days=days_ago)
        proposal = Proposal.objects.create(
            community=community,
            number=number,
            reference=f"P-{community.slug}-{number}",
            slug=f"p-{number}",
            title=title or f"Proposal {number}",
            author=resident,
            topic=topic,
            rule=topic.rule,
            state=Proposal.State.AWAITING_RESPONSE,
            threshold=3,
            supports_count=3,
            tabled_at=clock.now(),
        )
        due = add_working_days(asked, 20, community)
        return Ask.objects.create(
            proposal=proposal,
            organisation=organisation,
            working_days=20,
            asked_on=asked,
            first_due_on=due,
            due_on=due,
            long_overdue_on=add_working_days(asked, 40, community),
        )

    return make


@pytest.fixture
def make_decision() -> MakeDecision:
    """make_decision(community, title=…): decided together, today."""

    def make(community: Community, title: str = "A new way to book a repair") -> Decision:
        return Decision.objects.create(
            reference=f"D-2026-{Decision.objects.count() + 1:04}",
            community=community,
            title=title,
            summary="It starts on *Monday*.",
            reasons="Both signed it.",
            outcome=Decision.Outcome.ACCEPTED,
            decided_on=clock.today(),
            decided_by=Decision.DecidedBy.TOGETHER,
            basis_kind=Decision.Basis.SIGN_OFF,
        )

    return make


@pytest.fixture
def make_vote() -> MakeVote:
    """make_vote(community, "Which bench?", closes_in=3): open since yesterday, for so many days more."""

    def make(community: Community, question: str = "Which bench?", closes_in: float = 3, **fields: object) -> Ballot:
        now = clock.now()
        terms = {
            "state": Ballot.State.OPEN,
            "opens_at": now - timedelta(days=1),
            "closes_at": now + timedelta(days=closes_in),
            "options_count": 4,
        } | fields
        return Ballot.objects.create(
            community=community,
            reference=f"B-2026-{Ballot.objects.count() + 1:04}",
            question=question,
            announced_at=now - timedelta(days=2),
            **terms,
        )

    return make
