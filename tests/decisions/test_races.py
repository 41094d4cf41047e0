"""Two taps of one form, with real threads on PostgreSQL. Fails without its guard: the lock of the community's row that
record_notice begins with, which leaves the row's key free."""

import threading
import uuid

import pytest

from accounts.models import User
from communities.models import Community
from decisions import actions
from decisions.actions import record_notice
from decisions.models import Decision
from proposals.actions.deciding import decide_from_answers
from proposals.models import Response
from record.models import Entry
from tests.races import PATIENCE, Act, held, waits_or_ends

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def give_notice(community: Community, professional: User, submission: uuid.UUID) -> Decision:
    return record_notice(
        community=community,
        acting_user=professional,
        topic=None,
        title="Brightway will clean the stairs",
        summary="From January.",
        reasons="They were cheapest.",
        outcome="accepted",
        submission=submission,
    )


def test_two_taps_are_one_notice(community: Community, professional: User) -> None:
    submission = uuid.uuid4()
    with held(lambda: give_notice(community, professional, submission)):
        again = Act(lambda: give_notice(community, professional, submission))
        waits_or_ends(again)
    assert again.ends() is None
    assert Decision.objects.get().submission == submission
    assert Entry.objects.filter(kind="decision.recorded").count() == 1


def test_a_notice_and_another_decision_here_do_not_lock_each_other_out(
    response: Response, community: Community, professional: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one has the next number, for which the notice waits; its row refers to the community, which the notice
    holds."""
    has_number, go_on, next_reference = threading.Event(), threading.Event(), actions.next_reference

    def slow(letter: str) -> str:
        reference = next_reference(letter)
        if not has_number.is_set():
            has_number.set()
            go_on.wait(PATIENCE)
        return reference

    monkeypatch.setattr(actions, "next_reference", slow)
    deciding = Act(lambda: decide_from_answers(proposal=response.proposal, acting_user=professional))
    assert has_number.wait(PATIENCE)
    notice = Act(lambda: give_notice(community, professional, uuid.uuid4()))
    waits_or_ends(notice)
    go_on.set()
    assert deciding.ends() is None
    assert notice.ends() is None
    assert Decision.objects.count() == 2
