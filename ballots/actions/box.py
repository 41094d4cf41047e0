"""The box: where the paper of an elector lies, and how it gets there."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ballots.exceptions import NotNow
from ballots.models import Ballot, BallotKey, Elector, Paper, UnfinishedVote
from ballots.secrecy import new_receipt, voter_key
from record import clock
from words.compiled import KeptHalfShared, compiled
from words.compiled_writes import Change, Delete, Held, Insert, Part, compiled_writes


def put_in_box(elector: Elector, choices: dict[str, int], *, channel: Elector.Channel) -> Paper:
    """Write the elector's one paper, and mark the roll. A vote by one's own hand ends what was chosen and not cast.
    A step: the caller holds the ballot and the elector's line."""
    paper = _paper(elector, choices)
    (pk, receipt), *_marked = _put(**_columns(paper), elector=elector.pk, channel=channel)
    elector.channel = channel
    paper.id, paper.receipt = pk, receipt
    return paper


def put_in_box_if_open(elector: Elector, choices: dict[str, int]) -> Paper | None:
    """The same for a vote online, of an elector whose line was only read: the statement that writes holds the line and
    the ballot, and does nothing unless the line is still theirs and the vote is open. Nor does it wait for whoever has
    either of them: it would not see what they wrote meanwhile (such as choices that a vote ends). Then it gives None.
    """
    paper = _paper(elector, choices)
    is_open, (pk, receipt), *_marked = _put_if_open(
        **_columns(paper), elector=elector.pk, person=elector.user_id, now=clock.now()
    )
    if not is_open:
        return None
    elector.channel = Elector.Channel.ONLINE
    paper.id, paper.receipt = pk, receipt
    return paper


def _paper(elector: Elector, choices: dict[str, int]) -> Paper:
    """A new one. Where they voted before, its id and its receipt stay what they were."""
    where = {"ballot_id": elector.ballot_id, "voter_key": key_of(elector)}
    return Paper(id=uuid.uuid4(), receipt=new_receipt(), choices=choices, **where)


def _columns(paper: Paper) -> dict[str, Any]:
    return {
        "ballot": paper.ballot_id,
        "key": paper.voter_key,
        "choices": paper.choices,
        "paper": paper.id,
        "receipt": paper.receipt,
    }


@compiled_writes
def _put(*, elector: int, channel: Elector.Channel, **paper: Any) -> tuple[Part, ...]:
    return _parts(elector, channel, **paper)


@compiled_writes
def _put_if_open(*, elector: int, person: UUID, now: datetime, **paper: Any) -> tuple[Part, ...]:
    is_open = {"ballot__state": Ballot.State.OPEN, "ballot__opens_at__lte": now, "ballot__closes_at__gt": now}
    lines = Elector.objects.filter(pk=elector, user_id=person, **is_open).select_related("ballot").order_by()
    line = lines.only("id", "ballot__id").select_for_update(of=("self", "ballot"), skip_locked=True)
    held = Held(line, kept_as=KeptHalfShared, is_shown=False)
    return (held, *_parts(elector, Elector.Channel.ONLINE, **paper))


def _parts(
    elector: int,
    channel: Elector.Channel,
    *,
    ballot: UUID,
    key: str,
    choices: dict[str, int],
    paper: UUID,
    receipt: str,
) -> tuple[Part, ...]:
    row = Paper(id=paper, ballot_id=ballot, voter_key=key, choices=choices, receipt=receipt)
    parts: tuple[Part, ...] = (
        Insert(row, unique=("ballot", "voter_key"), changing=("choices",), giving=("id", "receipt")),
        Change(Elector.objects.filter(pk=elector).exclude(channel=channel), {"channel": channel}),
    )
    if channel == Elector.Channel.ONLINE:
        parts += (Delete(UnfinishedVote.objects.filter(ballot_id=ballot, voter_key=key)),)
    return parts


def key_of(elector: Elector) -> str:
    """Where the paper lies of an elector, whose line was read with the key."""
    return voter_key(_not_lost(elector.key), elector.pk)


def key_of_ballot(ballot: Ballot) -> bytes:
    """The key of an open ballot."""
    keys = keys_of(ballot=ballot.pk)
    return _not_lost(keys[0] if keys else None)


def _not_lost(key: "bytes | memoryview | None") -> bytes:
    """The key is missing only where the site came back from a backup without it."""
    if key is None:
        raise NotNow(_("This vote lost its key when the site was restored. A facilitator must call it off."))
    return bytes(key)


@compiled
def keys_of(*, ballot: UUID) -> QuerySet[Any]:
    return BallotKey.objects.filter(ballot_id=ballot).values_list("key", flat=True)
