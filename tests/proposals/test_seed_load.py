"""The loader for measuring: as many rows as asked for, and kept columns that check_counts finds right."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from communities.models import Community
from decisions.models import Decision
from proposals.models import Comment, Proposal, Support


def load(**options: Any) -> str:
    said = StringIO()
    call_command("seed_load", users=60, stdout=said, no_color=True, **({"proposals": 41, "supports_each": 6} | options))
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
    call_command("check_counts", stdout=StringIO())


def test_what_it_makes_can_be_read(db: None, client: Client) -> None:
    load()
    answer = client.get("/api/v1/proposals/?community=measured-place&count=true&page_size=10").json()
    assert answer["count"] == 41
    assert client.get("/api/v1/decisions/?community=measured-place").json()["results"]


def test_too_much_is_refused(db: None) -> None:
    for wrong in ({"proposals": 0}, {"supports_each": 31}, {"comments_each": 101}):
        with pytest.raises(CommandError):
            load(**wrong)
