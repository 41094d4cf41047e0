"""“Did this answer it?”: the word of those who asked."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.seats import actor_in
from proposals import permissions
from proposals.exceptions import NotNow
from proposals.guards import locked_proposal, require, require_step
from proposals.models import Proposal, Response, Verdict
from record import clock
from record.announcements import announce

FEWEST_VOICES = 3  # one cross neighbour is not a contest; where fewer backed it, all of them are enough


@transaction.atomic
def give_verdict(*, response: Response, acting_user: User, answers_it: bool) -> Response:
    """One backer's word, which they may change until the last day. Below half, the answer is contested."""
    proposal = locked_proposal(Proposal(pk=response.proposal_id))
    response = Response.objects.select_for_update().get(pk=response.pk)
    require(
        permissions.can_give_verdict(acting_user, proposal),
        _("Only those who backed this proposal can say whether the answer answers it."),
    )
    require_step(proposal, "verdict")
    if response.verdicts_until is not None and clock.today() > response.verdicts_until:
        raise NotNow(_("The time to say so is over."))
    old = Verdict.objects.filter(response=response, user=acting_user).first()
    if old is not None and old.answers_it == answers_it:
        return response
    Verdict.objects.update_or_create(
        response=response, user=acting_user, defaults={"answers_it": answers_it, "given_at": clock.now()}
    )
    if old is not None:
        response.answers_it_count -= int(old.answers_it)
        response.does_not_count -= int(not old.answers_it)
    response.answers_it_count += int(answers_it)
    response.does_not_count += int(not answers_it)
    was_contested = response.is_contested
    response.is_contested = is_contested(response.answers_it_count, response.does_not_count, proposal.supports_count)
    first_time = response.is_contested and response.contested_at is None
    if first_time:
        response.contested_at = clock.now()
    response.save()
    if was_contested != response.is_contested:
        proposal.is_contested = proposal.responses.filter(is_contested=True).exists()
        proposal.save(update_fields=["is_contested"])
    _announce(response, proposal, acting_user, was_contested=was_contested, first_time=first_time)
    return response


def is_contested(answers_it: int, does_not: int, supports: int) -> bool:
    """Whether fewer than half of those who spoke say that it answers it, once enough have spoken."""
    spoke = answers_it + does_not
    return spoke >= min(FEWEST_VOICES, max(supports, 1)) and 2 * answers_it < spoke


def _announce(response: Response, proposal: Proposal, user: User, *, was_contested: bool, first_time: bool) -> None:
    kind = "verdict.given"
    if was_contested != response.is_contested:
        kind = "response.contested" if response.is_contested else "response.uncontested"
    announce(
        kind,
        subject=response,
        community=proposal.community,
        actor=actor_in(user, proposal.community, named=False),
        payload={
            "proposal": str(proposal.pk),
            "response": str(response.pk),
            "organisation": str(response.organisation_id),
            "answers_it": response.answers_it_count,
            "does_not": response.does_not_count,
            "first_time": first_time,  # followers are told once, however often it tips
        },
        public=kind != "verdict.given",
    )
