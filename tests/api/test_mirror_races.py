"""A row whose `updated` went back would be missed by whoever keeps a copy, with real threads on PostgreSQL. Fails where
the moment of a change is taken before the rows are held."""

from collections.abc import Callable
from threading import Event

import pytest
from django.db import transaction

from accounts.actions import change_details
from accounts.models import User
from proposals.actions.mapping import work_out_common_ground
from proposals.actions.opinions import give_opinion
from proposals.actions.talk import make_offer
from proposals.guards import locked_proposal
from proposals.models import Proposal
from record.ids import uuid7
from tests.api.conftest import Table
from tests.races import PATIENCE, Act, waits_or_ends

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("what", ["another name", "the map"])
def test_whoever_waited_for_a_row_changed_it_later(table: Table, resident: User, neighbour: User, what: str) -> None:
    proposal = table()
    give_opinion(proposal=proposal, acting_user=neighbour, value=1)
    acts: dict[str, Callable[[], object]] = {
        "another name": lambda: change_details(user=resident, acting_user=resident, display_name="Ms A"),
        "the map": lambda: work_out_common_ground(community_id=proposal.community_id),
    }
    is_held, go_on = Event(), Event()

    def help_slowly() -> None:
        with transaction.atomic():
            locked_proposal(proposal)
            is_held.set()
            assert go_on.wait(PATIENCE)
            make_offer(proposal=proposal, acting_user=neighbour, text="A ladder", submission=uuid7())

    first = Act(help_slowly)
    assert is_held.wait(PATIENCE) or first.ends() is None
    late = Act(acts[what])
    waits_or_ends(late)
    go_on.set()
    assert (first.ends(), late.ends()) == (None, None)
    row = Proposal.objects.get()
    assert row.updated_at > row.offers.get().created_at
