"""Voting online: choices that are not cast yet, and the vote.

A vote announces nothing: it is on the roll and in the box, and nowhere else. An event would have a time and a person.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from ballots.actions.box import key_of, keys_of, put_in_box, put_in_box_if_open
from ballots.choices import valid_choices
from ballots.exceptions import NotAllowed, NotNow
from ballots.guards import Address, ballot_for_vote, line_for_vote, line_to_read, pk_at, require_step
from ballots.models import Ballot, Elector, Paper, UnfinishedVote
from ballots.secrecy import voter_key
from record import clock
from words.compiled import compiled

Choices = Mapping[str, int] | Callable[[Ballot], Mapping[str, int]]


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


def cast_vote(*, ballot: Ballot | Address, acting_user: User, choices: Choices) -> Paper:
    """Vote, or change one's vote until the close. The same twice is one paper with one receipt.

    A vote by one's own hand stands over one that a facilitator entered. What somebody sent can only be read when the
    ballot is known: then `choices` reads it.
    """
    if connection.vendor == "postgresql":
        paper = _cast_at_once(ballot, acting_user, choices)
        if paper is not None:
            return paper
    return _cast_in_turn(ballot, acting_user, choices)


def _cast_at_once(ballot: Ballot | Address, user: User, choices: Choices) -> Paper | None:
    """What nearly every vote is: the ballot and the line are read, and then held, looked at again and written to by
    one statement. What a paper may be never changes while a ballot is open. None where this is no plain vote, or where
    the ballot closed meanwhile, and then nothing was done."""
    elector = line_to_read(ballot, user)
    if elector is None or elector.key is None or not elector.ballot.takes_votes(clock.now()):
        return None
    return put_in_box_if_open(elector, _read_choices(elector.ballot, choices))


@transaction.atomic
def _cast_in_turn(ballot: Ballot | Address, user: User, choices: Choices) -> Paper:
    """The same under the locks, step by step, so that a refusal says why."""
    ballot, elector = _ready_to_vote(ballot, user)
    return put_in_box(elector, _read_choices(ballot, choices), channel=Elector.Channel.ONLINE)


def _read_choices(ballot: Ballot, choices: Choices) -> dict[str, int]:
    return valid_choices(ballot, ballot.codes, choices(ballot) if callable(choices) else choices)


def own_paper(ballot: Ballot, elector: Elector) -> Paper | None:
    """The paper of somebody who reads their own page, while the ballot is open."""
    keys = keys_of(ballot=ballot.pk)
    return _paper(ballot, voter_key(bytes(keys[0]), elector.pk)) if keys else None


def own_unfinished(ballot: Ballot, elector: Elector) -> dict[str, int] | None:
    """What they chose and have not cast, while the ballot is open."""
    keys = keys_of(ballot=ballot.pk)
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


def _paper(ballot: Ballot, key: str) -> Paper | None:
    found: list[Paper] = _papers(ballot=ballot.pk, key=key)
    return found[0] if found else None


@compiled
def _papers(*, ballot: UUID, key: str) -> QuerySet[Any]:
    return Paper.objects.filter(ballot_id=ballot, voter_key=key)
