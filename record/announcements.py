"""announce(): the one way that anything becomes public or is told to anyone."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, Protocol
from uuid import UUID

from django.db import models, transaction
from django.db.models.functions import Cast, JSONObject

from record import clock
from record.kinds import KINDS, SUBJECT_TYPES
from record.models import Entry, EntryText, Event, RecordHead
from words.compiled_writes import Held, Insert, Part, compiled_writes


class Place(Protocol):
    """What the record needs to know of a community."""

    id: UUID
    is_public: bool


@dataclass(frozen=True)
class Actor:
    """Who did it, as the public may know: a person's name only where they act as a professional or
    wrote publicly under their display name."""

    role: str
    organisation: str = ""
    name: str = ""
    user_id: UUID | None = None


SYSTEM = Actor(role="system")
_SALT = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Announcement:
    """What `announce` left behind."""

    event: Event
    entry: Entry | None = field(default=None)


_listeners: list[Callable[[], None]] = []


def on_announced(listener: Callable[[], None]) -> None:
    """Have `listener` called after each event is written, inside its transaction; or right after it, where the change
    was one statement and no transaction is open (announce_held). So it writes nothing: it may set what is done once the
    change is committed. For rooms above, which this one may not import; called once, when the rooms are made ready."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(
    kind: str,
    *,
    subject: models.Model,
    community: Place | None,
    actor: Actor,
    payload: dict[str, Any] | None = None,
    texts: dict[str, str] | None = None,
    public: bool = True,
    once_key: str | None = None,
) -> Announcement:
    """Write the public entry and the outbox event of one change, in the transaction of that change.

    `payload` holds JSON values, integers only (no floats). `texts` is free text: the entry carries only
    its salted digest. With `public=False` there is an event and no entry (backing, drafts). With
    `once_key` the caller must have checked `happened(once_key)` under a lock of its own.

    Appending locks the head of the record until the transaction ends: call this last.
    """
    _require(kind, subject)
    payload = payload or {}
    entry = _append(kind, subject, community, actor, payload, texts or {}) if public else None
    columns = _columns(kind, subject, community, actor, payload)
    columns |= {"once_key": once_key, "entry_id": entry.pk if entry else None}
    ((key,),) = _write_event(**columns)
    event = Event(id=key, **columns)
    event._state.adding = False
    for listener in _listeners:
        listener()
    return Announcement(event=event, entry=entry)


def announce_quietly(
    write: Callable[..., tuple[Any, ...]],
    kind: str,
    *,
    subject: models.Model,
    community: Place | None,
    actor: Actor,
    payload: dict[str, Any] | None = None,
) -> bool:
    """What `announce` is with `public=False`, for a small change that many people make: `write` makes it, and writes
    the event beside it, in one statement. It takes the columns of the event by name and has `outbox(...)` of them as
    its last part. Whether anything was done: where the first part did nothing, there is nothing to announce."""
    _require(kind, subject)
    *_outcomes, (key,) = write(**_columns(kind, subject, community, actor, payload or {}))
    if key is None:
        return False
    for listener in _listeners:
        listener()
    return True


def announce_held(
    write: Callable[..., tuple[Any, ...]], kind: str, *, of: type[models.Model], actor: Actor
) -> tuple[Any, bool]:
    """The same for a change whose subject, a row `of` a community, is only found and locked by what `write` does (see
    words.compiled_writes.Held). It takes `shape_kind`, `actor` and `now`, and has `outbox_of_held` of them as its last
    part. Gives the row as it was found, or None, and whether anything was done."""
    _require_known(kind, of)
    held, *_outcomes, (key,) = write(shape_kind=kind, actor=actor.user_id, now=clock.now())
    if key is not None:
        for listener in _listeners:
            listener()
    return held, key is not None


def outbox_of_held(held: Held, kind: str, actor: UUID | None, now: Any) -> Insert:
    """The event of a row that is found by the same statement; it tells of nothing but that row."""
    key = Cast(held["id"], models.TextField())
    row = Event(kind=kind, subject_type=held.name, subject_id=key, actor_id=actor, created_at=now)
    row.community_id, row.payload = held["community_id"], JSONObject(**{held.name: key})
    return Insert(row, giving=("id",), if_first=True)


def outbox(columns: dict[str, Any]) -> Insert:
    """The event, as the last part of what an action writes (words.compiled_writes)."""
    return Insert(Event(**columns), giving=("id",), if_first=True)


def _require(kind: str, subject: models.Model) -> None:
    _require_known(kind, type(subject))
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("announce() needs the transaction of the change it announces")


def _require_known(kind: str, model: type[models.Model]) -> None:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not in record.kinds.KINDS")
    if model._meta.model_name not in SUBJECT_TYPES:
        raise ValueError(f"{model._meta.model_name!r} is not in record.kinds.SUBJECT_TYPES")


def _columns(
    kind: str, subject: models.Model, community: Place | None, actor: Actor, payload: dict[str, Any]
) -> dict[str, Any]:
    """An event, by column."""
    return {
        "kind": kind,
        "subject_type": subject._meta.model_name or "",
        "subject_id": str(subject.pk),
        "community_id": community.id if community else None,
        "actor_id": actor.user_id,
        "payload": payload,
        "created_at": clock.now(),
    }


@compiled_writes
def _write_event(**columns: Any) -> tuple[Part, ...]:
    return (Insert(Event(**columns), giving=("id",)),)


def happened(once_key: str) -> bool:
    """Whether the event of this key was announced before."""
    return Event.objects.filter(once_key=once_key).exists()


def canonical(value: Any) -> str:
    """The record's JSON: UTF-8, sorted keys, no spaces, no floats, no NaN."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _append(
    kind: str,
    subject: models.Model,
    community: Place | None,
    actor: Actor,
    payload: dict[str, Any],
    texts: dict[str, str],
) -> Entry:
    head = _locked_head()
    salts = {name: _new_salt() for name in texts}
    digests = {name: digest_of(salts[name] + text) for name, text in texts.items()}
    facts: dict[str, Any] = {
        "kind": kind,
        "community": str(community.id) if community else None,
        "subject": {"type": subject._meta.model_name, "id": str(subject.pk)},
        "actor": {"role": actor.role, "organisation": actor.organisation, "name": actor.name},
        "payload": payload | ({"text_sha256": digests} if digests else {}),
    }
    entry = _chained(head, facts, community)
    EntryText.objects.bulk_create(
        EntryText(entry=entry, field=name, salt=salts[name], text=text) for name, text in texts.items()
    )
    return entry


def _chained(head: RecordHead, facts: dict[str, Any], community: Place | None) -> Entry:
    """The line of these facts, behind the last one; it is the last one now."""
    is_public = community is None or community.is_public
    sealed = None if is_public else {"salt": _new_salt(), "facts": facts}
    at = clock.now().astimezone(UTC)
    line = canonical(
        (facts if sealed is None else _sealed(sealed))
        | {"sequence": head.sequence_count, "at": at.isoformat(timespec="microseconds"), "previous": head.last_hash}
    )
    entry = Entry.objects.create(
        sequence=head.sequence_count,
        at=at,
        kind=facts["kind"],
        community_id=community.id if community else None,
        subject_type=facts["subject"]["type"],
        subject_id=facts["subject"]["id"],
        line=line,
        hash=digest_of(line),
        sealed=sealed,
        is_public=is_public,
    )
    RecordHead.objects.filter(pk=1).update(sequence_count=entry.sequence + 1, last_hash=entry.hash)
    return entry


def _locked_head() -> RecordHead:
    RecordHead.objects.get_or_create(pk=1)
    return RecordHead.objects.select_for_update().get(pk=1)


def _sealed(sealed: dict[str, Any]) -> dict[str, Any]:
    """A private community's line: that something happened, and a digest that its members can check."""
    digest = digest_of(sealed["salt"] + canonical(sealed["facts"]))
    return {"kind": "sealed", "community": None, "subject": None, "actor": None, "payload": {"sha256": digest}}


def _new_salt() -> str:
    return secrets.token_hex(16)


def is_salt(found: object) -> bool:
    """Whether it is as every salt of the record: 32 small hex figures. With another length the front of a text could
    be moved into its salt, or the end of the salt into the text, and the digest of both would stay the same."""
    return isinstance(found, str) and _SALT.fullmatch(found) is not None


def digest_of(text: str) -> str:
    """SHA-256 of the text's bytes, hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("The record holds integers, not floats")
    if isinstance(value, dict):
        for part in value.values():
            _refuse_floats(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)
