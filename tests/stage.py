"""Proposals in the states that tests begin from, made through the actions. Shared by all rooms."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from communities.models import Community, Organisation, Topic
from proposals.actions.answering import publish_response, save_response_draft
from proposals.actions.backing import back_proposal
from proposals.actions.deciding import decide_from_answers
from proposals.actions.drafting import save_draft, start_draft, table_proposal
from proposals.actions.promising import make_commitment
from proposals.counts import OPINION_COLUMNS
from proposals.models import Ask, Commitment, Opinion, Proposal, Response
from record import clock

WORDS = {
    "title": "Light the path from Heron House to the bus stop",
    "outcome_wanted": "Anyone can walk home from the last bus and see where they put their feet.",
    "case": "The path has one lamp. It has been out since February.",
    "we_can": "Cut back the hedge twice a year",
    "need_help_with": "Tools, and a skip for the cuttings",
    "only_they_can": "Mend the lamp",
}

MakeProposal = Callable[..., Proposal]
Camps = Callable[..., list[Proposal]]
STATEMENTS = 8


@pytest.fixture
def make_draft(topic: Topic, resident: User) -> MakeProposal:
    """make_draft(author=…, topic=…, title=…): a whole draft, ready to be tabled."""

    def make(author: User | None = None, topic: Topic = topic, **words: Any) -> Proposal:
        author = author or resident
        draft = start_draft(community=topic.community, acting_user=author, submission=uuid.uuid4())
        return save_draft(proposal=draft, acting_user=author, topic=topic, **(WORDS | words))

    return make


@pytest.fixture
def make_proposal(make_draft: MakeProposal, resident: User) -> MakeProposal:
    """make_proposal(…): on the table."""

    def make(author: User | None = None, **words: Any) -> Proposal:
        return table_proposal(proposal=make_draft(author=author, **words), acting_user=author or resident)

    return make


@pytest.fixture
def tabled(make_proposal: MakeProposal) -> Proposal:
    return make_proposal()


@pytest.fixture
def asked(tabled: Proposal, neighbours: list[User]) -> Proposal:
    """Three neighbours backed it, so Penhale Homes was asked."""
    for neighbour in neighbours[:3]:
        back_proposal(proposal=tabled, acting_user=neighbour)
    tabled.refresh_from_db()
    return tabled


@pytest.fixture
def ask(asked: Proposal) -> Ask:
    return asked.asks.get()


@pytest.fixture
def publish(professional: User) -> Callable[..., Response]:
    """publish(ask, outcome=…, promises=[…]): the landlord's answer, drafted and published."""

    def answer(ask: Ask, user: User | None = None, **fields: Any) -> Response:
        user = user or professional
        words = {"outcome": "accepted", "summary": "Yes. We will mend the lamp.", "reasons": "The lamp is ours."}
        draft = save_response_draft(ask=ask, acting_user=user, revision=0, fields=words | fields)
        return publish_response(ask=ask, acting_user=user, revision=draft.revision)

    return answer


@pytest.fixture
def response(ask: Ask, publish: Callable[..., Response]) -> Response:
    return publish(ask)


@pytest.fixture
def decided(response: Response, professional: User) -> Proposal:
    """Answered with yes, and the answer recorded as the decision."""
    decide_from_answers(proposal=response.proposal, acting_user=professional)
    return Proposal.objects.get(pk=response.proposal_id)


@pytest.fixture
def promise(decided: Proposal, professional: User, landlord: Organisation) -> Commitment:
    """The landlord promises to mend the lamp, in thirty days."""
    return make_commitment(
        acting_user=professional,
        text="Mend the lamp",
        due_on=clock.today() + timedelta(days=30),
        submission=uuid.uuid4(),
        proposal=decided,
        organisation=landlord,
    )


@pytest.fixture
def camps(make_proposal: MakeProposal, make_user: Callable[..., User], community: Community) -> Camps:
    """camps(14, 11): that many people on either side answered eight proposals. All of them agree on the first."""

    def make(first: int, second: int) -> list[Proposal]:
        proposals = [make_proposal(title=f"Thing {at}") for at in range(STATEMENTS)]
        people = [make_user(f"First {n}", community) for n in range(first)]
        people += [make_user(f"Second {n}", community) for n in range(second)]
        rows = []
        for n, person in enumerate(people):
            side = 1 if n < first else -1
            for at, proposal in enumerate(proposals):
                value = 1 if at == 0 else side * (1 if at % 2 else -1)
                if at and (n + at) % 9 == 0:
                    value = 0  # nobody is quite like the others
                rows.append(Opinion(proposal=proposal, user=person, value=value))
        Opinion.objects.bulk_create(rows)
        for proposal in proposals:
            for value, column in OPINION_COLUMNS.items():
                setattr(proposal, column, sum(row.proposal_id == proposal.pk and row.value == value for row in rows))
            proposal.save()
        return proposals

    return make
