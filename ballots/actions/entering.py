"""Votes that come on paper or by telephone, entered by a facilitator on the elector's line of the roll."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ballots import permissions
from ballots.actions.box import key_of, key_of_ballot, put_in_box
from ballots.actions.voting import require_open
from ballots.choices import valid_choices
from ballots.exceptions import NotNow, NotValid
from ballots.guards import ballot_for_vote, locked_elector, require
from ballots.models import Ballot, Elector, Paper, PaperBatch, PaperEntry
from ballots.secrecy import clean_code, voter_key
from communities.seats import actor_in
from record.announcements import announce

MOST_IN_A_PILE = 200


@dataclass
class Pile:
    """What became of a pile: how many papers went into the box, and which did not, by their place, and why."""

    cast: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def enter_vote(*, ballot: Ballot, acting_user: User, code: str, channel: str, choices: Mapping[str, int]) -> Paper:
    """Enter one vote that came on paper or by telephone. It replaces one entered before, and never one that the
    person cast online."""
    if channel not in (Elector.Channel.PAPER, Elector.Channel.PHONE):
        raise NotValid(_("Say whether it came on paper or by phone."), field="channel")
    ballot = _ready(ballot, acting_user)
    elector = _line(ballot, code)
    if elector.channel == Elector.Channel.ONLINE:
        raise NotNow(_("This person has voted online. That vote counts. They can change it there until the close."))
    paper = put_in_box(elector, valid_choices(ballot, ballot.codes, choices), channel=Elector.Channel(channel))
    _tell(ballot, elector, acting_user)
    return paper


@transaction.atomic
def start_batch(*, ballot: Ballot, acting_user: User, label: str) -> PaperBatch:
    """A pile of papers to be typed in twice. The same label is the same pile."""
    ballot = _ready(ballot, acting_user)
    label = label.strip()
    if not label or len(label) > 60:
        raise NotValid(_("Give the pile a short name, such as “Heron House, first box”."), field="label")
    batch, _is_new = PaperBatch.objects.get_or_create(ballot=ballot, label=label, defaults={"entered_by": acting_user})
    return batch


@transaction.atomic
def type_paper(*, batch: PaperBatch, acting_user: User, code: str, choices: Mapping[str, int]) -> PaperEntry:
    """Type in one paper of the pile for the first time. Nothing is cast. The same elector again writes over it."""
    ballot, batch = _pile(batch, acting_user, PaperBatch.State.FIRST)
    elector = _line(ballot, code)
    key = key_of(elector)
    kept = valid_choices(ballot, ballot.codes, choices)
    entry = PaperEntry.objects.filter(batch=batch, voter_key=key).first()
    if entry is None:
        if batch.papers_count >= MOST_IN_A_PILE:
            raise NotValid(_("This pile is full. Start another one."))
        batch.papers_count += 1
        batch.save(update_fields=["papers_count"])
        entry = PaperEntry(batch=batch, voter_key=key, position=batch.papers_count)
    entry.first = kept
    entry.save()
    return entry


@transaction.atomic
def begin_check(*, batch: PaperBatch, acting_user: User) -> PaperBatch:
    """The pile is typed in; now it is typed in again, best by somebody else. Twice changes nothing."""
    ballot = _ready(batch.ballot, acting_user)
    batch = PaperBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != PaperBatch.State.FIRST:
        return batch
    if not batch.papers_count:
        raise NotNow(_("There is no paper in this pile yet."))
    batch.ballot = ballot
    batch.state = PaperBatch.State.SECOND
    batch.save(update_fields=["state"])
    return batch


@transaction.atomic
def check_paper(*, batch: PaperBatch, acting_user: User, code: str, choices: Mapping[str, int]) -> bool:
    """Type in one paper for the second time, without seeing the first. Whether the two agree."""
    ballot, batch = _pile(batch, acting_user, PaperBatch.State.SECOND)
    elector = _line(ballot, code)
    entry = PaperEntry.objects.filter(batch=batch, voter_key=key_of(elector)).first()
    if entry is None:
        raise NotValid(_("This paper was not typed in the first time. Look at its code again."), field="code")
    entry.second = valid_choices(ballot, ballot.codes, choices)
    entry.save(update_fields=["second"])
    return bool(entry.first == entry.second)


@transaction.atomic
def settle_paper(*, batch: PaperBatch, acting_user: User, position: int, choices: Mapping[str, int]) -> PaperEntry:
    """Where the two differ: look at the paper again and say what stands on it. Both are then that."""
    ballot, batch = _pile(batch, acting_user, PaperBatch.State.SECOND)
    entry = PaperEntry.objects.select_for_update().filter(batch=batch, position=position).first()
    if entry is None:
        raise NotValid(_("There is no such paper in this pile."))
    entry.first = entry.second = valid_choices(ballot, ballot.codes, choices)
    entry.save(update_fields=["first", "second"])
    return entry


@transaction.atomic
def cast_batch(*, batch: PaperBatch, acting_user: User) -> Pile:
    """Put the pile into the box. Every paper must have been typed in twice, the same both times. Whoever has voted
    online meanwhile keeps that vote."""
    ballot, batch = _pile(batch, acting_user, PaperBatch.State.SECOND)
    entries = list(batch.entries.all())
    if any(entry.second is None for entry in entries):
        raise NotNow(_("Some papers were typed in once only. Type them in again first."))
    if any(entry.first != entry.second for entry in entries):
        raise NotNow(_("Some papers differ from the first time. Look at them again first."))
    pile = _cast(ballot, entries, acting_user)
    PaperEntry.objects.filter(batch=batch).delete()
    batch.state = PaperBatch.State.CAST
    batch.checked_by = acting_user
    batch.save(update_fields=["state", "checked_by"])
    return pile


def _cast(ballot: Ballot, entries: list[PaperEntry], user: User) -> Pile:
    key = key_of_ballot(ballot)
    positions = {entry.voter_key: entry for entry in entries}
    pile = Pile()
    for elector_id in Elector.objects.filter(ballot=ballot).order_by("pk").values_list("pk", flat=True):
        entry = positions.get(voter_key(key, elector_id))
        if entry is None:
            continue
        elector = locked_elector(ballot, pk=elector_id)
        if elector is None:
            continue
        if elector.channel == Elector.Channel.ONLINE:
            pile.left_out.append((entry.position, _("has voted online, and that vote counts")))
            continue
        put_in_box(elector, entry.first, channel=Elector.Channel.PAPER)
        _tell(ballot, elector, user)
        pile.cast += 1
    pile.left_out.sort()
    return pile


def _ready(ballot: Ballot, user: User) -> Ballot:
    ballot = ballot_for_vote(ballot.pk)
    require(permissions.can_enter_votes(user, ballot), _("Only a facilitator can enter votes from paper or phone."))
    require_open(ballot)
    return ballot


def _pile(batch: PaperBatch, user: User, state: str) -> tuple[Ballot, PaperBatch]:
    ballot = _ready(batch.ballot, user)
    batch = PaperBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != state:
        raise NotNow(_("This pile is at another step. Look at the page again."))
    return ballot, batch


def _line(ballot: Ballot, code: str) -> Elector:
    """The elector whose code this is, locked."""
    elector = locked_elector(ballot, code=clean_code(code))
    if elector is None:
        raise NotValid(_("No paper of this vote has that code. Look at it again."), field="code")
    return elector


def _tell(ballot: Ballot, elector: Elector, user: User) -> None:
    """The person hears that a vote was entered for them, so that nobody votes in their name unseen. Not how."""
    if elector.user_id is None:
        return
    announce(
        "vote.entered",
        subject=ballot,
        community=ballot.community,
        actor=actor_in(user, ballot.community, named=False),
        payload={"ballot": str(ballot.pk), "reference": ballot.reference, "user": str(elector.user_id)},
        public=False,
    )
