"""Plans become rows, a thousand proposals in one transaction, with every kept column as the actions would keep it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from communities.models import Community, Organisation
from communities.working_days import add_working_days, working_days_between
from decisions.models import Decision
from proposals.models import Ask, Comment, Commitment, Proposal, Response, Support
from proposals.seeding.people import AREAS, Place
from proposals.seeding.plan import CASE, PROMISES, REMARKS, Plan
from proposals.seeding.quick import write_objects, write_rows
from proposals.seeding.references import References
from record import clock
from record.ids import uuid7

WORKING_DAYS = 20
COMMENT = (
    "id", "proposal_id", "parent_id", "author_id", "role", "job_title", "area", "body", "created_at", "submission",
)  # fmt: skip


class Writer:
    """Writes plans for one place."""

    def __init__(self, place: Place, threshold: int) -> None:
        self.place = place
        self.threshold = threshold
        self.today = clock.today()
        self.residents = [resident.pk for resident in place.residents]

    @transaction.atomic
    def write(self, plans: Sequence[Plan]) -> None:
        """All rows of these plans."""
        references = References(plans)
        self.grown: dict[UUID, Counter[str]] = defaultdict(Counter)
        proposals = [self._proposal(plan, references) for plan in plans]
        asked = [(plan, proposal) for plan, proposal in zip(plans, proposals, strict=True) if plan.asked_at]
        asks = {proposal.pk: self._ask(plan, proposal) for plan, proposal in asked}
        responses = {
            proposal.pk: self._response(plan, asks[proposal.pk], references)
            for plan, proposal in asked
            if plan.answered_at
        }
        decisions = {
            proposal.pk: self._decision(plan, proposal, responses[proposal.pk], references)
            for plan, proposal in asked
            if plan.decided_at
        }
        promises = [
            promise
            for plan, proposal in asked
            for promise in self._promises(
                plan, proposal, responses.get(proposal.pk), decisions.get(proposal.pk), references
            )
        ]
        for model, rows in (
            (Decision, decisions.values()),
            (Proposal, proposals),
            (Ask, asks.values()),
            (Response, responses.values()),
            (Commitment, promises),
        ):
            write_objects(model, rows)
        self._join_organisations(plans, proposals, decisions)
        write_rows(Support, ("proposal_id", "user_id", "created_at"), self._supports(plans, proposals))
        write_rows(Comment, COMMENT, self._comments(plans, proposals))
        self._keep(len(plans))

    def _organisation(self, plan: Plan) -> Organisation:
        return self.place.organisations[plan.topic % len(self.place.organisations)]

    def _proposal(self, plan: Plan, references: References) -> Proposal:
        topic = self.place.topics[plan.topic]
        waiting = plan.state == Proposal.State.AWAITING_RESPONSE
        return Proposal(
            community=self.place.community,
            number=plan.number,
            reference=references.take("P", plan.tabled_at.year),
            author=self.place.residents[plan.author],
            title=plan.title,
            slug=slugify(plan.title)[:80].strip("-"),
            outcome_wanted=f"Everybody is glad about this: {plan.title.lower()}.",
            case=CASE * 2,
            we_can="Ask at each door\nHelp on a Saturday",
            need_help_with="Tools and a skip",
            only_they_can="Send somebody who may do it",
            topic=topic,
            rule=topic.rule,
            area=AREAS[plan.author % len(AREAS)],
            state=plan.state,
            threshold=self.threshold,
            tabled_at=plan.tabled_at,
            gather_until=(
                self.today + timedelta(days=30)
                if plan.state == Proposal.State.TABLED
                else clock.local_date(plan.tabled_at) + timedelta(days=90)
            ),
            threshold_reached_at=plan.asked_at,
            asked_at=plan.asked_at,
            responded_at=plan.answered_at,
            decided_at=plan.decided_at,
            delivered_at=plan.decided_at if plan.state == Proposal.State.DELIVERED else None,
            ended_at=plan.ended_at,
            ended_reason="We found another way." if plan.state == Proposal.State.WITHDRAWN else "",
            supports_count=plan.supports,
            comments_count=plan.comments,
            open_asks_count=int(waiting),
            created_at=plan.tabled_at,
            updated_at=_last_moment(plan),
        )

    def _ask(self, plan: Plan, proposal: Proposal) -> Ask:
        community = self.place.community
        asked_on = clock.local_date(_sure(plan.asked_at))
        due_on = add_working_days(asked_on, WORKING_DAYS, community)
        ask = Ask(
            proposal=proposal,
            organisation=self._organisation(plan),
            working_days=WORKING_DAYS,
            asked_on=asked_on,
            first_due_on=due_on,
            due_on=due_on,
            long_overdue_on=add_working_days(asked_on, 2 * WORKING_DAYS, community),
            created_at=_sure(plan.asked_at),
        )
        grown = self.grown[ask.organisation_id]
        grown["asks_count"] += 1
        if plan.answered_at:
            ask.answered_on = clock.local_date(plan.answered_at)
            ask.answered_after_working_days = working_days_between(asked_on, ask.answered_on, community)
            grown["answers_count"] += 1
            grown["answers_on_time_count"] += 0 if ask.was_late else 1
        else:
            proposal.next_due_on = due_on
        return ask

    def _response(self, plan: Plan, ask: Ask, references: References) -> Response:
        officer = self.place.officers[plan.topic % len(self.place.officers)]
        answered_at = _sure(plan.answered_at)
        return Response(
            reference=references.take("R", answered_at.year),
            ask=ask,
            proposal=ask.proposal,
            organisation=ask.organisation,
            outcome=plan.outcome,
            summary="We will mend what we can this year.",
            reasons="We looked at it together. Some of it is ours and some of it is not.",
            author=officer,
            signed_name=officer.display_name,
            signed_role=f"officer, {ask.organisation.name}",
            published_at=answered_at,
            reading_age=9,
            created_at=answered_at,
            updated_at=answered_at,
        )

    def _decision(self, plan: Plan, proposal: Proposal, response: Response, references: References) -> Decision:
        decided_at = _sure(plan.decided_at)
        proposal.decision = Decision(
            reference=references.take("D", decided_at.year),
            community=self.place.community,
            topic=proposal.topic,
            title=plan.title,
            summary=response.summary,
            reasons=response.reasons,
            outcome=plan.outcome,
            decided_on=clock.local_date(decided_at),
            decided_by=Decision.DecidedBy.AFTER_CONSULTING,
            basis_kind=Decision.Basis.RESPONSE,
            basis_id=response.pk,
            basis_label=response.reference,
            signed_name=response.signed_name,
            signed_role=response.signed_role,
            supports=plan.supports,
            support_threshold=self.threshold,
            comments=plan.comments,
            response_working_days=response.ask.answered_after_working_days,
            created_at=decided_at,
            updated_at=decided_at,
        )
        return proposal.decision

    def _promises(
        self,
        plan: Plan,
        proposal: Proposal,
        response: Response | None,
        decision: Decision | None,
        references: References,
    ) -> Iterator[Commitment]:
        if response is None:
            return
        for text, state in zip(PROMISES, plan.promises, strict=False):
            kept = state == Commitment.State.CONFIRMED
            column = "commitments_kept" if kept else "commitments_open"
            for holder in (proposal, decision):
                if holder is not None:
                    setattr(holder, column, getattr(holder, column) + 1)
            self.grown[response.organisation_id][column] += 1
            due_on = clock.local_date(response.published_at) + timedelta(days=60)
            yield Commitment(
                reference=references.take("C", response.published_at.year),
                community=self.place.community,
                proposal=proposal,
                response=response,
                decision=decision,
                organisation=response.organisation,
                text=text,
                due_on=due_on if kept else max(due_on, self.today),
                first_due_on=due_on,
                state=state,
                confirmed_at=plan.decided_at if kept else None,
                confirmed_how=Commitment.ConfirmedHow.AUTHOR if kept else "",
                created_at=response.published_at,
                updated_at=response.published_at,
            )

    def _join_organisations(
        self, plans: Sequence[Plan], proposals: Sequence[Proposal], decisions: dict[UUID, Decision]
    ) -> None:
        asked = [(proposal.pk, self._organisation(plan).pk) for plan, proposal in zip(plans, proposals, strict=True)]
        taken = [(decisions[pk].pk, organisation) for pk, organisation in asked if pk in decisions]
        write_rows(Proposal.organisations.through, ("proposal_id", "organisation_id"), asked)
        write_rows(Decision.organisations.through, ("decision_id", "organisation_id"), taken)

    def _supports(self, plans: Sequence[Plan], proposals: Sequence[Proposal]) -> Iterator[tuple[Any, ...]]:
        for plan, proposal in zip(plans, proposals, strict=True):
            until = plan.asked_at or plan.ended_at or plan.tabled_at + timedelta(days=1)
            step = (until - plan.tabled_at) / (plan.supports + 1)
            for at in range(plan.supports):
                resident = self.residents[(plan.first_supporter + at) % len(self.residents)]
                yield proposal.pk, resident, plan.tabled_at + step * (at + 1)

    def _comments(self, plans: Sequence[Plan], proposals: Sequence[Proposal]) -> Iterator[tuple[Any, ...]]:
        for plan, proposal in zip(plans, proposals, strict=True):
            first = None
            for at in range(plan.comments):
                pk, number = uuid7(), (plan.first_supporter + 7 * at) % len(self.residents)
                yield (
                    pk,
                    proposal.pk,
                    first if at % 3 == 1 else None,
                    self.residents[number],
                    "resident",
                    "",
                    AREAS[number % len(AREAS)],
                    REMARKS[(plan.number + at) % len(REMARKS)],
                    plan.tabled_at + timedelta(hours=at + 1),
                    uuid4(),
                )
                first = pk if at % 3 == 0 else first

    def _keep(self, count: int) -> None:
        """The kept columns of the community and the organisations."""
        Community.objects.filter(pk=self.place.community.pk).update(
            proposals_count=F("proposals_count") + count,
            last_proposal_number=F("last_proposal_number") + count,
            updated_at=clock.now(),
        )
        for pk, grown in self.grown.items():
            Organisation.objects.filter(pk=pk).update(**{name: F(name) + number for name, number in grown.items()})


def _last_moment(plan: Plan) -> datetime:
    return plan.ended_at or plan.decided_at or plan.answered_at or plan.asked_at or plan.tabled_at


def _sure(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("The plan has no such moment")
    return moment
