"""Writing an answer, a second look at it, and publishing it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Organisation
from communities.seats import actor_in, seat_of
from communities.working_days import working_days_between
from proposals import lifecycle, permissions
from proposals.actions.asking import keep_next_due
from proposals.actions.promising import promise_field, promise_in_answer
from proposals.exceptions import DraftEditedElsewhere, NotNow, NotValid
from proposals.guards import locked_ask, require, require_step, require_words
from proposals.models import Ask, Proposal, Response, ResponseDraft
from proposals.sent_to_vote import send_to_vote
from record import clock
from record.announcements import announce
from record.references import next_reference
from words import plain

DRAFT_FIELDS = {"outcome", "summary", "reasons", "could_not", "next_step", "promises", "hard_words_changed"}
OUTCOMES = {choice for choice in Response.Outcome.values if choice != Response.Outcome.NOT_STATED}
VERDICT_DAYS = 28


@transaction.atomic
def save_response_draft(*, ask: Ask, acting_user: User, revision: int, fields: Mapping[str, Any]) -> ResponseDraft:
    """Keep the draft. `revision` is the one that the person opened: where a colleague has saved since,
    nothing is overwritten and DraftEditedElsewhere is raised."""
    ask = locked_ask(ask)
    _require_may_answer(ask, acting_user)
    require_step(ask.proposal, "draft_answer")
    if not ask.is_open:  # one of several organisations that were asked
        raise NotNow(_("This is answered already."))
    draft, _made = ResponseDraft.objects.select_for_update().get_or_create(ask=ask)
    if draft.revision != revision:
        raise DraftEditedElsewhere(_("A colleague saved this draft after you opened it. Both texts are below."))
    unknown = set(fields) - DRAFT_FIELDS
    if unknown:
        raise ValueError(f"A draft has no {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.edited_by = acting_user
    draft.edited_at = clock.now()
    draft.second_look_by = None  # what was looked at is not what is there now
    draft.second_look_at = None
    draft.save()
    return draft


@transaction.atomic
def ask_second_look(*, ask: Ask, acting_user: User) -> ResponseDraft:
    """Ask a colleague to read the draft before it goes out."""
    ask = locked_ask(ask)
    _require_may_answer(ask, acting_user)
    draft = _draft_of(ask)
    draft.second_look_asked_at = clock.now()
    draft.save(update_fields=["second_look_asked_at"])
    return draft


@transaction.atomic
def give_second_look(*, ask: Ask, acting_user: User, revision: int | None = None) -> ResponseDraft:
    """A colleague has read the draft. Nobody gives the second look at their own words, nor, where `revision`
    says which one they read, at words that came after it."""
    ask = locked_ask(ask)
    _require_may_answer(ask, acting_user)
    draft = _draft_of(ask)
    if revision is not None and draft.revision != revision:
        raise DraftEditedElsewhere(_("A colleague saved this draft after you opened it. Read it again first."))
    require(draft.edited_by_id != acting_user.pk, _("Somebody else must take the second look."))
    draft.second_look_by = acting_user
    draft.second_look_at = clock.now()
    draft.save(update_fields=["second_look_by", "second_look_at"])
    return draft


@transaction.atomic
def publish_response(*, ask: Ask, acting_user: User, revision: int) -> Response:
    """Publish the draft as saved. It stops the clock. A second tap finds the answer there."""
    ask = locked_ask(ask)
    proposal = ask.proposal
    _require_may_answer(ask, acting_user)
    answered = Response.objects.filter(ask=ask).first()
    if answered is not None:
        return answered
    require_step(proposal, "answer")
    draft = _draft_of(ask)
    if draft.revision != revision:
        raise DraftEditedElsewhere(_("A colleague saved this draft after you opened it. Read it again first."))
    _require_whole(draft, ask)
    response = _make_response(draft, ask, acting_user)
    promises = promise_in_answer(response, draft.promises, acting_user)
    _stop_clock(ask)
    _move_proposal(proposal)
    draft.delete()
    announce(
        "response.published",
        subject=response,
        community=proposal.community,
        actor=actor_in(acting_user, proposal.community),
        payload={
            "proposal": str(proposal.pk),
            "response": str(response.pk),
            "reference": response.reference,
            "organisation": str(ask.organisation_id),
            "outcome": response.outcome,
            "due_on": ask.due_on.isoformat(),
            "working_days": ask.answered_after_working_days,
            "promises": [{"commitment": str(row.pk), "due_on": row.due_on.isoformat()} for row in promises],
        },
        texts={name: getattr(response, name) for name in ("summary", "reasons", "could_not", "next_step")}
        | {promise_field(row): row.text for row in promises},
    )
    return response


def official_text(draft: ResponseDraft) -> str:
    """The words that the plain-words check reads."""
    return "\n\n".join(text for text in (draft.summary, draft.reasons, draft.could_not, draft.next_step) if text)


def signed_role(user: User, ask: Ask) -> str:
    """The named role that signs: such as “housing manager, Penhale Homes”."""
    seat = seat_of(user, ask.proposal.community_id)
    role = (seat.job_title if seat else "") or _("officer")
    return f"{role}, {ask.organisation.name}"


def _require_may_answer(ask: Ask, user: User) -> None:
    require(permissions.can_respond(user, ask), _("Only the organisation that was asked can answer."))


def _draft_of(ask: Ask) -> ResponseDraft:
    draft = ResponseDraft.objects.select_for_update().filter(ask=ask).first()
    if draft is None:
        raise NotNow(_("There is no draft yet. Write the answer first."))
    return draft


def _require_whole(draft: ResponseDraft, ask: Ask) -> None:
    """What an answer needs. “Noted” is not among the outcomes."""
    if draft.outcome not in OUTCOMES:
        raise NotValid(_("Say yes, no or in part first."), field="outcome")
    require_words(draft.summary, "summary", _("Give the answer in a sentence or two."), most=600)
    require_words(draft.reasons, "reasons", _("Say why. An answer without reasons is not an answer."), most=8000)
    if len(draft.could_not) > 4000 or len(draft.next_step) > 2000:
        raise NotValid(_("Make this shorter."), field="next_step")
    if ask.organisation.second_pair_of_eyes and draft.second_look_at is None:
        raise NotNow(_("Your organisation wants a colleague to read this first. Ask for a second look."))


def _make_response(draft: ResponseDraft, ask: Ask, user: User) -> Response:
    return Response.objects.create(
        reference=next_reference("R"),
        ask=ask,
        proposal=ask.proposal,
        organisation=ask.organisation,
        outcome=draft.outcome,
        summary=draft.summary.strip(),
        reasons=draft.reasons.strip(),
        could_not=draft.could_not.strip(),
        next_step=draft.next_step.strip(),
        author=user,
        signed_name=user.display_name,
        signed_role=signed_role(user, ask),
        published_at=clock.now(),
        reading_age=plain.check(official_text(draft)).age,
        hard_words_changed=draft.hard_words_changed,
        verdicts_until=clock.today() + timedelta(days=VERDICT_DAYS),
    )


def _stop_clock(ask: Ask) -> None:
    today: date = clock.today()
    ask.answered_on = today
    ask.answered_after_working_days = max(working_days_between(ask.asked_on, today, ask.proposal.community), 0)
    ask.save(update_fields=["answered_on", "answered_after_working_days"])
    if not ask.proposal.community.is_public:
        return
    Organisation.objects.filter(pk=ask.organisation_id).update(
        answers_count=F("answers_count") + 1,
        answers_on_time_count=F("answers_on_time_count") + (0 if ask.was_late else 1),
        updated_at=clock.now(),
    )


def _move_proposal(proposal: Proposal) -> None:
    """Answered once all who were asked have answered; then on to a vote or to designing it where one said so."""
    keep_next_due(proposal)
    if proposal.open_asks_count:
        proposal.state = lifecycle.after(proposal, "answer")
    else:
        proposal.state = lifecycle.after(proposal, "answer_last")
        proposal.responded_at = clock.now()
        outcomes = set(proposal.responses.values_list("outcome", flat=True))
        waits = {Response.Outcome.TO_BALLOT: "ballot", Response.Outcome.TO_CODESIGN: "codesign"}
        for outcome, waits_for in waits.items():
            if outcome in outcomes:
                proposal.state = lifecycle.PROPOSAL_STEPS[Proposal.State.RESPONDED]["defer"]
                proposal.waits_for = waits_for
                break
    proposal.save(update_fields=["state", "responded_at", "waits_for"])
    if proposal.waits_for == Proposal.WaitsFor.BALLOT:
        send_to_vote(proposal)
