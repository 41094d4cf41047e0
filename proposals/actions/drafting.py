"""From an empty draft to the table."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Community, Organisation, Rule
from communities.seats import actor_in, seat_of, seated
from proposals import permissions
from proposals.exceptions import NotNow, NotValid
from proposals.guards import locked_proposal, require, require_step, require_words
from proposals.models import Proposal
from record import clock
from record.announcements import announce
from record.references import next_reference

DRAFT_FIELDS = {
    "title",
    "outcome_wanted",
    "case",
    "we_can",
    "need_help_with",
    "only_they_can",
    "needs_nothing_from_them",
    "topic",
    "area",
}
LONGEST = {
    "outcome_wanted": 300,
    "title": 120,
    "case": 6000,
    "we_can": 500,
    "need_help_with": 500,
    "only_they_can": 500,
}


@seated
def start_draft(*, community: Community, acting_user: User, submission: UUID) -> Proposal:
    """A new empty draft. The same `submission` twice gives the same draft."""
    require(permissions.can_table(acting_user, community), _("Only verified residents can table a proposal."))
    seat = seat_of(acting_user, community.pk)
    draft, _made = Proposal.objects.get_or_create(
        author=acting_user,
        submission=submission,
        defaults={"community": community, "area": seat.area if seat else ""},
    )
    return draft


@seated
def save_draft(*, proposal: Proposal, acting_user: User, **fields: Any) -> Proposal:
    """Keep what was typed, whether it is whole or not. `organisations` is a list; the rest are columns."""
    proposal = locked_proposal(proposal)
    require(permissions.can_edit_draft(acting_user, proposal), _("Only its author can change this draft."))
    require_step(proposal, "edit")
    organisations: list[Organisation] | None = fields.pop("organisations", None)
    unknown = set(fields) - DRAFT_FIELDS
    if unknown:
        raise ValueError(f"A draft has no {', '.join(sorted(unknown))}")
    topic = fields.get("topic")
    if topic is not None and topic.community_id != proposal.community_id:
        raise NotValid(_("Choose a topic of this community."), field="topic")
    for name, value in fields.items():
        setattr(proposal, name, value.strip() if isinstance(value, str) else value)
    proposal.save()
    if organisations is not None:
        proposal.organisations.set(_seated(proposal.community, organisations))
    return proposal


@transaction.atomic
def discard_draft(*, proposal: Proposal, acting_user: User) -> None:
    """Throw a draft away. What was tabled is withdrawn instead, in public."""
    proposal = locked_proposal(proposal)
    require(permissions.can_edit_draft(acting_user, proposal), _("Only its author can throw this draft away."))
    require_step(proposal, "edit")
    proposal.delete()


@seated
def table_proposal(*, proposal: Proposal, acting_user: User) -> Proposal:
    """Put a whole draft on the table. A second tap finds it there and changes nothing."""
    proposal = locked_proposal(proposal)
    require(permissions.can_edit_draft(acting_user, proposal), _("Only its author can table this draft."))
    if proposal.state != Proposal.State.DRAFT:
        return proposal
    rule = _checked_rule(proposal)
    community = proposal.community
    Community.objects.filter(pk=community.pk).update(
        last_proposal_number=F("last_proposal_number") + 1, proposals_count=F("proposals_count") + 1
    )
    now = clock.now()
    proposal.number = Community.objects.values_list("last_proposal_number", flat=True).get(pk=community.pk)
    proposal.reference = next_reference("P")
    proposal.slug = slugify(proposal.title)[:80].strip("-") or "proposal"
    proposal.rule = rule
    proposal.threshold = rule.support_threshold
    proposal.tabled_at = now
    proposal.gather_until = clock.today() + timedelta(days=rule.agreement.days_to_gather)
    proposal.state = Proposal.State.TABLED
    proposal.save()
    asked = _settle_organisations(proposal, rule)
    announce(
        "proposal.tabled",
        subject=proposal,
        community=community,
        actor=actor_in(acting_user, community),
        payload={
            "proposal": str(proposal.pk),
            "number": proposal.number,
            "reference": proposal.reference,
            "topic": str(proposal.topic_id),
            "threshold": proposal.threshold,
            "organisations": [str(organisation.pk) for organisation in asked],
        },
        texts={name: getattr(proposal, name) for name in LONGEST},
    )
    return proposal


def _checked_rule(proposal: Proposal) -> Rule:
    """Everything a proposal needs before it is tabled, each refusal naming its field."""
    messages = {
        "outcome_wanted": _("Say what you want to happen."),
        "title": _("Give your proposal a title."),
        "case": _("Say why it matters."),
    }
    for name, message in messages.items():
        require_words(getattr(proposal, name), name, message, most=LONGEST[name])
    for name in ("we_can", "need_help_with", "only_they_can"):
        if len(getattr(proposal, name)) > LONGEST[name]:
            raise NotValid(_("Make this shorter: at most %(most)d letters.") % {"most": LONGEST[name]}, field=name)
    if not proposal.only_they_can.strip() and not proposal.needs_nothing_from_them:
        raise NotValid(_("Say what only the landlord or council can do, or tick “Nothing”."), field="only_they_can")
    if proposal.topic is None:
        raise NotValid(_("Choose what it is about."), field="topic")
    if proposal.topic.rule is None:
        raise NotNow(_("The agreement no longer covers this topic. Choose another one."))
    return proposal.topic.rule


def _settle_organisations(proposal: Proposal, rule: Rule) -> list[Organisation]:
    """Who will be asked: those chosen, or the one that usually answers; nobody where residents decide."""
    if rule.who_decides == Rule.WhoDecides.RESIDENTS:
        proposal.organisations.clear()
        return []
    chosen = _seated(proposal.community, list(proposal.organisations.all()))
    if not chosen and proposal.topic is not None and proposal.topic.organisation is not None:
        chosen = [proposal.topic.organisation]
    if not chosen:
        raise NotValid(_("Choose who should answer."), field="organisations")
    proposal.organisations.set(chosen)
    return chosen


def _seated(community: Community, organisations: list[Organisation]) -> list[Organisation]:
    """Those of them that sit in this community."""
    return list(community.organisations.filter(pk__in=[organisation.pk for organisation in organisations]))
