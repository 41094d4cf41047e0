"""Recording decisions. `record_decision` is the step that the other rooms' actions take; the rest are actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.agreements import RuleTerms, change_agreement
from communities.guards import locked_community
from communities.models import Agreement, Community, Organisation, Topic
from communities.seats import actor_in, seat_of
from decisions import permissions
from decisions.exceptions import NotAllowed, NotNow, NotValid
from decisions.models import Decision
from decisions.overruled import tell_overruled
from decisions.who_decided import Facts, who_decided
from record import clock
from record.announcements import Actor, announce
from record.references import next_reference

LONGEST = {"title": 160, "summary": 2000, "reasons": 8000}


def record_decision(
    *,
    community: Community,
    facts: Facts,
    actor: Actor,
    organisations: Iterable[Organisation],
    proposals: Sequence[UUID] = (),
    **columns: Any,
) -> Decision:
    """Write the decision, its entry, and the entry's place in the record on the decision.

    A step of an action: the caller has the transaction, has asked its permissions, and attaches the
    decision to its proposals before it ends. `columns` are those of Decision; `decided_by` is worked out.
    """
    texts = {name: _words(columns[name], name) for name in ("title", "summary", "reasons")}
    organisations = list(organisations)
    decision = Decision(
        reference=next_reference("D"),
        community=community,
        decided_by=who_decided(facts),
        basis_kind=facts.basis,
        decided_on=columns.pop("decided_on", None) or clock.today(),
        supports=facts.supports,
        support_threshold=facts.threshold,
        **(columns | texts),
    )
    decision.save()
    decision.organisations.set(organisations)
    _announce(decision, actor, _payload(decision, organisations, proposals), texts)
    return decision


def _payload(decision: Decision, organisations: Sequence[Organisation], proposals: Sequence[UUID]) -> dict[str, Any]:
    """What the record says of a decision, beside its words."""
    return {
        "decision": str(decision.pk),
        "reference": decision.reference,
        "outcome": decision.outcome,
        "decided_by": decision.decided_by,
        "decided_on": decision.decided_on.isoformat(),
        "basis": {"kind": decision.basis_kind, "id": str(decision.basis_id) if decision.basis_id else None},
        "organisations": sorted(str(organisation.pk) for organisation in organisations),
        "proposals": [str(proposal) for proposal in proposals],
        "proposal": str(proposals[0]) if proposals else None,
        "overrules": str(decision.overrules_id) if decision.overrules_id else None,
        "supports": decision.supports,
    }


def _announce(decision: Decision, actor: Actor, payload: dict[str, Any], texts: dict[str, str]) -> None:
    """Its entry, and the entry's place in the record on the decision."""
    said = announce(
        "decision.overruled" if decision.overrules_id else "decision.recorded",
        subject=decision,
        community=decision.community,
        actor=actor,
        payload=payload,
        texts=texts,
    )
    if said.entry is not None:
        decision.record_sequence, decision.record_hash = said.entry.sequence, said.entry.hash
        decision.save(update_fields=["record_sequence", "record_hash"])


@transaction.atomic
def record_notice(
    *,
    community: Community,
    acting_user: User,
    topic: Topic | None,
    title: str,
    summary: str,
    reasons: str,
    outcome: str,
    submission: UUID,
) -> Decision:
    """An organisation says in public what it decided alone. The same `submission` twice is one decision."""
    if not permissions.can_give_notice(acting_user, community):
        raise NotAllowed(_("Only somebody who works for an organisation here can do this."))
    community = locked_community(community.pk)  # two taps come one after the other
    made = Decision.objects.filter(submission=submission).first()
    if made is not None:
        return made
    if outcome not in Decision.Outcome.values:
        raise NotValid(_("Choose what was decided."), field="outcome")
    if topic is not None and topic.community_id != community.pk:
        raise NotValid(_("Choose a topic of this community."), field="topic")
    return record_decision(
        community=community,
        facts=Facts(basis="notice"),
        actor=actor_in(acting_user, community),
        organisations=_own_organisation(acting_user, community),
        topic=topic,
        title=title,
        summary=summary,
        reasons=reasons,
        outcome=outcome,
        submission=submission,
        **signature(acting_user, community),
    )


@transaction.atomic
def overrule_decision(
    *, decision: Decision, acting_user: User, title: str, summary: str, reasons: str, submission: UUID
) -> Decision:
    """An organisation overrules residents: a decision of its own, by a named role, with reasons, counted for ever."""
    decision = Decision.objects.select_for_update(of=("self",)).select_related("community", "topic").get(pk=decision.pk)
    if not permissions.can_overrule(acting_user, decision):
        raise NotAllowed(_("Only an organisation can overrule, and only what residents had decided."))
    made = Decision.objects.filter(submission=submission).first()
    if made is not None:
        return made
    if decision.is_overruled:
        raise NotNow(_("This decision is overruled already."))
    overruling = record_decision(
        community=decision.community,
        facts=Facts(basis="notice", overrules=True, supports=decision.supports, threshold=decision.support_threshold),
        actor=actor_in(acting_user, decision.community),
        organisations=_own_organisation(acting_user, decision.community),
        proposals=list(decision.proposals.values_list("pk", flat=True)),
        topic=decision.topic,
        title=title,
        summary=summary,
        reasons=reasons,
        outcome=Decision.Outcome.DECLINED,
        overrules=decision,
        submission=submission,
        comments=decision.comments,
        **signature(acting_user, decision.community),
    )
    decision.is_overruled = True
    decision.save(update_fields=["is_overruled"])
    for organisation in _own_organisation(acting_user, decision.community):
        tell_overruled(decision, organisation)
    return overruling


@dataclass(frozen=True)
class Meeting:
    """Who was in the room when an agreement was decided, and how they voted."""

    residents_present: int
    professionals_present: int
    votes_for: int
    votes_against: int

    def require_more_for_it(self) -> None:
        voted = self.votes_for + self.votes_against
        if self.residents_present < 1 or self.votes_for <= self.votes_against or voted > self.residents_present:
            raise NotValid(_("A new agreement needs more residents for it than against it."), field="votes_for")


@transaction.atomic
def decide_agreement(
    *,
    community: Community,
    acting_user: User,
    terms: Sequence[RuleTerms],
    agreed_on: date,
    how_agreed: str,
    why: str,
    residents_present: int,
    professionals_present: int,
    votes_for: int,
    votes_against: int,
    days_to_gather: int = 90,
    submission: UUID | None = None,
) -> Decision:
    """A new version of the agreement comes into force, and is a decision like any other. The same `submission`
    twice is one version.

    Two facts, two entries: `agreement.changed` by the lower room, `decision.recorded` by this one. Who decided
    is together where both sides were in the room, residents where they were alone.
    """
    community = locked_community(community.pk)  # two taps come one after the other
    made = Decision.objects.filter(submission=submission).first() if submission else None
    if made is not None:
        return made
    meeting = Meeting(residents_present, professionals_present, votes_for, votes_against)
    meeting.require_more_for_it()
    agreement = change_agreement(
        community=community,
        acting_user=acting_user,
        terms=terms,
        agreed_on=agreed_on,
        how_agreed=how_agreed,
        why=why,
        days_to_gather=days_to_gather,
    )
    return _decision_of(agreement, community, acting_user, meeting, submission)


def _decision_of(
    agreement: Agreement, community: Community, acting_user: User, meeting: Meeting, submission: UUID | None
) -> Decision:
    return record_decision(
        community=community,
        facts=Facts(
            basis="meeting",
            who_decides="decide_together" if meeting.professionals_present else "residents_decide",
            residents_present=meeting.residents_present,
            professionals_present=meeting.professionals_present,
        ),
        actor=actor_in(acting_user, community),
        organisations=community.organisations.all() if meeting.professionals_present else [],
        title=_("Our agreement, version %(version)d") % {"version": agreement.version},
        summary=_("Who decides what, how many neighbours are needed and how long an answer may take, from now on."),
        reasons=agreement.why,
        outcome=Decision.Outcome.ACCEPTED,
        decided_on=agreement.agreed_on,
        agreement=agreement,
        basis_label=(_("Agreed %(how)s") % {"how": agreement.how_agreed})[:160],
        submission=submission,
        **vars(meeting),
        **signature(acting_user, community),
    )


def signature(user: User, community: Community) -> dict[str, Any]:
    """The named role that signs: a person acting as a professional or facilitator."""
    seat = seat_of(user, community.pk)
    role = ""
    if seat is not None:
        parts = [seat.job_title or seat.get_role_display(), seat.organisation.name if seat.organisation else ""]
        role = ", ".join(str(part) for part in parts if part)
    return {"recorded_by": user, "signed_name": user.display_name, "signed_role": role}


def _own_organisation(user: User, community: Community) -> list[Organisation]:
    seat = seat_of(user, community.pk)
    return [seat.organisation] if seat is not None and seat.organisation is not None else []


def _words(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        messages = {
            "title": _("Give the decision a title."),
            "summary": _("Say what was decided."),
            "reasons": _("Say why. A decision without reasons is not one."),
        }
        raise NotValid(messages[field], field=field)
    if len(text) > LONGEST[field]:
        raise NotValid(_("Make this shorter: at most %(most)d letters.") % {"most": LONGEST[field]}, field=field)
    return text
