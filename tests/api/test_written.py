"""Rows that were written out before are not written again, and what changed is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from api.resources import Resource
from api.written import WrittenRows
from communities.actions.agreements import RuleTerms, change_agreement
from communities.actions.communities import create_community
from communities.models import Community, Organisation
from decisions.models import Decision
from proposals.models import Proposal
from record import clock

LIST = "/api/v1/decisions/"


def _rows(client: Client, path: str = LIST) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(path).json()["results"]
    return found


@pytest.mark.django_db
def test_the_second_reader_costs_one_query(
    client: Client, decision: Decision, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = _rows(client)
    with django_assert_num_queries(1):
        assert _rows(client) == first


@pytest.mark.django_db
@pytest.mark.parametrize("whole", ["community", "decision"])
def test_what_changed_is_written_anew(client: Client, decision: Decision, whole: str) -> None:
    assert _rows(client)[0]["title"] == decision.title
    if whole == "community":
        decision.community.name = "Another name"
        decision.community.save()
        assert _rows(client)[0]["community"]["title"] == "Another name"
    else:
        decision.title = "Another title"
        decision.save()
        assert _rows(client)[0]["title"] == "Another title"


def test_a_new_agreement_is_shown_at_once(client: Client, community: Community, facilitator: User) -> None:
    """The list has it, and whoever asks with their validator is not told that nothing changed."""
    address = "/api/v1/communities/"
    before = client.get(address)
    assert before.json()["results"][0]["agreement_version"] == 1
    change_agreement(
        community=community,
        acting_user=facilitator,
        terms=[RuleTerms("Pets", "residents_decide", 4, 20)],
        agreed_on=clock.today(),
        how_agreed="by residents’ vote",
    )
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["results"][0]["agreement_version"] == 2


@pytest.mark.parametrize("is_public", [True, False])
def test_an_organisation_sits_in_a_new_community_at_once(
    client: Client, community: Community, landlord: Organisation, make_user: Callable[..., User], is_public: bool
) -> None:
    """Of a private community there is no sign."""
    address = "/api/v1/organisations/"
    before = client.get(address)
    operator = make_user("Olive Operator")
    operator.is_staff = operator.is_superuser = True
    made = create_community(acting_user=operator, name="Heron House", is_public=is_public, organisations=[landlord])
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == (200 if is_public else 304)
    rows = {row["title"]: row["communities"] for row in after.json()["results"]} if is_public else {}
    assert (str(made.pk) in rows.get(landlord.name, [])) == is_public


@pytest.mark.django_db
def test_what_is_hidden_now_is_not_shown_from_memory(client: Client, decision: Decision) -> None:
    assert _rows(client)
    Community.objects.filter(pk=decision.community_id).update(is_public=False)
    assert _rows(client) == []


def test_a_row_that_was_written_across_midnight_is_written_anew(
    client: Client, table: Callable[..., Proposal], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the row of the day before."""
    address, moment, write = "/api/v1/proposals/", [clock.now()], Resource.write
    Proposal.objects.filter(pk=table().pk).update(state="awaiting_response", next_due_on=clock.today())
    monkeypatch.setattr(clock, "now", lambda: moment[0])

    def across_midnight(resource: Resource, things: Any) -> Any:
        rows = write(resource, things)
        moment[0] += timedelta(days=1)
        return rows

    with monkeypatch.context() as slow:
        slow.setattr(Resource, "write", across_midnight)
        assert _rows(client, address)[0]["overdue"] is False
    assert _rows(client, address)[0]["overdue"] is True


@pytest.mark.django_db
def test_a_name_that_was_erased_is_gone(client: Client, table: Callable[..., Proposal], resident: User) -> None:
    proposal = table()
    assert resident.display_name in client.get("/api/v1/proposals/").content.decode()
    User.objects.filter(pk=resident.pk).update(display_name="Somebody")
    said = client.get("/api/v1/proposals/").content.decode()
    assert proposal.title in said
    assert resident.display_name not in said


def test_it_forgets_what_nobody_asked_for_longest() -> None:
    rows = WrittenRows(size=2)
    rows.keep("a", {"n": 1})
    rows.keep("b", {"n": 2})
    assert rows.get("a") == {"n": 1}
    rows.keep("c", {"n": 3})
    assert (rows.get("a"), rows.get("b"), rows.get("c")) == ({"n": 1}, None, {"n": 3})
