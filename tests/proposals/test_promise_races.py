"""Two taps of one promise, with real threads on PostgreSQL. Fails without its guard: the lock of the decision's row,
where the promise belongs to no proposal."""

import uuid
from datetime import timedelta

import pytest

from accounts.models import User
from communities.models import Community, Organisation
from decisions.actions import record_notice
from proposals.actions.promising import make_commitment
from proposals.models import Commitment
from record import clock
from tests.races import Act, held, waits_or_ends

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_taps_are_one_promise(community: Community, landlord: Organisation, professional: User) -> None:
    decision = record_notice(
        community=community,
        acting_user=professional,
        topic=None,
        title="Brightway will clean the stairs",
        summary="From January.",
        reasons="They were cheapest.",
        outcome="accepted",
        submission=uuid.uuid4(),
    )
    submission = uuid.uuid4()

    def promise() -> Commitment:
        return make_commitment(
            acting_user=User.objects.get(pk=professional.pk),
            text="Clean the stairs of Heron House",
            due_on=clock.today() + timedelta(days=30),
            submission=submission,
            decision=decision,
            organisation=landlord,
        )

    with held(promise):
        again = Act(promise)
        waits_or_ends(again)
    assert again.ends() is None
    assert Commitment.objects.get().submission == submission
