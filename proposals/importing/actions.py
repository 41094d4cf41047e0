"""Petitions become proposals here and nowhere else: a batch in one transaction, one entry for each petition."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from communities.guards import locked_community
from communities.models import Community, Organisation, Topic
from proposals.importing.answers import Counts, bring_asks, bring_links, keep_asks, open_asks_of
from proposals.importing.community import THRESHOLD, petitions_topic, seat_departments
from proposals.importing.reading import Petition
from proposals.importing.source import petition_url
from proposals.models import Proposal
from record import clock
from record.announcements import SYSTEM, announce
from record.references import next_reference
from record.renaming import tell_renamed

S = Proposal.State
# States that the other site can set. Where something was done here since (a decision, a merge), ours stays.
FROM_THERE = {S.TABLED, S.LAPSED, S.AWAITING_RESPONSE, S.RESPONDED}
UNNAMED = "Government (department not named)"


@dataclass(frozen=True)
class Imported:
    """What one batch did."""

    new: int
    changed: int
    same: int


@transaction.atomic
def import_petitions(*, community: Community, petitions: Sequence[Petition]) -> Imported:
    """Bring in a batch, all of it or nothing. What is there and the same is left alone; what changed is changed.

    The community's row is locked, so that two imports at once take turns.
    """
    community = locked_community(community.pk)
    topic = petitions_topic(community)
    departments = seat_departments(community, {name for petition in petitions for name in departments_of(petition)})
    there = {
        proposal.source_id: proposal
        for proposal in Proposal.objects.select_for_update(of=("self",))
        .select_related("community")
        .filter(community=community, source_id__in=[petition.source_id for petition in petitions])
    }
    done: Counter[str] = Counter()
    counts = Counts()
    for petition in petitions:
        asked = [departments[name] for name in departments_of(petition)]
        proposal = there.get(petition.source_id)
        if proposal is None:
            _bring(petition, community, topic, asked, counts)
            done["new"] += 1
        else:
            done["changed" if _bring_up_to_date(proposal, petition, asked, counts) else "same"] += 1
    if done["new"]:
        Community.objects.filter(pk=community.pk).update(
            proposals_count=F("proposals_count") + done["new"],
            last_proposal_number=community.last_proposal_number,
            updated_at=clock.now(),
        )
    counts.keep()
    return Imported(new=done["new"], changed=done["changed"], same=done["same"])


def departments_of(petition: Petition) -> tuple[str, ...]:
    """Who should answer. Somebody must have been asked where the threshold was reached."""
    if petition.asked_at is not None and not petition.departments:
        return (UNNAMED,)
    return petition.departments


def _bring(petition: Petition, community: Community, topic: Topic, asked: list[Organisation], counts: Counts) -> None:
    community.last_proposal_number += 1
    with clock.at(petition.opened_at):
        reference = next_reference("P")  # of the year in which it was first published
    proposal = Proposal(
        community=community,
        number=community.last_proposal_number,
        reference=reference,
        slug=slugify(petition.title)[:80].strip("-") or "petition",
        topic=topic,
        rule=topic.rule,
        threshold=THRESHOLD,
        source_id=petition.source_id,
        source_url=petition_url(petition.source_id),
        created_at=petition.opened_at,
        **_columns(petition),
    )
    proposal.save(force_insert=True)
    proposal.organisations.set(asked)
    bring_asks(proposal, petition, asked, counts)
    bring_links(proposal, petition)
    _announce(proposal, petition, changed=False)


def _bring_up_to_date(proposal: Proposal, petition: Petition, asked: list[Organisation], counts: Counts) -> bool:
    """Whether anything was different. The order of the steps matters: each says whether it changed something."""
    columns = _columns(petition)
    if proposal.state not in FROM_THERE:
        columns = {name: columns[name] for name in ("title", "outcome_wanted", "case", "original_signatures")}
    changed = [name for name, value in columns.items() if getattr(proposal, name) != value]
    moves = "state" in changed and S.AWAITING_RESPONSE in (proposal.state, columns["state"])
    waited = open_asks_of(proposal) if moves else []
    for name in changed:
        setattr(proposal, name, columns[name])
    steps = [bool(changed)]
    if proposal.state in FROM_THERE:
        here = set(proposal.organisations.values_list("pk", flat=True))
        steps.append(here != {organisation.pk for organisation in asked})
        if steps[-1]:
            proposal.organisations.set(asked)
        steps.append(bring_asks(proposal, petition, asked, counts))
        if moves:
            keep_asks(proposal, waited, counts)
    steps.append(bring_links(proposal, petition))
    if not any(steps):
        return False
    if "title" in changed:
        tell_renamed(proposal)
    proposal.save()
    _announce(proposal, petition, changed=True)
    return True


def _columns(petition: Petition) -> dict[str, Any]:
    """What the row says of the proposal itself. Its clocks and answers are rows of their own."""
    state = _state(petition)
    closed = clock.local_date(petition.closed_at) if petition.closed_at is not None else None
    return {
        "title": petition.title,
        "outcome_wanted": petition.outcome_wanted,
        "case": petition.case,
        "original_signatures": petition.signatures,
        "state": state,
        "tabled_at": petition.opened_at,
        "gather_until": closed if not petition.is_open else None,  # an open one closes when the other site says so
        "threshold_reached_at": petition.asked_at,
        "asked_at": petition.asked_at,
        "responded_at": petition.answered_at,
        "ended_at": petition.closed_at if state == S.LAPSED else None,
    }


def _state(petition: Petition) -> str:
    if petition.answered_at is not None:
        return S.RESPONDED
    if petition.asked_at is not None:
        return S.AWAITING_RESPONSE
    return S.TABLED if petition.is_open else S.LAPSED


def _announce(proposal: Proposal, petition: Petition, *, changed: bool) -> None:
    announce(
        "petition.imported",
        subject=proposal,
        community=proposal.community,
        actor=SYSTEM,
        payload={
            "proposal": str(proposal.pk),
            "number": proposal.number,
            "reference": proposal.reference,
            "source": proposal.source_url,
            "state": proposal.state,
            "signatures": petition.signatures,
            "opened_at": petition.opened_at.isoformat(),
            "threshold_reached_at": petition.asked_at.isoformat() if petition.asked_at else None,
            "answered_at": petition.answered_at.isoformat() if petition.answered_at else None,
            "changed": changed,
        },
        texts={
            "title": proposal.title,
            "outcome_wanted": proposal.outcome_wanted,
            "case": proposal.case,
            "answer": petition.reasons,
        },
    )


def summary_of(total: Counter[str]) -> str:
    """What an import did, in a sentence."""
    return (
        _("%(new)d petitions are new, %(changed)d changed, %(same)d are as they were, %(bad)d rows were skipped.")
        % total
    )
