"""Making a snapshot: nightly, or when somebody asks; one at a time; a maker that died is taken over."""

import json
import logging
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from api.bulk.corrections import corrections
from api.bulk.files import delete_files, path_of, storage, write_dataset, write_record, written
from api.bulk.package import data_package
from api.models import Correction, Snapshot
from api.resources import Resource
from api.v1 import RESOURCES
from api.v1.record import CHECKPOINTS
from record import clock

logger = logging.getLogger(__name__)
KEPT = 7  # snapshots
NOT_SOONER = timedelta(hours=1)  # than this after the last one, when somebody asks
GIVEN_UP_AFTER = timedelta(hours=2)
PER_QUERY = 500


def newest() -> Snapshot | None:
    """The one that the page offers."""
    return Snapshot.objects.filter(state=Snapshot.State.READY).order_by("-started_at").first()


def _one_before() -> Snapshot | None:
    """What the next one is compared with: the last that was given out, withdrawn or not."""
    given_out = Q(state__in=[Snapshot.State.READY, Snapshot.State.WITHDRAWN])
    return Snapshot.objects.filter(given_out).order_by("-started_at").first()


def may_ask() -> bool:
    """Whether asking for a fresh one would start one: none is on its way, and the last one is an hour old."""
    on_its_way = Q(state__in=[Snapshot.State.ASKED, Snapshot.State.MAKING])
    fresh = Q(state=Snapshot.State.READY, started_at__gt=clock.now() - NOT_SOONER)
    return not Snapshot.objects.filter(on_its_way | fresh).exists()


def ask() -> bool:
    """Put one on the list of what the worker does. Whether this call did: one is asked for at a time."""
    try:
        with transaction.atomic():
            Snapshot.objects.create()
    except IntegrityError:
        return False
    return True


def make_asked() -> Snapshot | None:
    """Make the one that was asked for. None where there is none, or another worker is at it."""
    asked = Snapshot.objects.filter(state=Snapshot.State.ASKED).first()
    stale = clock.now() - GIVEN_UP_AFTER
    making = Snapshot.objects.filter(state=Snapshot.State.MAKING)
    making.filter(started_at__lte=stale).update(state=Snapshot.State.FAILED)
    if asked is None:
        return None
    try:
        with transaction.atomic():
            taken = Snapshot.objects.filter(pk=asked.pk, state=Snapshot.State.ASKED)
            if not taken.update(state=Snapshot.State.MAKING, started_at=clock.now()):
                return None
    except IntegrityError:  # one is in the making
        return None
    return make(asked.pk)


def make(snapshot_id: UUID) -> Snapshot:
    """Write every file of a snapshot that was begun, compare it with the one before, and offer it. Its files go where
    it cannot be offered: they may hold words that were erased while it was made."""
    snapshot = Snapshot.objects.get(pk=snapshot_id)
    if snapshot.state != Snapshot.State.MAKING:
        return snapshot
    before = _one_before()
    try:
        _write(snapshot)
        found = [row for resource in RESOURCES for row in _changes(resource, before, snapshot)]
    except Exception:
        if _fail(snapshot):
            logger.exception("The open data snapshot %s failed", snapshot.pk)
            raise
        logger.warning("The open data snapshot %s was overtaken", snapshot.pk, exc_info=True)
        return snapshot
    if not _publish(snapshot, found):
        _fail(snapshot)
    sweep()
    return snapshot


def _write(snapshot: Snapshot) -> None:
    for resource in RESOURCES:
        snapshot.datasets.append(write_dataset(snapshot.pk, resource))
    checkpoints = write_dataset(snapshot.pk, CHECKPOINTS)  # before the record, so that its lines are all there
    snapshot.datasets += [write_record(snapshot.pk), checkpoints]
    with written(snapshot.pk, "datapackage.json") as package:
        package.write(json.dumps(data_package(snapshot), ensure_ascii=False, indent=1))
    snapshot.datasets.append({"name": "datapackage", "rows": 0, "files": [package.facts()]})


def _fail(snapshot: Snapshot) -> bool:
    """Whether it was still to be made. Where it was overtaken its files may be gone beneath it: an erasure takes them
    away, or another maker. What was written since then goes here."""
    snapshot.state = Snapshot.State.FAILED
    mine = Snapshot.objects.filter(pk=snapshot.pk, state=Snapshot.State.MAKING)
    was_to_be_made = mine.update(state=snapshot.state)
    delete_files(snapshot.pk)
    return bool(was_to_be_made)


def sweep(*, kept: int = KEPT) -> None:
    """Take away older snapshots with their files, and what was withdrawn once a newer one was compared with it. The row
    of one that failed stays as long as its maker may still be writing, unaware: it is how the files are found."""
    ready = Snapshot.objects.filter(state=Snapshot.State.READY).order_by("-started_at")
    newer = ready.first()
    failed = Snapshot.objects.filter(state=Snapshot.State.FAILED)
    old = list(ready[kept:]) + list(failed)
    if newer is not None:
        withdrawn = Snapshot.objects.filter(state=Snapshot.State.WITHDRAWN, started_at__lt=newer.started_at)
        old += list(withdrawn)
    now = clock.now()
    for snapshot in old:
        delete_files(snapshot.pk)
        if snapshot.state != Snapshot.State.FAILED or snapshot.started_at <= now - GIVEN_UP_AFTER:
            snapshot.delete()


def start_afresh() -> None:
    """Somebody was erased: no file made before may be given out any more, and a new one is asked for. A step.

    Locks before it looks, so that nothing is begun or offered between: whoever takes the one that is asked for waits
    until the erasure is committed, and reads what is left then; whoever is making one fails.

    The lines of the last one stay shut away until the new one was compared with them: without them no change of that
    day would ever stand in the corrections log. What the comparison does not read goes at once.
    """
    _hold_what_is_asked_for()
    Snapshot.objects.filter(state=Snapshot.State.MAKING).update(state=Snapshot.State.FAILED)
    last = _one_before()
    made = [Snapshot.State.READY, Snapshot.State.WITHDRAWN, Snapshot.State.FAILED]
    old = Snapshot.objects.filter(state__in=made)
    if last is not None:
        old = old.exclude(pk=last.pk)
    for pk in list(old.values_list("pk", flat=True)):
        transaction.on_commit(partial(delete_files, pk))
    old.update(state=Snapshot.State.FAILED)  # and not deleted: killed before its files went, the sweep finds them
    if last is not None:
        Snapshot.objects.filter(pk=last.pk).update(state=Snapshot.State.WITHDRAWN)
        compared = {f"{resource.file_name}.ndjson" for resource in RESOURCES}
        transaction.on_commit(partial(delete_files, last.pk, but=compared))


def _hold_what_is_asked_for() -> None:
    """One is asked for, and nobody takes it before the transaction ends."""
    asked = Snapshot.objects.filter(state=Snapshot.State.ASKED)
    while not (asked.update(started_at=clock.now()) or ask()):
        pass  # somebody asked and a maker took it, between the two


@transaction.atomic
def _publish(snapshot: Snapshot, found: list[Correction]) -> bool:
    """Offer it, with what it puts right. One that failed meanwhile puts nothing right: the next one will."""
    snapshot.state, snapshot.ready_at = Snapshot.State.READY, clock.now()
    done = Snapshot.objects.filter(pk=snapshot.pk, state=Snapshot.State.MAKING).update(
        state=snapshot.state, ready_at=snapshot.ready_at, datasets=snapshot.datasets
    )
    if done:
        Correction.objects.bulk_create(found, batch_size=PER_QUERY)
    return bool(done)


def _changes(resource: Resource, before: Snapshot | None, after: Snapshot) -> list[Correction]:
    name = f"{resource.file_name}.ndjson"
    if before is None or not storage().exists(path_of(before.pk, name)):
        return []
    with storage().open(path_of(before.pk, name)) as old, storage().open(path_of(after.pk, name)) as new:
        return list(corrections(resource, old, new))
