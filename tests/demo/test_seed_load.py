"""The loader for measuring: as many rows as asked for, kept columns that check_counts finds right, an open vote."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from ballots.actions.voting import cast_vote
from ballots.models import Ballot, Elector
from communities.models import Community, Membership
from decisions.models import Decision
from proposals.actions.backing import back_proposal
from proposals.models import Ask, Comment, Proposal, Support
from record import clock


def load(**options: Any) -> str:
    said = StringIO()
    wanted = {"proposals": 41, "supports_each": 6, "users": 60, "really": True} | options
    call_command("seed_load", stdout=said, no_color=True, **wanted)
    return said.getvalue()


def test_it_makes_what_was_asked_for(db: None) -> None:
    load()
    assert Proposal.objects.count() == 41
    assert Support.objects.count() == 41 * 6
    assert Comment.objects.count() == 41 * 2
    assert Decision.objects.count() > 0
    assert len(set(Proposal.objects.values_list("state", flat=True))) >= 6
    call_command("check_counts", stdout=StringIO())


def test_a_second_run_adds_to_the_first(db: None) -> None:
    load()
    load(proposals=5)
    community = Community.objects.get()
    assert (Proposal.objects.count(), community.last_proposal_number, community.residents_count) == (46, 46, 60)
    assert Ballot.objects.count() == 1
    call_command("check_counts", stdout=StringIO())


def test_asks_have_clocks_and_some_are_late(db: None) -> None:
    load(proposals=200)
    today = clock.today()
    waiting = Ask.objects.open()
    late = waiting.filter(due_on__lt=today).count()
    assert 0 < late <= waiting.count()
    assert set(waiting.values_list("proposal__state", flat=True)) == {"awaiting_response"}
    assert all(ask.proposal.next_due_on == ask.due_on for ask in waiting.select_related("proposal"))


def test_its_residents_may_back_and_vote(db: None) -> None:
    load()
    ballot = Ballot.objects.get()
    resident = User.objects.filter(memberships__role=Membership.Role.RESIDENT).order_by("pk")[0]
    assert ballot.eligible_count == Elector.objects.filter(ballot=ballot).count() == 60
    code = ballot.options.values_list("code", flat=True)[0]
    assert cast_vote(ballot=ballot, acting_user=resident, choices={code: 1}).receipt
    waiting = Proposal.objects.filter(state="awaiting_response").exclude(supports__user=resident)[0]
    assert back_proposal(proposal=waiting, acting_user=resident).supports_count == waiting.supports_count + 1
    call_command("check_counts", stdout=StringIO())


def test_only_an_empty_database_of_the_benchmark_is_filled_unasked(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="is not a database of bin/bench"):
        load(really=False)
    monkeypatch.setitem(connection.settings_dict, "NAME", "toptable_bench_1_1000")
    load(really=False)
    with pytest.raises(CommandError, match="is not empty"):
        load(really=False)


def test_what_it_makes_can_be_read(db: None, client: Client) -> None:
    load()
    answer = client.get("/api/v1/proposals/?community=measured-place&count=true&page_size=10").json()
    assert answer["count"] == 41
    assert client.get("/api/v1/decisions/?community=measured-place").json()["results"]


def test_too_much_is_refused(db: None) -> None:
    for wrong in ({"proposals": 0}, {"supports_each": 31}, {"comments_each": 101}):
        with pytest.raises(CommandError):
            load(**wrong)
