"""Who keeps people waiting: a row for each organisation that was asked, and never one for the delay of another."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from api.written import written
from communities.models import Community, Organisation, Topic
from communities.working_days import working_days_between
from proposals.actions.asking import extend_ask, record_clock_crossings
from proposals.actions.asking_for_promises import record_overdue_commitment_asks
from proposals.actions.ending import withdraw_proposal
from proposals.actions.promising import make_commitment
from proposals.models import Ask, CommitmentAsk, Proposal, Response
from record import clock
from tests.api.conftest import Get, Table, answer

Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def rows(get: Get) -> Rows:
    """rows("asks", overdue="true"): what the list gives."""

    def ask(name: str, **asked: str) -> list[dict[str, Any]]:
        given = get(name, **asked)
        assert given.status_code == 200, given.content
        found: list[dict[str, Any]] = given.json()["results"]
        return found

    return ask


def _days_later(days: int) -> Any:
    return clock.at(clock.now() + timedelta(days=days))


def _named(found: list[dict[str, Any]], landlord: Organisation) -> list[bool]:
    return [row["organisation"]["id"] == str(landlord.pk) for row in found]


def test_only_the_one_that_is_late_is_late(
    rows: Rows, two_asked: Proposal, council_answered: Response, landlord: Organisation, council: Organisation
) -> None:
    with _days_later(60):
        late, done = sorted(rows("asks"), key=lambda row: row["waiting"], reverse=True)
        assert _named([late, done], landlord) == [True, False]
        assert (late["overdue"], late["waiting"], late["answered_on"], late["response"]) == (True, True, None, None)
        assert (done["overdue"], done["waiting"], done["late"]) == (False, False, False)
        assert done["overdue_working_days"] is done["waiting_working_days"] is None
        assert done["answered_after_working_days"] == 0
        assert (done["response"]["id"], done["response"]["title"]) == (
            str(council_answered.pk),
            council_answered.reference,
        )
        assert done["response"]["url"].endswith(f"/api/v1/responses/{council_answered.pk}/")
        assert _named(rows("asks", overdue="true"), landlord) == [True]
        assert _named(rows("asks", waiting="false"), landlord) == [False]
        assert rows("asks", overdue="true", organisation=council.slug) == []
        row = rows("proposals")[0]
        assert row["overdue_working_days"] == late["overdue_working_days"] > 0
        assert row["overdue_from"] == row["waiting_for"] == [landlord.slug]


def test_a_proposal_is_overdue_for_an_organisation_by_its_own_answer(
    rows: Rows, two_asked: Proposal, council_answered: Response, landlord: Organisation, council: Organisation
) -> None:
    def found(**asked: str) -> int:
        return len(rows("proposals", **asked))

    due_on = two_asked.asks.get(organisation=landlord).due_on
    with _days_later(60):
        assert found(overdue="true") == found(overdue="true", organisation=landlord.slug) == 1
        assert found(overdue="true", organisation=str(landlord.pk)) == 1
        assert found(overdue="true", organisation=council.slug) == 0
        assert found(overdue="false", organisation=council.slug) == 1
        assert found(overdue="false", organisation=landlord.slug) == 0
        assert found(due_to=due_on.isoformat(), organisation=landlord.slug) == 1
        assert found(due_from=due_on.isoformat(), due_to=due_on.isoformat(), organisation=landlord.slug) == 1
        assert found(due_from=due_on.isoformat(), organisation=council.slug) == 0
        assert found(due_to=due_on.isoformat(), organisation=council.slug) == 0


def test_of_two_who_wait_the_late_one_is_told_from_the_other(
    rows: Rows, two_asked: Proposal, professional: User, landlord: Organisation, council: Organisation
) -> None:
    ask = two_asked.asks.get(organisation=landlord)
    extend_ask(ask=ask, acting_user=professional, due_on=ask.due_on + timedelta(days=9), reason="The report is late.")
    days = (ask.due_on - clock.today()).days
    with _days_later(days + 3):
        assert _named(rows("asks", overdue="true"), landlord) == [False]
        assert _named(rows("asks", waiting="true", ordering="due_on"), landlord) == [False, True]
        assert rows("proposals", overdue="true", organisation=landlord.slug) == []
        assert len(rows("proposals", overdue="true", organisation=council.slug)) == 1
        assert rows("proposals")[0]["overdue_from"] == [council.slug]
    row = next(row for row in rows("asks") if row["extended"])
    assert row["extension_reason"] == "The report is late."
    assert (row["first_due_on"], row["due_on"]) == (
        ask.due_on.isoformat(),
        (ask.due_on + timedelta(days=9)).isoformat(),
    )


def test_a_mirror_sees_each_change(rows: Rows, two_asked: Proposal, professional: User, resident: User) -> None:
    mark = clock.now()

    def changed(days: int) -> list[dict[str, Any]]:
        """What changed since, some days later."""
        nonlocal mark
        since, mark = mark, clock.now() + timedelta(microseconds=1)
        return [row for row in rows("asks", updated_since=since.isoformat()) if row["created"] < row["updated"]]

    ask = two_asked.asks.get(organisation__slug="penhale-homes")
    with _days_later(1):
        extend_ask(ask=ask, acting_user=professional, due_on=ask.due_on + timedelta(days=9), reason="Late.")
        assert [row["extended"] for row in changed(1)] == [True]
    with _days_later(100):
        record_clock_crossings()
        assert [row["long_overdue"] for row in changed(100)] == [True, True]
    with _days_later(101):
        answer(ask, professional)
        assert [(row["late"], row["waiting"]) for row in changed(101)] == [(True, False)]
    with _days_later(102):
        withdraw_proposal(proposal=two_asked, acting_user=resident, reason="It was built.")
        assert [(row["withdrawn"], row["waiting"]) for row in changed(102)] == [(True, False), (True, False)]
        assert rows("asks", waiting="true") == rows("asks", overdue="true") == rows("asks", long_overdue="true") == []


def test_what_an_organisation_owes_after_a_vote(
    rows: Rows, after_a_vote: CommitmentAsk, professional: User, landlord: Organisation, council: Organisation
) -> None:
    start = clock.now()
    row = rows("commitment-asks")[0]
    assert (row["reference"], row["title"]) == ("B-2026-0001", "Which bench?")
    assert row["decision"]["id"] == str(after_a_vote.decision_id)
    assert row["html_url"].endswith("/c/larkfield/ballots/B-2026-0001/")
    assert (row["waiting"], row["overdue"], row["waiting_working_days"]) == (True, False, 0)
    with _days_later(90):
        record_overdue_commitment_asks()
        assert len(rows("commitment-asks", updated_since=clock.now().isoformat())) == 1
        row = rows("commitment-asks", overdue="true", organisation=landlord.slug, reference="B-2026-0001")[0]
        days = working_days_between(after_a_vote.due_on, clock.today(), after_a_vote.community)
        assert (row["overdue_working_days"], row["long_overdue"]) == (days, True)
        assert row["updated"] > row["created"]
        assert rows("commitment-asks", overdue="true", organisation=council.slug) == []
    with _days_later(91):
        make_commitment(
            acting_user=professional,
            text="Build it",
            due_on=clock.today() + timedelta(days=9),
            submission=uuid4(),
            decision=after_a_vote.decision,
            organisation=landlord,
        )
        row = rows("commitment-asks", updated_since=(start + timedelta(days=90)).isoformat())[0]
        assert (row["waiting"], row["late"], row["answered_on"]) == (False, True, clock.today().isoformat())


@pytest.mark.parametrize("name", ["asks", "commitment-asks"])
def test_what_a_private_community_asks_is_not_there(
    get: Get, client: Client, name: str, table: Table, outsider: User, private_community: Community
) -> None:
    topic = Topic.objects.select_related("rule", "community").get(community=private_community, slug="lighting")
    proposal = table("Secret", author=outsider, topic=topic)
    organisation = private_community.organisations.all()[0]
    ask = Ask.objects.create(proposal=proposal, organisation=organisation, **_dates())
    Proposal.objects.filter(pk=proposal.pk).update(state="awaiting_response")
    owed = CommitmentAsk.objects.create(community=private_community, organisation=organisation, **_dates())
    assert get(name).json()["results"] == []
    for pk in (ask.pk, owed.pk):
        assert client.get(f"/api/v1/{name}/{pk}/").status_code == 404


@pytest.mark.parametrize("name", ["asks", "commitment-asks"])
def test_one_ask_and_twenty_cost_the_same(
    get: Get, name: str, two_asked: Proposal, after_a_vote: CommitmentAsk, django_assert_num_queries: Any
) -> None:
    counts: DjangoAssertNumQueries = django_assert_num_queries
    with counts(2):
        assert get(name, page_size=1).status_code == 200
    with counts(2):
        get(name, page_size=1, overdue="false", organisation="penhale-homes", count="true")
    for n in range(20):
        organisation = Organisation.objects.create(name=f"Other {n}", slug=f"other-{n}", sector="health")
        Ask.objects.create(proposal=two_asked, organisation=organisation, **_dates())
        CommitmentAsk.objects.create(
            community=two_asked.community,
            organisation=organisation,
            ballot_reference=f"B-2026-{n + 2:04d}",
            **_dates(),
        )
    written.clear()
    with counts(2):
        assert len(get(name, page_size=20).json()["results"]) == 20


def _dates() -> dict[str, Any]:
    day = clock.today()
    return {"working_days": 20, "asked_on": day, "first_due_on": day, "due_on": day, "long_overdue_on": day}
