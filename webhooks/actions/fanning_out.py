"""From the record to deliveries. Each endpoint keeps its own place in the record, so any number of workers may do this
at any time, be killed at any moment, and leave nothing out: place and deliveries change in one transaction."""

import logging
import time
from collections.abc import Sequence
from itertools import chain
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q, QuerySet

from ballots.models import Ballot
from communities.models import Community
from proposals.models import Proposal
from record import clock
from record.chain import part_of, read_json
from record.ids import read_uuid
from record.models import Entry, RecordHead
from webhooks.models import Delivery, Endpoint, message_id_of

logger = logging.getLogger(__name__)

AT_ONCE = 500  # lines of the record looked at in one transaction


def take_from_record(*, seconds: float = 60) -> int:
    """Make the deliveries of everything that is new, or replayed. Returns how many. One query where nobody waits. What
    falls over one endpoint's lines keeps that endpoint where it is, and holds up nobody else."""
    end = time.monotonic() + seconds
    made = 0
    for endpoint_id in list(Endpoint.objects.behind().values_list("pk", flat=True)):
        goes_on = True
        while goes_on and time.monotonic() < end:
            try:
                count, goes_on = _take_some(endpoint_id)
            except Exception:
                logger.exception("Webhook %s: its lines could not be taken from the record", endpoint_id)
                break
            made += count
    return made


@transaction.atomic
def _take_some(endpoint_id: UUID) -> tuple[int, bool]:
    """Some lines for one endpoint, and whether there are more. An endpoint that another worker has is left to it."""
    behind = Endpoint.objects.behind().select_for_update(skip_locked=True, of=("self",))
    endpoint = behind.filter(pk=endpoint_id).first()
    if endpoint is None:
        return 0, False
    if endpoint.replay_next is not None:
        return _replay_some(endpoint), True
    head = RecordHead.objects.get(pk=1).sequence_count
    until = min(endpoint.next_sequence + AT_ONCE, head)
    entries = _wanted(endpoint, endpoint.next_sequence, until)
    _make(endpoint, entries)
    endpoint.next_sequence = until
    endpoint.save(update_fields=["next_sequence"])
    return len(entries), until < head


def _replay_some(endpoint: Endpoint) -> int:
    """What was settled waits again, under the id that it had; what the sweep took away is made anew."""
    first, end = endpoint.replay_next or 0, endpoint.replay_end or 0
    until = min(first + AT_ONCE, end)
    entries = _wanted(endpoint, first, until)
    settled = Delivery.objects.filter(endpoint=endpoint, entry__in=entries)
    settled.filter(state__in=[Delivery.State.DELIVERED, Delivery.State.DEAD]).update(
        state=Delivery.State.WAITING, attempts=0, next_at=clock.now(), claimed_until=None, created_at=clock.now()
    )
    _make(endpoint, entries)
    endpoint.replay_next = until if until < end else None
    endpoint.replay_end = end if until < end else None
    endpoint.save(update_fields=["replay_next", "replay_end"])
    return len(entries)


def _make(endpoint: Endpoint, entries: Sequence[Entry]) -> None:
    Delivery.objects.bulk_create(
        [
            Delivery(endpoint=endpoint, entry=entry, message_id=message_id_of(endpoint, entry.sequence))
            for entry in entries
        ],
        ignore_conflicts=True,
    )


def _wanted(endpoint: Endpoint, first: int, until: int) -> list[Entry]:
    """Lines from `first` and before `until` that are public, of public communities, and that this endpoint asks for, in
    their order, in which they are sent."""
    public = Community.objects.visible_to(AnonymousUser())
    if endpoint.community_id:
        public = public.filter(pk=endpoint.community_id)
    lines = Entry.objects.filter(
        sequence__gte=first, sequence__lt=until, is_public=True, community_id__in=public.values("pk")
    ).order_by("sequence")
    if endpoint.kinds:
        lines = lines.filter(kind__in=endpoint.kinds)
    return _about_organisation(endpoint, lines) if endpoint.organisation_id else list(lines)


def _about_organisation(endpoint: Endpoint, lines: QuerySet[Entry]) -> list[Entry]:
    """Those that name the organisation, that are about a proposal which asks it, or about a vote on one of these."""
    entries = list(lines)
    named = {entry.pk: _proposal_of(entry) for entry in entries}
    proposals = {key for key in named.values() if key}
    ballots = {key for entry in entries if entry.subject_type == "ballot" and (key := read_uuid(entry.subject_id))}
    asked = Proposal.objects.filter(pk__in=proposals, organisations=endpoint.organisation_id)
    voted = Ballot.objects.filter(pk__in=ballots).filter(
        Q(topic__organisation=endpoint.organisation_id) | Q(options__proposal__organisations=endpoint.organisation_id)
    )
    about = set(chain(asked.values_list("pk", flat=True), voted.values_list("pk", flat=True)))
    name = str(endpoint.organisation_id)
    return [
        entry for entry in entries if name in str(entry.line) or {named[entry.pk], read_uuid(entry.subject_id)} & about
    ]


def _proposal_of(entry: Entry) -> UUID | None:
    """The proposal that a line names; none where the line was damaged."""
    return read_uuid(part_of(read_json(entry.line), "payload").get("proposal"))
