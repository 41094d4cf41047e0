"""A short public story to read through the API, made by the actions that the pages use."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from api.written import written
from ballots.actions.announcing import announce_ballot
from ballots.actions.certifying import certify_ballot
from ballots.actions.voting import cast_vote
from ballots.models import Ballot
from communities.models import Community, Organisation, Topic
from decisions.models import Decision
from proposals.actions.answering import publish_response, save_response_draft
from proposals.actions.asking import call_in_proposal
from proposals.actions.asking_for_promises import ask_for_commitments
from proposals.actions.backing import back_proposal
from proposals.actions.deciding import decide_from_answers
from proposals.actions.drafting import save_draft, start_draft, table_proposal
from proposals.models import Ask, CommitmentAsk, Proposal, Response
from record import clock
from tests.ballots.conftest import MakeBallot, counted, green, make_ballot, make_open

__all__ = ["green", "make_ballot", "make_open"]  # fixtures of the votes, for this room too

Get = Callable[..., Any]
Table = Callable[..., Proposal]


@pytest.fixture(autouse=True)
def nothing_written() -> None:
    """So that a count of queries is that of a first reader."""
    written.clear()


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """The files of the open data page lie in a folder of the test's own."""
    place = tmp_path / "open-data"
    kept = settings.STORAGES["open_data"] | {"OPTIONS": {"location": str(place)}}
    settings.STORAGES = settings.STORAGES | {"open_data": kept}
    return place


@pytest.fixture
def get(client: Client) -> Get:
    """get("decisions", topic=…): the answer of a list; get("decisions/<id>"): of one row."""

    def ask(resource: str, *, headers: dict[str, str] | None = None, **parameters: Any) -> Any:
        return client.get(f"/api/v1/{resource}/", parameters, headers=headers)

    return ask


@pytest.fixture
def table(resident: User, topic: Topic) -> Table:
    """A tabled proposal of the resident's."""

    def make(title: str = "Light the path", **fields: Any) -> Proposal:
        author = fields.pop("author", resident)
        chosen = fields.setdefault("topic", topic)
        draft = start_draft(community=chosen.community, acting_user=author, submission=uuid4())
        fields = {
            "outcome_wanted": "Anyone can walk home.",
            "case": "It is dark.",
            "only_they_can": "Mend the lamp",
            **fields,
        }
        save_draft(proposal=draft, acting_user=author, title=title, **fields)
        return table_proposal(proposal=draft, acting_user=author)

    return make


@pytest.fixture
def answered(table: Table, neighbours: list[User], professional: User) -> Response:
    """Three neighbours backed it; the landlord said yes in part and promised something."""
    proposal = table()
    for neighbour in neighbours[:3]:
        back_proposal(proposal=proposal, acting_user=neighbour)
    ask = proposal.asks.get()
    fields = {
        "outcome": "accepted_in_part",
        "summary": "We will mend one lamp.",
        "reasons": "The second one is not ours.",
        "promises": [
            {"text": "Mend the lamp", "due_on": (timezone.localdate() + timedelta(days=14)).isoformat(), "by": ""}
        ],
    }
    save_response_draft(ask=ask, acting_user=professional, revision=0, fields=fields)
    return publish_response(ask=ask, acting_user=professional, revision=1)


@pytest.fixture
def decision(answered: Response, professional: User, announced_vote: Ballot) -> Decision:
    """The end of the story; a vote is announced meanwhile, and after an earlier one the landlord is asked what it will
    do."""
    ask_for_commitments(
        answered.proposal.community,
        [answered.organisation],
        ballot_reference="B-2020-0001",
        question="Which lamp first?",
        decision=None,
        working_days=20,
    )
    return decide_from_answers(proposal=answered.proposal, acting_user=professional)


@pytest.fixture
def announced_vote(make_ballot: MakeBallot, facilitator: User, neighbour: User) -> Ballot:
    return announce_ballot(ballot=make_ballot(), acting_user=facilitator)


@pytest.fixture
def voters(make_user: Callable[..., User], community: Community) -> list[User]:
    """Eleven residents: enough for their papers to be published."""
    return [make_user(f"Voter {n}", community) for n in range(11)]


@pytest.fixture
def open_vote(make_ballot: MakeBallot, make_open: Callable[[Ballot], Ballot], voters: list[User]) -> Ballot:
    return make_open(make_ballot())


@pytest.fixture
def certified(open_vote: Ballot, voters: list[User], facilitator: User) -> Ballot:
    """Ten of eleven voted: everybody for the first option, some for the third too."""
    for number, voter in enumerate(voters[:10]):
        choices = {"1": 1, "3": 1} if number % 2 else {"1": 1}
        cast_vote(ballot=open_vote, acting_user=voter, choices=choices)
    counted(open_vote)
    return certify_ballot(ballot=open_vote, acting_user=facilitator)


@pytest.fixture
def many_decisions(community: Community, topic: Topic, landlord: Organisation) -> Callable[[int], list[Decision]]:
    """Bare rows, for pages and query counts."""

    def make(count: int) -> list[Decision]:
        first = Decision.objects.count()
        rows = Decision.objects.bulk_create(
            Decision(
                reference=f"D-2020-{first + n:04d}",
                community=community,
                topic=topic,
                title=f"Decision {n}",
                summary="Yes.",
                reasons="Because.",
                outcome="accepted",
                decided_on=date(2020, 1, 1) + timedelta(days=n // 3),
                decided_by="organisation_alone",
                basis_kind="notice",
            )
            for n in range(count)
        )
        for row in rows:
            row.organisations.add(landlord)
        return rows

    return make


@pytest.fixture
def two_asked(table: Table, facilitator: User, landlord: Organisation, council: Organisation) -> Proposal:
    proposal = table("A crossing at the school")
    both = [landlord, council]
    return call_in_proposal(proposal=proposal, acting_user=facilitator, reason="Someone fell.", organisations=both)


@pytest.fixture
def council_answered(two_asked: Proposal, councillor: User, council: Organisation) -> Response:
    return answer(two_asked.asks.get(organisation=council), councillor)


@pytest.fixture
def after_a_vote(community: Community, landlord: Organisation) -> CommitmentAsk:
    asks = ask_for_commitments(
        community,
        [landlord],
        ballot_reference="B-2026-0001",
        question="Which bench?",
        decision=_of_residents(community),
        working_days=20,
    )
    return asks[0]


def _of_residents(community: Community) -> Decision:
    return Decision.objects.create(
        community=community,
        reference=f"D-2026-9{Decision.objects.count():03}",
        title="A bench",
        summary="s",
        reasons="r",
        outcome="accepted",
        decided_on=clock.today(),
        decided_by="residents",
        basis_kind="ballot",
    )


def answer(ask: Ask, officer: User) -> Response:
    """The officer says yes."""
    fields = {"outcome": "accepted", "summary": "Yes.", "reasons": "It is ours."}
    save_response_draft(ask=ask, acting_user=officer, revision=0, fields=fields)
    return publish_response(ask=ask, acting_user=officer, revision=1)
