"""Anybody does anything in any order: no sequence of actions reaches a state that domain.md forbids."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from proposals import lifecycle
from proposals.actions.answering import publish_response, save_response_draft
from proposals.actions.asking import announce_due_soon, call_in_proposal, extend_ask, record_clock_crossings
from proposals.actions.backing import back_proposal, withdraw_backing
from proposals.actions.checking import (
    announce_commitments_due,
    check_commitment,
    confirm_undisputed_commitments,
    record_late_commitments,
)
from proposals.actions.deciding import decide_from_answers, decide_standing_answers
from proposals.actions.drafting import save_draft, start_draft, table_proposal
from proposals.actions.ending import lapse_proposals, merge_proposals, retable_proposal, withdraw_proposal
from proposals.actions.promising import (
    change_commitment,
    claim_commitment,
    drop_commitment,
    make_commitment,
    start_commitment,
)
from proposals.actions.talk import add_comment, make_offer
from proposals.actions.verdicts import give_verdict
from proposals.counts import kept_columns
from proposals.models import Commitment, Proposal
from record import clock
from record.exceptions import Refusal
from record.models import Entry
from tests.stage import WORDS

SETTINGS = settings(
    max_examples=15,
    stateful_step_count=35,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # shrinking a failure takes minutes; run it by hand with all phases
)
PEOPLE = 8
OFFICER = 6  # the landlord's, in the cast
who = st.integers(0, PEOPLE)
officer_or_anybody = st.one_of(st.just(OFFICER), who)  # so that the later states are reached often
which = st.integers(0, 5)


class Table(RuleBasedStateMachine):
    """One community, its cast, two proposals; each rule tries one action by anybody and expects it to be
    done or refused, never anything else."""

    cast: list
    topic = None
    organisations: list

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = clock.now()
        self.proposals = [self._tabled(0), self._tabled(1)]
        self._answered_with_two_promises(self.proposals[0])
        self.last_states = self._states()

    def teardown(self):
        wrong = [kept.label for kept in kept_columns() if kept.wrong().exists()]
        sequences = list(Entry.objects.order_by("sequence").values_list("sequence", flat=True))
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        assert wrong == []
        assert sequences == list(range(len(sequences)))

    def _tabled(self, author):
        draft = start_draft(community=self.topic.community, acting_user=self.cast[author], submission=uuid.uuid4())
        draft = save_draft(proposal=draft, acting_user=self.cast[author], topic=self.topic, **WORDS)
        return table_proposal(proposal=draft, acting_user=self.cast[author])

    def _answered_with_two_promises(self, proposal):
        """One starts half-way, so that what comes late in a life is reached in most runs."""
        for person in range(3):
            back_proposal(proposal=proposal, acting_user=self.cast[person])
        ask, officer = proposal.asks.get(), self.cast[OFFICER]
        due_on = (clock.today() + timedelta(days=10)).isoformat()
        fields = {"outcome": "accepted", "summary": "Said.", "reasons": "Because."}
        fields["promises"] = [{"text": text, "due_on": due_on, "by": ""} for text in ("Do it", "Do that too")]
        draft = save_response_draft(ask=ask, acting_user=officer, revision=0, fields=fields)
        publish_response(ask=ask, acting_user=officer, revision=draft.revision)

    def _states(self):
        return dict(Proposal.objects.exclude(state="draft").values_list("pk", "state")) | dict(
            Commitment.objects.values_list("pk", "state")
        )

    def attempt(self, action, **arguments):
        with clock.at(self.now):
            try:
                action(**arguments)
            except Refusal:
                return

    def proposal(self, n):
        return self.proposals[n % 2]

    def commitment(self, n):
        rows = list(Commitment.objects.order_by("id"))
        return rows[n % len(rows)]

    @rule(person=who, n=which)
    def back(self, person, n):
        self.attempt(back_proposal, proposal=self.proposal(n), acting_user=self.cast[person])

    @rule(n=which)
    def everybody_backs(self, n):
        for person in range(5):
            self.attempt(back_proposal, proposal=self.proposal(n), acting_user=self.cast[person])

    @rule(person=who, n=which)
    def take_back(self, person, n):
        self.attempt(withdraw_backing, proposal=self.proposal(n), acting_user=self.cast[person])

    @rule(person=who, n=which)
    def call_in(self, person, n):
        self.attempt(call_in_proposal, proposal=self.proposal(n), acting_user=self.cast[person], reason="Now")

    @rule(person=who, n=which, days=st.integers(-3, 60))
    def extend(self, person, n, days):
        ask = self.proposal(n).asks.first()
        if ask:
            due_on = ask.due_on + timedelta(days=days)
            self.attempt(extend_ask, ask=ask, acting_user=self.cast[person], due_on=due_on, reason="Busy")

    @rule(
        person=who,
        n=which,
        outcome=st.sampled_from(["accepted", "declined", "to_ballot", "noted"]),
        promise=st.booleans(),
    )
    def answer(self, person, n, outcome, promise):
        ask = self.proposal(n).asks.first()
        if not ask:
            return
        due_on = (clock.local_date(self.now) + timedelta(days=10)).isoformat()
        fields = {"outcome": outcome, "summary": "Said.", "reasons": "Because."}
        fields["promises"] = [{"text": "Do it", "due_on": due_on, "by": ""}] if promise else []
        draft = getattr(ask, "draft", None)
        revision = draft.revision if draft else 0
        user = self.cast[person]
        self.attempt(save_response_draft, ask=ask, acting_user=user, revision=revision, fields=fields)
        self.attempt(publish_response, ask=ask, acting_user=user, revision=revision + 1)

    @rule(person=who, n=which, yes=st.booleans())
    def verdict(self, person, n, yes):
        response = self.proposal(n).responses.first()
        if response:
            self.attempt(give_verdict, response=response, acting_user=self.cast[person], answers_it=yes)

    @rule(person=officer_or_anybody, n=which)
    def decide(self, person, n):
        self.attempt(decide_from_answers, proposal=self.proposal(n), acting_user=self.cast[person])

    @rule(person=officer_or_anybody, n=which, for_organisation=st.booleans())
    def promise(self, person, n, for_organisation):
        self.attempt(
            make_commitment,
            acting_user=self.cast[person],
            text="Do it",
            due_on=clock.local_date(self.now) + timedelta(days=5),
            submission=uuid.uuid4(),
            proposal=self.proposal(n),
            organisation=self.organisations[0] if for_organisation else None,
        )

    @precondition(lambda self: Commitment.objects.exists())
    @rule(
        person=who,
        rightly=st.booleans(),
        n=which,
        step=st.sampled_from(["start", "claim", "change", "drop", "done", "not done"]),
    )
    def move_promise(self, person, rightly, n, step):
        commitment = self.commitment(n)
        user = self.cast[person]
        if rightly:
            user = commitment.proposal.author if "done" in step else commitment.promised_by
        arguments = {"commitment": commitment, "acting_user": user}
        later = clock.local_date(self.now) + timedelta(days=3)
        action, more = {
            "start": (start_commitment, {}),
            "claim": (claim_commitment, {}),
            "change": (change_commitment, {"text": "Do it well", "due_on": later, "reason": "Better"}),
            "drop": (drop_commitment, {"reason": "No money"}),
            "done": (check_commitment, {"done": True}),
            "not done": (check_commitment, {"done": False, "note": "It is not"}),
        }[step]
        self.attempt(action, **arguments, **more)

    @rule(person=who, n=which)
    def withdraw(self, person, n):
        self.attempt(withdraw_proposal, proposal=self.proposal(n), acting_user=self.cast[person], reason="Done")

    @rule(person=who, n=which)
    def merge(self, person, n):
        pair = {"duplicate": self.proposal(n), "into": self.proposal(n + 1)}
        self.attempt(merge_proposals, acting_user=self.cast[person], reason="Same", **pair)

    @rule(person=who, n=which)
    def talk(self, person, n):
        ids = {"proposal": self.proposal(n), "acting_user": self.cast[person], "submission": uuid.uuid4()}
        self.attempt(add_comment, body="Hello", **ids)
        self.attempt(make_offer, text="A ladder", **ids)

    @rule(person=who, n=which)
    def retable(self, person, n):
        self.attempt(
            retable_proposal, proposal=self.proposal(n), acting_user=self.cast[person], submission=uuid.uuid4()
        )

    @rule(days=st.integers(1, 40))
    def days_pass(self, days):
        self.now += timedelta(days=days)
        with clock.at(self.now):
            for sweep in (
                record_clock_crossings,
                announce_due_soon,
                lapse_proposals,
                decide_standing_answers,
                confirm_undisputed_commitments,
                record_late_commitments,
                announce_commitments_due,
            ):
                sweep()

    @invariant()
    def only_steps_of_the_table(self):
        reachable = {
            state: _reachable(steps, state)
            for steps in (lifecycle.PROPOSAL_STEPS, lifecycle.COMMITMENT_STEPS)
            for state in steps
        }
        states = self._states()
        for pk, state in states.items():
            before = self.last_states.get(pk)
            assert before is None or state in reachable[before], f"{before} → {state}"
        self.last_states = states

    @invariant()
    def states_say_what_is_there(self):
        for proposal in Proposal.objects.exclude(state="draft"):
            state = proposal.state
            assert (state == "awaiting_response") == (proposal.open_asks_count > 0)
            assert (proposal.next_due_on is not None) == (state == "awaiting_response")
            assert (state in ("decided", "delivering", "delivered")) == (proposal.decision_id is not None)
            assert (state == "delivering") == (proposal.decision_id is not None and proposal.commitments_open > 0)
            if state == "delivered":
                assert set(proposal.commitments.values_list("state", flat=True)) == {"confirmed"}
            if state == "merged":
                assert proposal.merged_into_id
                assert not proposal.supports.exists()
            if state == "withdrawn":
                assert proposal.ended_reason


def _reachable(steps, state):
    """Where one or more steps lead: a day's sweep may take several."""
    seen, todo = {state}, [state]
    while todo:
        for after in steps[todo.pop()].values():
            if after not in seen:
                seen.add(after)
                todo.append(after)
    return seen


@pytest.mark.once
@pytest.mark.django_db
def test_no_sequence_reaches_a_forbidden_state(
    topic, resident, neighbours, professional, councillor, facilitator, landlord, council
):
    Table.cast = [*neighbours, resident, professional, councillor, facilitator]
    Table.topic = topic
    Table.organisations = [landlord, council]
    assert len(Table.cast) == PEOPLE + 1
    run_state_machine_as_test(Table, settings=SETTINGS)
