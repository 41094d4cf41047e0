"""Voting online: choices that are not cast yet, and the vote.

A vote announces nothing: it is on the roll and in the box, and nowhere else. An event would have a time and a person.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from ballots.choices import valid_choices
from ballots.exceptions import NotAllowed, NotNow
from ballots.guards import Address, ballot_for_vote, line_for_vote, pk_at, require_step
from ballots.models import Ballot, BallotKey, Elector, Paper, UnfinishedVote
from ballots.secrecy import new_receipt, voter_key
from record import clock
from words.compiled import compiled
from words.compiled_writes import Change, Delete, Insert, Part, compiled_writes


@transaction.atomic
def keep_choices(*, ballot: Ballot, acting_user: User, choices: Mapping[str, int]) -> dict[str, int]:
    """Keep what somebody chose and has not cast: it counts for nothing yet. Gives it as it would go on the paper."""
    ballot, elector = _ready_to_vote(ballot, acting_user)
    kept = valid_choices(ballot, ballot.codes, choices)
    key = key_of(elector)
    UnfinishedVote.objects.update_or_create(ballot=ballot, voter_key=key, defaults={"choices": kept})
    return kept


@transaction.atomic
def drop_choices(*, ballot: Ballot, acting_user: User) -> None:
    """Forget choices that were not cast. A vote already cast stays. Twice changes nothing."""
    ballot, elector = _ready_to_vote(ballot, acting_user)
    UnfinishedVote.objects.filter(ballot=ballot, voter_key=key_of(elector)).delete()


@transaction.atomic
def cast_vote(
    *, ballot: Ballot | Address, acting_user: User, choices: Mapping[str, int] | Callable[[Ballot], Mapping[str, int]]
) -> Paper:
    """Vote, or change one's vote until the close. The same twice is one paper with one receipt.

    A vote by one's own hand stands over one that a facilitator entered. What somebody sent can only be read when the
    ballot is known: then `choices` reads it.
    """
    ballot, elector = _ready_to_vote(ballot, acting_user)
    kept = valid_choices(ballot, ballot.codes, choices(ballot) if callable(choices) else choices)
    return put_in_box(elector, kept, channel=Elector.Channel.ONLINE)


def put_in_box(elector: Elector, choices: dict[str, int], *, channel: Elector.Channel) -> Paper:
    """Write the elector's one paper, and mark the roll. A vote by one's own hand ends what was chosen and not cast.
    A step: the caller holds the ballot and the elector's line."""
    ballot, key = elector.ballot_id, key_of(elector)
    new = {"paper": uuid.uuid4(), "receipt": new_receipt()}  # where they voted before, theirs stay what they were
    (pk, receipt), *_marked = _put(ballot=ballot, elector=elector.pk, key=key, choices=choices, channel=channel, **new)
    elector.channel = channel
    return Paper(id=pk, ballot_id=ballot, voter_key=key, choices=choices, receipt=receipt)


@compiled_writes
def _put(
    *,
    ballot: UUID,
    elector: int,
    key: str,
    choices: dict[str, int],
    channel: Elector.Channel,
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


def own_paper(ballot: Ballot, elector: Elector) -> Paper | None:
    """The paper of somebody who reads their own page, while the ballot is open."""
    keys = _keys(ballot=ballot.pk)
    return _paper(ballot, voter_key(bytes(keys[0]), elector.pk)) if keys else None


def own_unfinished(ballot: Ballot, elector: Elector) -> dict[str, int] | None:
    """What they chose and have not cast, while the ballot is open."""
    keys = _keys(ballot=ballot.pk)
    if not keys:
        return None
    held = UnfinishedVote.objects.filter(ballot=ballot, voter_key=voter_key(bytes(keys[0]), elector.pk)).first()
    return dict(held.choices) if held else None


def require_open(ballot: Ballot) -> None:
    """Refuse whoever comes before the opening or after the close, by server time."""
    require_step(ballot, "vote")
    now = clock.now()
    if not ballot.takes_votes(now):
        late = ballot.closes_at is not None and now >= ballot.closes_at
        raise NotNow(_("The vote is closed.") if late else _("The vote is not open yet."))


def _ready_to_vote(ballot: Ballot | Address, user: User) -> tuple[Ballot, Elector]:
    elector = line_for_vote(ballot, user)
    if elector is None:
        require_open(ballot_for_vote(pk_at(ballot)))
        raise NotAllowed(_("You are not on the roll of this vote. It holds those who could vote when it opened."))
    require_open(elector.ballot)
    return elector.ballot, elector


def key_of(elector: Elector) -> str:
    """Where the paper lies of an elector whose line is locked."""
    return voter_key(_not_lost(elector.key), elector.pk)


def key_of_ballot(ballot: Ballot) -> bytes:
    """The key of an open ballot."""
    keys = _keys(ballot=ballot.pk)
    return _not_lost(keys[0] if keys else None)


def _not_lost(key: "bytes | memoryview | None") -> bytes:
    """The key is missing only where the site came back from a backup without it."""
    if key is None:
        raise NotNow(_("This vote lost its key when the site was restored. A facilitator must call it off."))
    return bytes(key)


@compiled
def _keys(*, ballot: UUID) -> QuerySet[Any]:
    return BallotKey.objects.filter(ballot_id=ballot).values_list("key", flat=True)


def _paper(ballot: Ballot, key: str) -> Paper | None:
    found: list[Paper] = _papers(ballot=ballot.pk, key=key)
    return found[0] if found else None


@compiled
def _papers(*, ballot: UUID, key: str) -> QuerySet[Any]:
    return Paper.objects.filter(ballot_id=ballot, voter_key=key)
