"""What the site shows is compared with the record: rows that were changed by hand are found, what actions do is not."""

import uuid
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import erase_user
from accounts.models import User
from communities.models import Community
from decisions.actions import overrule_decision, record_notice
from decisions.models import Decision
from proposals.actions.checking import check_commitment
from proposals.actions.promising import change_commitment, claim_commitment, make_commitment
from proposals.actions.talk import add_comment, remove_comment
from proposals.models import Comment, Commitment, Proposal, Response
from record import clock
from record.checking import faults_of_record
from record.models import Entry, EntryText, Event, RecordHead
from tests.stage import MakeProposal


@pytest.fixture
def answered(ask: Any, publish: Callable[..., Response]) -> Response:
    """P, answered by Penhale Homes."""
    return publish(ask)


@pytest.fixture
def notice(community: Community, professional: User) -> Decision:
    return record_notice(
        community=community,
        acting_user=professional,
        topic=None,
        title="New doors",
        summary="All front doors are new by May.",
        reasons="The old ones do not close.",
        outcome="accepted",
        submission=uuid.uuid4(),
    )


@pytest.fixture
def promise(answered: Response, professional: User) -> Commitment:
    return make_commitment(
        acting_user=professional,
        text="Mend the lamp",
        due_on=clock.today() + timedelta(days=9),
        submission=uuid.uuid4(),
        proposal=answered.proposal,
        organisation=answered.organisation,
    )


@pytest.fixture
def said(answered: Response, resident: User) -> Comment:
    return add_comment(proposal=answered.proposal, acting_user=resident, body="Thanks", submission=uuid.uuid4())


@pytest.fixture
def scene(notice: Decision, promise: Commitment, said: Comment) -> None:
    assert faults_of_record() == []


CHANGES: list[tuple[Callable[[], object], str]] = [
    (lambda: Decision.objects.update(summary="No doors."), "does not have the words of line"),
    (lambda: Decision.objects.update(reasons="We wished it."), "“reasons” was changed"),
    (lambda: Decision.objects.update(decided_on=date(2020, 1, 1)), "“decided_on” was changed"),
    (lambda: Decision.objects.update(outcome="declined"), "“outcome” was changed"),
    (lambda: Decision.objects.update(decided_by="residents"), "“decided_by” was changed"),
    (lambda: Decision.objects.get().organisations.clear(), "“organisations” was changed"),
    (lambda: Decision.objects.update(is_overruled=True), "“is_overruled” was changed"),
    (lambda: Decision.objects.update(record_hash="0" * 64), "“record_hash” was changed"),
    (lambda: forget_all(), "“record_sequence” was changed"),
    (lambda: Response.objects.update(outcome="accepted_in_part"), "“outcome” was changed"),
    (lambda: Response.objects.update(summary="Something else"), "“summary” was changed"),
    (lambda: Commitment.objects.update(due_on=date(2090, 1, 1)), "“due_on” was changed"),
    (lambda: Commitment.objects.update(text="Look at the lamp"), "“text” was changed"),
    (lambda: Proposal.objects.update(case="There is no case."), "“case” was changed"),
    (lambda: Comment.objects.update(body="All is well"), "“body” was changed"),
    (lambda: Comment.objects.all().delete(), "speaks of a comment that is not there"),
    (lambda: empty("response", "reasons"), "“reasons” of line"),
    (lambda: empty("decision", "summary"), "taken away without a reason"),
    (lambda: empty("comment", "body"), "taken away without a reason"),
]


def empty(subject_type: str, field: str) -> None:
    """As somebody would who has the database and wants words gone."""
    texts = EntryText.objects.filter(entry__subject_type=subject_type, field=field)
    assert texts.update(text="", salt="", erased_at=clock.now())


def forget_all() -> None:
    """Every table of the record emptied: there is nothing left that could be wrong, but for what hangs on it."""
    for table in (Event, EntryText, Entry, RecordHead):
        table.objects.all().delete()


@pytest.mark.parametrize(("change", "words"), CHANGES, ids=range(len(CHANGES)))
def test_what_was_changed_by_hand_is_found(scene: None, change: Callable[[], object], words: str) -> None:
    change()
    assert any(words in fault for fault in faults_of_record()), faults_of_record()


def test_what_actions_do_is_no_fault(
    scene: None, promise: Commitment, said: Comment, resident: User, professional: User
) -> None:
    later = clock.today() + timedelta(days=30)
    change_commitment(
        commitment=promise, acting_user=professional, text="Mend it", due_on=later, reason="The part is late."
    )
    claim_commitment(commitment=promise, acting_user=professional, note="It shines.")
    check_commitment(commitment=promise, acting_user=resident, done=False, note="It does not.")
    remove_comment(comment=said, acting_user=resident)
    assert faults_of_record() == []
    erase_user(user=resident, acting_user=resident)
    assert faults_of_record() == []


@pytest.fixture
def in_answer(ask: Any, publish: Callable[..., Response]) -> Commitment:
    """A promise that was made in an answer: its words stand with the line of the answer."""
    days = [(clock.today() + timedelta(days=days)).isoformat() for days in (20, 30)]
    publish(ask, promises=[{"text": f"Mend lamp {n}", "due_on": day} for n, day in enumerate(days, start=1)])
    return Commitment.objects.get(text="Mend lamp 1")


def test_a_promise_in_an_answer_is_compared_with_the_line_of_the_answer(
    in_answer: Commitment, professional: User
) -> None:
    words = EntryText.objects.get(field=f"promise_{in_answer.reference}", entry__kind="response.published")
    assert words.text == "Mend lamp 1"
    later = clock.today() + timedelta(days=90)
    change_commitment(commitment=in_answer, acting_user=professional, text="Mend it", due_on=later, reason="Late part.")
    assert faults_of_record() == []
    in_answer.changes.update(old_text="Look at lamp 1")
    assert any(f"“promise_{in_answer.reference}” was changed" in fault for fault in faults_of_record())
    in_answer.changes.update(old_text="Mend lamp 1")
    Commitment.objects.filter(text="Mend lamp 2").update(first_due_on=later)
    assert any("“promises” was changed" in fault for fault in faults_of_record())


def test_a_promise_that_is_gone_from_an_answer_is_missed(in_answer: Commitment) -> None:
    in_answer.delete()
    assert any("“promises” was changed" in fault for fault in faults_of_record())


def test_what_the_organisation_said_in_the_same_words_stays(
    scene: None, promise: Commitment, resident: User, professional: User
) -> None:
    """A resident wrote “Done.” too, and leaves: the words of the organisation are not theirs to take along."""
    claim_commitment(commitment=promise, acting_user=professional, note="Done.")
    check_commitment(commitment=promise, acting_user=resident, done=True, note="Done.")
    erase_user(user=resident, acting_user=resident)
    assert EntryText.objects.get(entry__kind="commitment.claimed").text == "Done."
    assert faults_of_record() == []


def test_an_overruled_decision_is_no_fault_and_hiding_it_is(
    resident: User, professional: User, community: Community, notice: Decision
) -> None:
    Decision.objects.filter(pk=notice.pk).update(decided_by="residents")
    overrule_decision(
        decision=notice,
        acting_user=professional,
        title="Not so",
        summary="No doors.",
        reasons="No money.",
        submission=uuid.uuid4(),
    )
    Decision.objects.filter(pk=notice.pk).update(decided_by=notice.decided_by)
    assert faults_of_record() == []
    Decision.objects.filter(pk=notice.pk).update(is_overruled=False)
    assert any("“is_overruled” was changed" in fault for fault in faults_of_record())


def test_what_changes_while_it_reads_is_read_once_more(scene: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row before an action, its line after it: that is no fault."""
    from record import comparing

    true = comparing._compare
    calls = iter([True])

    def stale(*given: Any) -> Iterator[tuple[Any, list[str]]]:
        for row, faults in true(*given):
            yield row, ["It differs."] if next(calls, False) else faults

    monkeypatch.setattr(comparing, "_compare", stale)
    assert faults_of_record() == []


def test_it_costs_no_query_for_each_row(scene: None, notice: Decision, make_proposal: MakeProposal) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert faults_of_record() == []
        return len(caught)

    before = queries()
    for number in range(3):
        make_proposal(title=f"Lamp {number}")
    assert queries() == before
