"""Anybody does anything in any order, while the clock runs: no sequence of actions breaks what a vote promises."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ballots import lifecycle
from ballots.actions.announcing import announce_ballot, cancel_ballot
from ballots.actions.certifying import certify_ballot, certify_due_ballots
from ballots.actions.counting import ballots_to_count, count_ballot
from ballots.actions.entering import begin_check, cast_batch, check_paper, enter_vote, start_batch, type_paper
from ballots.actions.preparing import add_option, change_ballot, remove_option, start_ballot
from ballots.actions.running import close_due_ballots, open_due_ballots
from ballots.actions.voting import cast_vote, drop_choices, keep_choices
from ballots.models import Ballot, BallotKey, Elector, Option, Paper, PaperBatch, UnfinishedVote
from ballots.terms import terms_digest
from decisions.models import Decision
from proposals.models import CommitmentAsk
from record import clock
from record.exceptions import Refusal

SETTINGS = settings(
    max_examples=15,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # shrinking a failure takes minutes; run it by hand with all phases
)
who = st.integers(0, 8)  # six residents, an officer, a facilitator, an outsider
FACILITATOR = 7
boss = st.one_of(st.just(FACILITATOR), who)  # so that the later states are reached often
choices = st.dictionaries(st.sampled_from(["1", "2", "3", "9"]), st.integers(-1, 3), max_size=3)


class Table(RuleBasedStateMachine):
    """Two ballots: one that a facilitator prepares, one ready to be announced. Each rule tries one action by anybody
    and expects it to be done or refused, never anything else."""

    cast: list
    topic = None

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = clock.now()
        self.receipts = {}  # (ballot, person) → the code that was given; what was acknowledged is never lost
        self.ballots = [self._draft("budget"), self._draft("approval")]
        announce_ballot(ballot=self.ballots[0], acting_user=self.cast[FACILITATOR])
        self.time_passes(hours=2)  # one starts half-way, so that what comes late in a life is reached in most runs
        for person in (0, 1):
            self.vote(person=person, n=0, chosen={"1": 1})
        self.last_states = {ballot.pk: "draft" for ballot in self.ballots}

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def _draft(self, method):
        ballot = start_ballot(
            community=self.topic.community,
            acting_user=self.cast[FACILITATOR],
            submission=uuid.uuid4(),
            question=f"A {method} vote?",
            topic=self.topic,
            method=method,
            seats=2,
            budget=500,
            opens_at=self.now + timedelta(hours=1),
            closes_at=self.now + timedelta(days=5),
        )
        for title in ("One", "Two", "Three"):
            add_option(ballot=ballot, acting_user=self.cast[FACILITATOR], title=title, cost=200)
        return ballot

    def attempt(self, action, **arguments):
        with clock.at(self.now):
            try:
                return action(**arguments)
            except Refusal:
                return None

    def ballot(self, n):
        return Ballot.objects.get(pk=self.ballots[n % 2].pk)

    @rule(hours=st.integers(1, 140))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        with clock.at(self.now):
            open_due_ballots()
            close_due_ballots()

    @rule(person=boss, n=who)
    def the_days_run_to_the_certificate(self, person, n):
        self.time_passes(hours=140)
        self.the_worker_counts()
        self.certify(person=person, n=n)

    @rule()
    def the_worker_counts(self):
        with clock.at(self.now):
            for pk in ballots_to_count():
                count_ballot(pk)

    @rule()
    def the_night_certifies(self):
        with clock.at(self.now):
            certify_due_ballots()

    @rule(person=boss, n=who)
    def announce(self, person, n):
        self.attempt(announce_ballot, ballot=self.ballot(n), acting_user=self.cast[person])

    @rule(person=boss, n=who, days=st.integers(-3, 5))
    def change(self, person, n, days):
        when = self.now + timedelta(days=days)
        terms = {"opens_at": when, "closes_at": when + timedelta(days=2)}
        self.attempt(change_ballot, ballot=self.ballot(n), acting_user=self.cast[person], **terms)

    @rule(person=boss, n=who)
    def add(self, person, n):
        self.attempt(add_option, ballot=self.ballot(n), acting_user=self.cast[person], title="More", cost=100)

    @rule(person=boss, n=who)
    def take_off(self, person, n):
        option = Option.objects.filter(ballot=self.ballot(n)).last()
        if option:
            self.attempt(remove_option, option=option, acting_user=self.cast[person])

    @rule(person=boss, n=who, reason=st.sampled_from(["", "A mistake."]))
    def cancel(self, person, n, reason):
        self.attempt(cancel_ballot, ballot=self.ballot(n), acting_user=self.cast[person], reason=reason)

    @rule(person=boss, n=who)
    def certify(self, person, n):
        self.attempt(certify_ballot, ballot=self.ballot(n), acting_user=self.cast[person])

    @rule(person=who, n=who, chosen=choices)
    def begin(self, person, n, chosen):
        self.attempt(keep_choices, ballot=self.ballot(n), acting_user=self.cast[person], choices=chosen)

    @rule(person=who, n=who)
    def drop(self, person, n):
        self.attempt(drop_choices, ballot=self.ballot(n), acting_user=self.cast[person])

    @rule(person=who, n=who, chosen=st.one_of(st.just({"1": 1}), choices))
    def vote(self, person, n, chosen):
        paper = self.attempt(cast_vote, ballot=self.ballot(n), acting_user=self.cast[person], choices=chosen)
        if paper is not None:
            self.receipts[paper.ballot_id, person] = paper.receipt

    @rule(person=boss, n=who, voter=st.integers(0, 5), channel=st.sampled_from(["paper", "phone", "online"]))
    def enter(self, person, n, voter, channel):
        ballot = self.ballot(n)
        line = Elector.objects.filter(ballot=ballot, user=self.cast[voter]).first()
        paper = self.attempt(
            enter_vote,
            ballot=ballot,
            acting_user=self.cast[person],
            code=line.code if line else "AAAA-AAAA",
            channel=channel,
            choices={"2": 1},
        )
        if paper is not None:
            self.receipts[paper.ballot_id, voter] = paper.receipt

    @rule(person=boss, n=who, voter=st.integers(0, 5))
    def a_pile(self, person, n, voter):
        ballot, user = self.ballot(n), self.cast[person]
        line = Elector.objects.filter(ballot=ballot, user=self.cast[voter]).first()
        batch = self.attempt(start_batch, ballot=ballot, acting_user=user, label=f"Pile {voter}")
        if batch is None or line is None:
            return
        paper = {"batch": batch, "acting_user": user, "code": line.code, "choices": {"3": 1}}
        self.attempt(type_paper, **paper)
        self.attempt(begin_check, batch=batch, acting_user=user)
        self.attempt(check_paper, **paper)
        self.attempt(cast_batch, batch=PaperBatch.objects.get(pk=batch.pk), acting_user=user)

    @invariant()
    def only_steps_of_the_table(self):
        for ballot in Ballot.objects.all():
            before = self.last_states.get(ballot.pk, "draft")
            reachable = {before}
            for _step in range(6):
                reachable |= {after for state in set(reachable) for after in lifecycle.BALLOT_STEPS[state].values()}
            assert ballot.state in reachable, f"{before} → {ballot.state}"
            self.last_states[ballot.pk] = ballot.state

    @invariant()
    def what_was_announced_stays_as_it_was(self):
        for ballot in Ballot.objects.exclude(terms_sha256=""):
            assert ballot.terms_sha256 == terms_digest(ballot, ballot.options.all())

    @invariant()
    def papers_and_marks_agree_and_are_gone_with_the_key(self):
        for ballot in Ballot.objects.all():
            marks = Elector.objects.filter(ballot=ballot).exclude(channel="").count()
            box = Paper.objects.filter(ballot=ballot).count()
            is_open = ballot.state == "open"
            assert BallotKey.objects.filter(ballot=ballot).exists() == is_open
            assert box == (marks if is_open else 0)
            assert is_open or not UnfinishedVote.objects.filter(ballot=ballot).exists()
            assert ballot.voted_count == (marks if ballot.closed_at else 0)  # also where it was called off after it

    @invariant()
    def what_was_acknowledged_is_counted(self):
        for (ballot_pk, _person), receipt in self.receipts.items():
            ballot = Ballot.objects.get(pk=ballot_pk)
            if ballot.state == "open":
                assert Paper.objects.filter(ballot=ballot, receipt=receipt).exists()
            elif ballot.state in ("closed", "counted", "certified"):
                assert receipt in ballot.count.receipts.split()

    @invariant()
    def certified_and_decided_are_one(self):
        for ballot in Ballot.objects.all():
            decided = Decision.objects.filter(basis_id=ballot.pk).exists()
            assert decided == (ballot.state == "certified" and bool(ballot.quorum_met))
            if not decided:
                assert not CommitmentAsk.objects.filter(ballot_reference=ballot.reference).exists()


@pytest.mark.once
@pytest.mark.django_db
def test_no_sequence_breaks_a_vote(green, resident, neighbours, professional, facilitator, outsider):
    Table.cast = [*neighbours, resident, professional, facilitator, outsider]
    Table.topic = green
    run_state_machine_as_test(Table, settings=SETTINGS)
