"""Promises: made, started, claimed, confirmed, disputed, changed, dropped, late and broken."""

import uuid
from datetime import timedelta

import pytest

from communities.working_days import add_working_days
from proposals.actions.checking import (
    announce_commitments_due,
    check_commitment,
    confirm_undisputed_commitments,
    record_late_commitments,
)
from proposals.actions.promising import (
    change_commitment,
    claim_commitment,
    drop_commitment,
    make_commitment,
    start_commitment,
)
from proposals.exceptions import NotAllowed, NotNow, NotValid
from proposals.models import Commitment, Proposal
from record import clock
from record.models import Entry


@pytest.fixture
def claimed(promise, professional):
    return claim_commitment(commitment=promise, acting_user=professional, note="It shines.")


def counts(proposal):
    proposal.refresh_from_db()
    return (proposal.commitments_open, proposal.commitments_kept, proposal.commitments_broken)


def test_a_promise_makes_the_proposal_being_done(promise, decided, landlord):
    assert counts(decided) == (1, 0, 0)
    assert decided.state == "delivering"
    assert promise.decision_id == decided.decision_id
    decided.decision.refresh_from_db()
    landlord.refresh_from_db()
    assert decided.decision.commitments_open == landlord.commitments_open == 1


def test_the_same_submission_is_one_promise(decided, professional, landlord):
    submission = uuid.uuid4()
    for _ in range(2):
        make_commitment(
            acting_user=professional,
            text="Mend the lamp",
            due_on=clock.today(),
            submission=submission,
            proposal=decided,
            organisation=landlord,
        )
    assert Commitment.objects.count() == 1
    assert counts(decided) == (1, 0, 0)


def test_nobody_promises_for_somebody_else(decided, councillor, resident, landlord, outsider):
    for user, organisation in [(councillor, landlord), (resident, landlord), (outsider, None)]:
        with pytest.raises(NotAllowed):
            make_commitment(
                acting_user=user,
                text="x",
                due_on=clock.today(),
                submission=uuid.uuid4(),
                proposal=decided,
                organisation=organisation,
            )


def test_the_authors_word_confirms(claimed, resident, decided):
    check_commitment(commitment=claimed, acting_user=resident, done=True)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.confirmed_how) == ("confirmed", "author")
    assert counts(decided) == (0, 1, 0)
    assert decided.state == "delivered"
    assert decided.delivered_at is not None


def test_any_three_supporters_confirm(claimed, neighbours):
    for neighbour in neighbours[:2]:
        check_commitment(commitment=claimed, acting_user=neighbour, done=True)
        check_commitment(commitment=claimed, acting_user=neighbour, done=True)
    claimed.refresh_from_db()
    assert claimed.state == "claimed_done"
    check_commitment(commitment=claimed, acting_user=neighbours[2], done=True)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.confirmed_how) == ("confirmed", "supporters")


def test_a_dispute_says_what_is_missing(claimed, neighbours, professional):
    with pytest.raises(NotValid):
        check_commitment(commitment=claimed, acting_user=neighbours[0], done=False)
    check_commitment(commitment=claimed, acting_user=neighbours[0], done=False, note="It is dark again.")
    claimed.refresh_from_db()
    assert (claimed.state, claimed.dispute_reason) == ("disputed", "It is dark again.")
    claim_commitment(commitment=claimed, acting_user=professional)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.round, claimed.not_done_count) == ("claimed_done", 2, 0)


@pytest.mark.parametrize("who", ["professional", "councillor", "facilitator", "neighbour", "outsider"])
def test_who_promised_or_did_not_back_it_does_not_confirm(request, claimed, who):
    with pytest.raises(NotAllowed):
        check_commitment(commitment=claimed, acting_user=request.getfixturevalue(who), done=True)


def test_after_fourteen_days_a_claim_counts_as_confirmed_and_says_so(claimed, decided):
    with clock.at(clock.now() + timedelta(days=13, hours=23)):
        assert confirm_undisputed_commitments() == 0
    with clock.at(clock.now() + timedelta(days=14, minutes=1)):
        assert confirm_undisputed_commitments() == 1
        assert confirm_undisputed_commitments() == 0
    claimed.refresh_from_db()
    assert (claimed.state, claimed.confirmed_how) == ("confirmed", "undisputed")
    assert counts(decided) == (0, 1, 0)


def test_a_change_keeps_the_old_promise(promise, professional):
    old = promise.due_on
    change_commitment(
        commitment=promise,
        acting_user=professional,
        text="Mend the lamp and the post",
        due_on=old + timedelta(days=10),
        reason="The post is rotten too.",
    )
    promise.refresh_from_db()
    change = promise.changes.get()
    assert (change.old_text, change.old_due_on, promise.first_due_on) == ("Mend the lamp", old, old)
    assert promise.state == "changed"
    start_commitment(commitment=promise, acting_user=professional)


@pytest.mark.parametrize("change", [{"reason": ""}, {"text": ""}, {"due_on": "same"}])
def test_a_change_needs_a_difference_and_a_reason(promise, professional, change):
    words = {"text": "Other", "due_on": promise.due_on, "reason": "Because"} | change
    if change.get("due_on"):
        words |= {"due_on": promise.due_on, "text": promise.text}
    with pytest.raises(NotValid):
        change_commitment(commitment=promise, acting_user=professional, **words)


def test_dropping_is_broken_for_ever(promise, professional, decided):
    drop_commitment(commitment=promise, acting_user=professional, reason="The money is gone.")
    drop_commitment(commitment=promise, acting_user=professional, reason="Again")
    promise.refresh_from_db()
    assert (promise.state, promise.broken_on) == ("dropped", clock.today())
    assert counts(decided) == (0, 0, 1)
    assert decided.state == "decided"
    with pytest.raises(NotNow):
        claim_commitment(commitment=promise, acting_user=professional)


@pytest.mark.parametrize("step", [start_commitment, claim_commitment])
@pytest.mark.parametrize("who", ["resident", "councillor", "facilitator", "outsider"])
def test_only_who_promised_moves_it(request, promise, step, who):
    with pytest.raises(NotAllowed):
        step(commitment=promise, acting_user=request.getfixturevalue(who))


def test_a_promise_that_is_late_is_a_changed_row(promise):
    with clock.at(clock.now() + timedelta(days=33)):
        record_late_commitments()
        promise.refresh_from_db()
        assert promise.updated_at == clock.now()


def test_late_and_broken_are_recorded_once(promise, community, landlord, decided):
    with clock.at(clock.now() + timedelta(days=31)):
        assert record_late_commitments() == (1 if promise.is_late(clock.today()) else 0)
    broken_day = add_working_days(promise.due_on, 20, community)
    with clock.at(clock.now() + (broken_day - clock.today())):
        record_late_commitments()
        assert record_late_commitments() == 0
    promise.refresh_from_db()
    landlord.refresh_from_db()
    assert promise.broken_on == broken_day
    assert counts(decided) == (1, 0, 1)
    assert landlord.commitments_broken == 1
    assert Entry.objects.filter(kind="commitment.late").count() == 1
    assert Entry.objects.filter(kind="commitment.broken").count() == 1


def test_due_soon_is_told_twice(promise, community):
    five_before = promise.due_on - timedelta(days=7)
    with clock.at(clock.now() + (five_before - clock.today())):
        assert announce_commitments_due() == 1
        assert announce_commitments_due() == 0
    with clock.at(clock.now() + (promise.due_on - clock.today())):
        assert announce_commitments_due() == 1


def test_residents_promise_too(decided, neighbour, neighbours):
    promise = make_commitment(
        acting_user=neighbour,
        text="Cut the hedge",
        due_on=clock.today(),
        submission=uuid.uuid4(),
        proposal=decided,
    )
    assert promise.organisation is None
    claim_commitment(commitment=promise, acting_user=neighbour)
    with pytest.raises(NotAllowed):
        check_commitment(commitment=promise, acting_user=neighbour, done=True)
    assert Proposal.objects.get(pk=decided.pk).state == "delivering"
