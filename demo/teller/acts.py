"""What each act of the story is among the actions of the site."""

from dataclasses import dataclass, field
from functools import singledispatchmethod
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from accounts.models import User
from decisions.actions import overrule_decision
from decisions.models import Decision
from demo.story import shapes
from demo.teller.moments import Moments
from demo.teller.people import Cast
from proposals.actions.answering import ask_second_look, give_second_look, publish_response, save_response_draft
from proposals.actions.asking import call_in_proposal, extend_ask
from proposals.actions.backing import back_proposal
from proposals.actions.checking import check_commitment
from proposals.actions.deciding import decide_at_meeting, decide_from_answers
from proposals.actions.drafting import save_draft, start_draft, table_proposal
from proposals.actions.ending import merge_proposals, retable_proposal, withdraw_proposal
from proposals.actions.promising import (
    change_commitment,
    claim_commitment,
    drop_commitment,
    make_commitment,
    start_commitment,
)
from proposals.actions.talk import add_comment, make_offer
from proposals.actions.verdicts import give_verdict
from proposals.models import Ask, Comment, Commitment, Proposal, Response


@dataclass
class Doing:
    """Does acts. The clock is set by the caller."""

    cast: Cast
    moments: Moments
    proposals: dict[str, UUID] = field(default_factory=dict)
    said: int = 0

    def user(self, key: str) -> User:
        return self.cast.users[key]

    def proposal(self, key: str) -> Proposal:
        return Proposal.objects.select_related("community", "rule", "topic").get(pk=self.proposals[key])

    def submission(self, *parts: object) -> UUID:
        """The same for the same words, so that the demo is the same each time."""
        self.said += 1
        return uuid5(NAMESPACE_URL, f"demo/{self.said}/{'/'.join(map(str, parts))}")

    def table(self, told: shapes.Tabled) -> None:
        """Draft it, and put it on the table."""
        author, community = self.user(told.by), self.cast.community
        if told.retables:
            draft = retable_proposal(
                proposal=self.proposal(told.retables), acting_user=author, submission=self.submission(told.key)
            )
        else:
            draft = start_draft(community=community, acting_user=author, submission=self.submission(told.key))
        draft = save_draft(
            proposal=draft,
            acting_user=author,
            title=told.title,
            outcome_wanted=told.outcome,
            case=told.case,
            we_can=told.we_can,
            need_help_with=told.need_help,
            only_they_can=told.only_they,
            needs_nothing_from_them=not told.only_they,
            topic=community.topics.select_related("rule").get(name=told.topic),
            organisations=[self.cast.organisations[key] for key in told.asks],
        )
        self.proposals[told.key] = draft.pk
        if not told.stays_draft:
            table_proposal(proposal=draft, acting_user=author)

    def back(self, key: str, who: str) -> None:
        back_proposal(proposal=Proposal(pk=self.proposals[key]), acting_user=self.user(who))  # it is locked by its id

    @singledispatchmethod
    def do(self, act: object, key: str) -> None:
        """Do one act of the proposal `key`."""
        raise TypeError(f"Nobody knows how to do {act!r}")

    @do.register
    def _(self, act: shapes.Offers, key: str) -> None:
        submission = self.submission(key)
        make_offer(proposal=self.proposal(key), acting_user=self.user(act.who), text=act.text, submission=submission)

    @do.register
    def _(self, act: shapes.CallsIn, key: str) -> None:
        call_in_proposal(proposal=self.proposal(key), acting_user=self.user("facilitator"), reason=act.reason)

    @do.register
    def _(self, act: shapes.Extends, key: str) -> None:
        due_on = self.moments.day(act.due)
        extend_ask(ask=self.ask(key, act.who), acting_user=self.user(act.who), due_on=due_on, reason=act.reason)

    @do.register
    def _(self, act: shapes.Drafts, key: str) -> None:
        fields = {"outcome": act.outcome, "summary": act.summary, "reasons": act.reasons}
        save_response_draft(ask=self.ask(key, act.who), acting_user=self.user(act.who), revision=0, fields=fields)

    @do.register
    def _(self, act: shapes.Answers, key: str) -> None:
        ask, officer = self.ask(key, act.who), self.user(act.who)
        fields = {
            "outcome": act.outcome,
            "summary": act.summary,
            "reasons": act.reasons,
            "could_not": act.could_not,
            "next_step": act.next_step,
            "hard_words_changed": act.hard_words_changed,
            "promises": [
                {"text": promise.text, "due_on": self.moments.day(promise.due).isoformat(), "by": promise.by}
                for promise in act.promises
            ],
        }
        draft = save_response_draft(ask=ask, acting_user=officer, revision=0, fields=fields)
        if act.second_look:
            ask_second_look(ask=ask, acting_user=officer)
            draft = give_second_look(ask=ask, acting_user=self.user(act.second_look))
        publish_response(ask=ask, acting_user=officer, revision=draft.revision)

    @do.register
    def _(self, act: shapes.Decides, key: str) -> None:
        decide_from_answers(
            proposal=self.proposal(key),
            acting_user=self.user(act.who),
            title=act.title,
            summary=act.summary,
            reasons=act.reasons,
        )

    @do.register
    def _(self, act: shapes.Meets, key: str) -> None:
        decide_at_meeting(
            proposal=self.proposal(key),
            acting_user=self.user("facilitator"),
            held_on=self.moments.day(act.ago),
            meeting_label=act.label,
            outcome=act.outcome,
            summary=act.summary,
            reasons=act.reasons,
            residents_present=act.residents,
            professionals_present=act.professionals,
            votes_for=act.votes_for,
            votes_against=act.votes_against,
            submission=self.submission(key),
        )

    @do.register
    def _(self, act: shapes.Overrules, key: str) -> None:
        overrule_decision(
            decision=Decision.objects.get(proposals=self.proposals[key]),
            acting_user=self.user(act.who),
            title=act.title,
            summary=act.summary,
            reasons=act.reasons,
            submission=self.submission(key),
        )

    @do.register
    def _(self, act: shapes.Withdraws, key: str) -> None:
        proposal = self.proposal(key)
        withdraw_proposal(proposal=proposal, acting_user=self._author(proposal), reason=act.reason)

    @do.register
    def _(self, act: shapes.Merges, key: str) -> None:
        into = self.proposal(act.into)
        facilitator = self.user("facilitator")
        merge_proposals(duplicate=self.proposal(key), into=into, acting_user=facilitator, reason=act.reason)

    @do.register
    def _(self, act: shapes.Pledges, key: str) -> None:
        organisation = self.cast.officer_of.get(act.who)
        make_commitment(
            acting_user=self.user(act.who),
            text=act.promise.text,
            due_on=self.moments.day(act.promise.due),
            by_whom=act.promise.by,
            proposal=self.proposal(key),
            organisation=self.cast.organisations[organisation] if organisation else None,
            submission=self.submission(key),
        )

    def say(self, act: shapes.Says, key: str, said: list[Comment]) -> None:
        """A comment; `said` holds the one that it answers, and is empty for the first."""
        comment = add_comment(
            proposal=self.proposal(key),
            acting_user=self.user(act.who),
            body=act.text,
            parent=said[0] if said else None,
            submission=self.submission(key),
        )
        said.append(comment)

    def verdict(self, key: str, officer: str, who: str, answers_it: bool) -> None:
        response = Response.objects.get(ask=self.ask(key, officer))
        give_verdict(response=response, acting_user=self.user(who), answers_it=answers_it)

    def step(self, step: shapes.Step, key: str, promise: shapes.Promise, who: str) -> None:
        """What becomes of a promise. It is found by the words in which it was first made."""
        commitment = self._commitment(key, promise)
        officer = self.user(who)
        match step:
            case shapes.Starts():
                start_commitment(commitment=commitment, acting_user=officer)
            case shapes.Claims():
                claim_commitment(commitment=commitment, acting_user=officer, note=step.note)
            case shapes.Changes():
                due_on = self.moments.day(step.due)
                change_commitment(
                    commitment=commitment, acting_user=officer, text=step.text, due_on=due_on, reason=step.reason
                )
            case shapes.Drops():
                drop_commitment(commitment=commitment, acting_user=officer, reason=step.reason)
            case shapes.Checks():
                resident = self.user(step.who)
                check_commitment(commitment=commitment, acting_user=resident, done=step.done, note=step.note)

    def ask(self, key: str, officer: str) -> Ask:
        """The clock of the officer's organisation."""
        organisation = self.cast.organisations[self.cast.officer_of[officer]]
        return Ask.objects.get(proposal=self.proposals[key], organisation=organisation)

    def _commitment(self, key: str, promise: shapes.Promise) -> Commitment:
        words = {promise.text, *(step.text for step in promise.steps if isinstance(step, shapes.Changes))}
        return Commitment.objects.get(proposal=self.proposals[key], text__in=words)

    def _author(self, proposal: Proposal) -> User:
        return next(user for user in self.cast.users.values() if user.pk == proposal.author_id)


def chance_of(key: str) -> Random:
    """Chance that falls the same way each time."""
    return Random(f"demo/{key}")
