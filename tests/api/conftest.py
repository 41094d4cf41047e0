"""A short public story to read through the API, made by the actions that the pages use."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from communities.models import Community, Organisation, Topic
from decisions.models import Decision
from proposals.actions.answering import publish_response, save_response_draft
from proposals.actions.backing import back_proposal
from proposals.actions.deciding import decide_from_answers
from proposals.actions.drafting import save_draft, start_draft, table_proposal
from proposals.models import Proposal, Response

Get = Callable[..., Any]
Table = Callable[..., Proposal]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


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
def decision(answered: Response, professional: User) -> Decision:
    return decide_from_answers(proposal=answered.proposal, acting_user=professional)


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
